internal import Executor
internal import PlanModel
internal import TestSupport
internal import Testing

/// What makes an attempt succeed or fail, and what follows from that.
struct AttemptTests {
  @Test(arguments: [
    ("run: exit 3", "exit 3"),
    ("run: kill -9 $$", "ended by signal 9"),
    ("{run: exit 3, expect: {exit: [0, 4]}}", "exit 3, expected 0 or 4"),
    ("{run: echo hello, expect: {stdout: {contains: bye}}}", "stdout is"),
    ("{run: \"printf 'a\\nb\\n'\", expect: {stdout: {lines: \"a\\nc\"}}}", "line 2 of stdout is \"b\", expected \"c\""),
    ("{run: echo hello, expect: {stdout: {lines: \"...\\nbye\"}}}", "no line of stdout is \"bye\""),
    ("{run: echo hello, expect: {stdout: {lines: \"hello\\nbye\"}}}", "stdout ends before \"bye\""),
    (
      "{run: echo hello; echo bye, expect: {stdout: {lines: hello}}}",
      "goes on after what is expected: line 2 is \"bye\""
    ),
    (
      "{run: echo hello, expect: {stdout: {contains_lines: bye}}}",
      "no line of stdout holds \"bye\" (line 6 of the plan)"
    ),
    ("{run: echo hello >&2, expect: {stderr: {equals: \"hello\"}}}", "stderr is"),
    ("{run: echo hello, expect: {stdout: {matches: \"^x\"}}}", "stdout is"),
    ("{run: sleep 0.02, expect: {duration: {lt: 1ms}}}", "the duration"),
    ("{run: \"true\", outputs: [missing.txt]}", "output missing: nothing matches \"missing.txt\""),
    ("{run: \"true\", outputs: [\"out/*.csv\"]}", "output missing: nothing matches \"out/*.csv\""),
    ("{exec: [no-such-program-here]}", "no-such-program-here"),
    ("{file: {path: a/b, source: missing}}", "the source is not there"),
    ("{edit: {path: missing, replace: {pattern: a, with: b}}}", "the file to edit is not there"),
    ("{check: [{exists: nothing}]}", "nothing matches \"nothing\""),
    ("{sql: {database: \"sqlite:no.db\", query: select 1}}", "there is no database"),
    ("{sql: {database: \"sqlite:w.db\", script: selekt}}", "syntax error"),
  ])
  func aFailureSaysWhy(_ step: String, _ reason: String) throws {
    let text = step.hasPrefix("{") ? step.dropFirst().dropLast() : step[...]
    try TestProject.with("steps:\n  - {id: a, \(text)}\n  - {id: b, needs: [a], run: touch ran}\n") { project in
      let applied = try project.apply()
      #expect(applied.states == "a failed, b blocked")
      #expect(applied.reason("a").contains(reason), "\(applied.reason("a"))")
      #expect(project.read("ran") == nil)
    }
  }

  @Test(arguments: [
    "run: exit 4, expect: {exit: [0, 4]}",
    "run: echo hello, expect: {stdout: {contains: ell, matches: \"^h\", eq: \"hello\\n\"}}",
    "run: seq 9, expect: {stdout: {lines: \"1\\n[0-9] (re)\\n...\\n9\", contains_lines: \"4\\n5\"}}",
    "run: sleep 0.01, expect: {duration: {ge: 5ms}}",
    "run: mkdir out && touch out/a.csv, outputs: [\"out/*.csv\", \"!out/b.csv\"]",
    "run: touch done, verify: [{exists: done}]",
  ])
  func anExpectationThatHoldsIsASuccess(_ step: String) throws {
    try TestProject.with("steps:\n  - {id: a, \(step)}\n") { project in
      let applied = try project.apply()
      #expect(applied.exit == .success, "\(applied.reason("a"))")
    }
  }

  @Test func programsThatAreNotThereExitAsTheShellSaysIt() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, exec: [no-such-program-here], allow_failure: true}
        - {id: b, needs: [a], exec: [./plain], allow_failure: true}
        - {id: c, needs: [b], run: no-such-program-here, allow_failure: true}
      """
    ) { project in
      try project.write("plain", "")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(applied.step("a")?.exitCode == 127)
      #expect(applied.step("b")?.exitCode == 126)
      #expect(applied.step("c")?.exitCode == 127)
    }
  }

  @Test func anAllowedFailureSatisfiesItsDependentsAndIsNotRunAgain() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, run: "echo a >> ran; exit 1", allow_failure: true}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    ) { project in
      let first = try project.apply()
      #expect(first.states == "a failed, b failed")
      #expect(first.step("a")?.isAllowed == true)
      try project.write("ok")
      let second = try project.apply()
      #expect(second.exit == .success)
      #expect(second.result?.state == .succeeded)
      #expect(project.lines("ran") == ["a"])
    }
  }

  @Test func aVerifyThatFailsIsLookedAtFirstTheNextTime() throws {
    try TestProject.with(
      """
      steps:
        - id: a
          run: echo ran >> ran; echo k=v >> "$EXECPLAN_OUTPUT"
          outputs: [ran]
          verify: [{exists: proof}]
        - {id: b, needs: [a], run: "echo ${{ steps.a.values.k }} > got"}
      """
    ) { project in
      let first = try project.apply()
      #expect(first.reason("a").contains("verify: exists proof"))
      try project.write("proof")
      let second = try project.apply()
      #expect(second.exit == .success)
      #expect(second.state("a") == .succeeded)
      #expect(project.lines("ran") == ["ran"])
      #expect(project.lines("got") == ["v"])
      // It counts as evidence like any other success.
      let attempts = try project.query("SELECT state FROM attempts WHERE step = 'a' ORDER BY id")
      #expect(attempts == ["failed", "succeeded"])
    }
  }

  @Test func aVerifyThatStillFailsRunsTheActionAgain() throws {
    try TestProject.with(
      """
      steps:
        - id: a
          run: echo ran >> ran
          retry: {times: 2, delay: 1ms}
          verify: [{run: "test $(wc -l < ran) = 3"}]
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("ran").count == 3)
      #expect(applied.step("a")?.attempts == 3)
    }
  }

  // MARK: Retries

  @Test func retriesStopAtTheFirstSuccess() throws {
    try TestProject.with(
      """
      steps:
        - id: a
          run: echo $EXECPLAN_ATTEMPT >> ran; test $EXECPLAN_ATTEMPT = 3
          retry: {times: 5, delay: 1ms, jitter: false}
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("ran") == ["1", "2", "3"])
      #expect(applied.events.filter { $0.kind == .retryScheduled }.count == 2)
    }
  }

  @Test(arguments: [
    ("on_exit: [75]", 75, 3), ("on_exit: [75]", 1, 1), ("not_on_exit: [2]", 2, 1), ("not_on_exit: [2]", 1, 3),
  ])
  func retriesLookAtTheExitCode(_ condition: String, _ code: Int, _ attempts: Int) throws {
    try TestProject.with(
      "steps:\n  - {id: a, run: \"echo x >> ran; exit \(code)\", retry: {times: 2, delay: 1ms, \(condition)}}\n"
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .failure)
      #expect(project.lines("ran").count == attempts)
    }
  }

  @Test func aResumeKeepsWhatIsLeftOfTheRetries() throws {
    try TestProject.with(
      "steps:\n  - {id: a, run: echo x >> ran; exit 1, retry: {times: 1, delay: 1ms}}\n"
    ) { project in
      _ = try project.apply()
      #expect(project.lines("ran").count == 2)
      // All tries are used up: a resume gives one more, not a new set.
      _ = try project.apply()
      #expect(project.lines("ran").count == 3)
      _ = try project.apply { $0.resetRetries = true }
      #expect(project.lines("ran").count == 5)
    }
  }

  @Test func aResumeWaitsForTheRestOfABackOff() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, run: "date +%s%3N >> ran; test -e ok", retry: {times: 1, delay: 1ms, jitter: false}}
      """
    ) { project in
      _ = try project.apply()
      try project.write("ok")
      // As if execplan had been killed in a back-off of 400 ms that had just begun.
      try project.forge(
        """
        UPDATE attempts SET retry_delay = 400, retry_at = cast(unixepoch('subsec') * 1000 AS INTEGER) + 400
        WHERE id = (SELECT max(id) FROM attempts)
        """)
      let due = try project.query("SELECT max(retry_at) FROM attempts")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      let last = try #require(project.lines("ran").last.flatMap { Int($0) })
      #expect(last >= (due.first.flatMap { Int($0) } ?? .max) - 20)
    }
  }

  // MARK: Time-outs

  @Test func aTimeoutEndsTheWholeGroup() throws {
    let didBegin = try withGrowingTimes { time in
      try TestProject.with(
        """
        steps:
          - id: a
            timeout: \(time)ms
            run: |
              (sleep 300 & echo $! > child; wait) &
              wait
        """
      ) { project in
        let applied = try project.apply()
        #expect(applied.exit == .failure)
        #expect(applied.reason("a").contains("longer than its timeout"))
        let state = try project.query("SELECT state FROM attempts")
        #expect(state == ["timed_out"])
        guard let pid = project.lines("child").first.flatMap({ Int32($0) }) else { return false }
        #expect(!isRunning(pid))
        return true
      }
    }
    #expect(didBegin)
  }

  @Test func aTimeoutCoversVerifyAndActionsOfThisProcess() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, timeout: 150ms, run: "true", verify: [{run: sleep 300}], allow_failure: true}
        - {id: b, timeout: 150ms, check: [{run: sleep 300}], allow_failure: true}
        - id: c
          timeout: 150ms
          allow_failure: true
          sql:
            database: "sqlite:w.db"
            script: "create table t as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
      """
    ) { project in
      let applied = try project.apply { $0.jobs = 3 }
      #expect(applied.exit == .success)
      let states = try project.query("SELECT step, state FROM attempts ORDER BY step")
      #expect(states == ["a|timed_out", "b|timed_out", "c|timed_out"])
      for id in ["a", "b", "c"] { #expect(applied.reason(id).hasPrefix("it ran longer than its timeout"), "\(id)") }
      let tables = try project.query("SELECT count(*) FROM sqlite_schema", in: "w.db")
      #expect(tables == ["0"])
    }
  }

  @Test func timeoutsAreTriedAgainUnlessThePlanSaysNo() throws {
    for (wish, count) in [("true", 2), ("false", 1)] {
      try TestProject.with(
        "steps:\n  - {id: a, timeout: 80ms, run: sleep 300, retry: {times: 1, delay: 1ms, on_timeout: \(wish)}}"
      ) { project in
        _ = try project.apply()
        let states = try project.query("SELECT state FROM attempts")
        #expect(states == Array(repeating: "timed_out", count: count))
      }
    }
  }
}
