internal import Foundation
internal import TestSupport
internal import Testing

/// `finally` of a called plan, and calls that may fail, through the program.
struct CallEndTests {
  /// - Parameter more: keys of the calling step.
  static func caller(_ more: String = "", before: String = "", after: String = "") -> String {
    """
    execplan: 1
    title: Caller
    id: caller
    order: listed
    steps:
    \(before)  - {id: sub, env: {OUT: $OUT}, call: {path: sub.plan}\(more)}
      - {id: last, run: "echo last ${{ default(steps.sub.values.n, '-') }} >> $OUT/ledger"}
    \(after)finally:
      - {id: end, run: "echo end >> $OUT/ledger"}

    """
  }

  /// Three steps, of which the second fails until the file `well` is there, and two for the end.
  static func callee(_ second: String = "test -e well", tidy: String = "", more: String = "") -> String {
    """
    execplan: 1
    title: Callee
    order: listed
    values: {n: "${{ steps.one.values.n }}"}
    steps:
      - {id: one, run: 'echo one >> "$OUT/ledger"; echo n=1 >> "$EXECPLAN_OUTPUT"'}
      - {id: two, run: 'echo two >> "$OUT/ledger"; \(second)'}
      - {id: three, run: 'echo three >> "$OUT/ledger"'}
    \(more)finally:
      - {id: alarm, when: failed(), run: 'echo "alarm ${{ steps.two.status }}" >> "$OUT/ledger"'}
      - {id: tidy, run: 'echo "tidy ${{ steps.one.values.n }}" >> "$OUT/ledger"; \(tidy)'}

    """
  }

  private func withProject(
    _ caller: String = caller(), _ callee: String = callee(), _ body: (RunProject) throws -> Void
  ) throws {
    try withRunProject(caller) { project in
      try project.folder.write("sub.plan", callee)
      try body(project)
    }
  }

  @Test func theEndComesBeforeWhatNeedsTheCall() throws {
    try withProject { project in
      try project.folder.write("well", "")
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["one", "two", "three", "tidy 1", "last 1", "end"])
      let graph = try project.run("graph", "p.execplan.yaml")
      #expect(graph.exit == 0, "\(graph)")
      #expect(try project.run("show", "p.execplan.yaml").stdout.contains("(finally)"))
      // In a new run, too.
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger.suffix(6) == ["one", "two", "three", "tidy 1", "last 1", "end"])
    }
  }

  @Test func aFailureIsFollowedByTheEndOfItsPlan() throws {
    try withProject { project in
      let failed = try project.run("apply")
      #expect(failed.exit == 1, "\(failed)")
      #expect(project.ledger == ["one", "two", "alarm failed", "tidy 1", "end"])
      let status = try project.run("status", "caller")
      #expect(status.stdout.contains("blocked by \"sub/two\""), "\(status)")
      try project.folder.write("well", "")
      let plan = try project.run("plan")
      #expect(plan.stdout.contains("sub/tidy"), "\(plan)")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.dropFirst(5) == ["two", "three", "tidy 1", "last 1", "end"])
    }
  }

  /// What is done as a whole stays so when the run goes on, and so does what was taken back at its end.
  @Test func aPlanThatHasEndedIsNotEndedAgain() throws {
    let callee = Self.callee("true").replacing("{id: tidy, ", with: "{id: tidy, undoes: [one], ")
    try withProject(Self.caller(after: "  - {id: late, run: test -e well}\n"), callee) { project in
      #expect(try project.run("apply").exit == 1)
      #expect(project.ledger == ["one", "two", "three", "tidy 1", "last 1", "end"])
      try project.folder.write("well", "")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger.dropFirst(6) == ["end"])
    }
  }

  @Test func whatTheEndTookBackIsMadeAgain() throws {
    let callee = Self.callee().replacing("{id: tidy, ", with: "{id: tidy, undoes: [one], ")
    try withProject(Self.caller(), callee) { project in
      #expect(try project.run("apply").exit == 1)
      try project.folder.write("well", "")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger.dropFirst(5) == ["one", "two", "three", "tidy 1", "last 1", "end"])
    }
  }

  @Test func nothingIsEndedThatWasNotBegun() throws {
    try withProject(Self.caller(before: "  - {id: first, run: test -e well}\n")) { project in
      #expect(try project.run("apply").exit == 1)
      #expect(project.ledger == ["end"])
      #expect(try project.run("apply", "--keep-going").exit == 1)
      #expect(project.ledger == ["end", "end"])
      try project.folder.write("well", "")
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger.dropFirst(2) == ["one", "two", "three", "tidy 1", "last 1", "end"])
    }
    try withProject(Self.caller(", when: false")) { project in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["last -", "end"])
    }
  }

  // MARK: Kills and signals

  @Test func aKillWithinTheEndIsGoneOnWith() throws {
    let hold = "sh \"$OUT/block.sh\""
    let callee = Self.callee("true", tidy: hold).replacing(
      "finally:\n", with: "finally:\n  - {id: early, run: 'echo early >> \"$OUT/ledger\"'}\n")
    try withProject(Self.caller(), callee) { project in
      try #require(try project.killDuringApply())
      #expect(project.ledger == ["one", "two", "three", "early", "tidy 1"])
      try project.release()
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 5 && refused.stderr.contains("sub/tidy --as rerun"), "\(refused)")
      #expect(try project.run("resolve", "caller", "sub/tidy", "--as", "rerun").exit == 0)
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.dropFirst(5) == ["tidy 1", "last 1", "end"])
    }
  }

  @Test func aKillWithinThePlanOwesItsEnd() throws {
    let callee = Self.callee("sh \"$OUT/block.sh\"").replacing("{id: two, ", with: "{id: two, idempotent: true, ")
    for isFresh in [false, true] {
      try withProject(Self.caller(), callee) { project in
        try #require(try project.killDuringApply())
        #expect(project.ledger == ["one", "two"])
        try project.release()
        let next = try project.run("apply", isFresh ? "--fresh" : "--resume")
        #expect(next.exit == 0, "\(next)")
        let rest = ["two", "three", "tidy 1", "last 1", "end"]
        #expect(
          project.ledger.dropFirst(2) == (isFresh ? ["tidy 1", "end", "one"] + rest : rest)[...], "\(project.ledger)")
      }
    }
  }

  @Test func aFirstSignalStillRunsTheEnd() throws {
    try withProject(Self.caller(), Self.callee("sh \"$OUT/block.sh\"")) { project in
      let program = try project.start("apply")
      _ = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGINT)
      #expect(program.waitForStderr("stopping: "))
      try project.release()
      #expect(program.wait().exit == 130)
      #expect(project.ledger == ["one", "two", "tidy 1", "end"])
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger.dropFirst(4) == ["three", "tidy 1", "last 1", "end"])
    }
  }

  // MARK: Nesting and selection

  @Test func plansWithinPlansEndFromTheInsideOut() throws {
    let outer = """
      execplan: 1
      title: Outer
      order: listed
      params: {name: {type: string, required: true}}
      steps:
        - {id: inner, call: {path: inner.plan}, env: {OUT: "${{ env.OUT }}", NAME: "${{ params.name }}"}}
        - {id: after, run: 'echo "after ${{ params.name }}" >> "$OUT/ledger"; test ${{ params.name }} = a || test -e well'}
      env: {OUT: $OUT}
      finally:
        - {id: close, foreach: [x, y], run: 'echo "close ${{ params.name }} ${{ item }}" >> "$OUT/ledger"'}

      """
    let inner = """
      execplan: 1
      title: Inner
      steps:
        - {id: work, run: 'echo "work $NAME" >> "$OUT/ledger"'}
      finally:
        - {id: tidy, run: 'echo "tidy $NAME" >> "$OUT/ledger"'}

      """
    let caller = Self.caller(", foreach: [a, b]").replacing(
      "path: sub.plan", with: "path: sub.plan, params: {name: \"${{ item }}\"}"
    ).replacing("default(steps.sub.values.n, '-')", with: "plan.title")
    try withRunProject(caller) { project in
      try project.folder.write("sub.plan", outer.replacing("$OUT}", with: project.outside.path + "}"))
      try project.folder.write("inner.plan", inner)
      let failed = try project.run("apply", "-j", "1")
      #expect(failed.exit == 1, "\(failed)")
      func of(_ name: String) -> [String] { project.ledger.filter { $0.contains(" \(name)") } }
      for name in ["a", "b"] {
        #expect(of(name).prefix(3) == ["work \(name)", "tidy \(name)", "after \(name)"], "\(project.ledger)")
        #expect(Set(of(name).dropFirst(3)) == ["close \(name) x", "close \(name) y"], "\(project.ledger)")
      }
      #expect(!project.ledger.contains { $0.hasPrefix("last") })
      try project.folder.write("well", "")
      let before = project.ledger.count
      #expect(try project.run("apply", "--resume", "-j", "1").exit == 0)
      let rest = project.ledger.dropFirst(before)
      #expect(rest.first == "after b" && rest.suffix(2) == ["last Caller", "end"] && rest.count == 5, "\(rest)")
    }
  }

  @Test func aPartOfAPlanIsNotEnded() throws {
    try withProject(Self.caller(), Self.callee("true")) { project in
      #expect(try project.run("apply", "--until", "sub/two").exit == 0)
      #expect(project.ledger == ["one", "two"])
      let rest = try project.run("apply", "--until", "sub")
      #expect(rest.exit == 0, "\(rest)")
      #expect(
        project.ledger.dropFirst(2) == ["one", "two", "three", "tidy 1"]
          || project.ledger.dropFirst(2) == ["three", "tidy 1"])
    }
    try withProject(Self.caller(), Self.callee("true")) { project in
      let skipped = try project.run("apply", "--skip-finally")
      #expect(skipped.exit == 0, "\(skipped)")
      #expect(project.ledger == ["one", "two", "three", "last 1"])
      let all = try project.run("apply", "--skip", "sub/tidy")
      #expect(all.exit == 0, "\(all)")
      #expect(project.ledger.dropFirst(4) == ["one", "two", "three", "last 1", "end"])
    }
  }

  // MARK: allow_failure

  @Test func aCallMayFail() throws {
    let after =
      "  - {id: tell, run: 'echo ${{ steps.sub.status }} >> $OUT/ledger'}\n  - {id: late, run: test -e well}\n"
    try withProject(Self.caller(", allow_failure: true", after: after), Self.callee("exit 3")) { project in
      let failed = try project.run("apply")
      #expect(failed.exit == 1, "\(failed)")
      #expect(failed.stderr.contains("as \"sub/two\" failed and the call allows that"), "\(failed)")
      let once = ["one", "two", "alarm failed", "tidy 1", "last 1", "failed", "end"]
      #expect(project.ledger == once)
      // Nothing of it runs again in the run.
      try project.folder.write("well", "")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.dropFirst(once.count) == ["end"])
      #expect(try project.query("select state from runs") == "succeeded")
      #expect(try project.run("validate").exit == 0)
    }
  }

  @Test func whatDoesNotRestOnTheFailureRunsWithKeepGoing() throws {
    let callee = Self.callee("exit 3").replacing("order: listed", with: "order: graph").replacing(
      "{id: three, ", with: "{id: three, needs: [two], "
    ).replacing(
      "finally:", with: "  - {id: four, needs: [one], priority: -1, run: 'echo four >> \"$OUT/ledger\"'}\nfinally:")
    for keeps in [false, true] {
      try withProject(Self.caller(", allow_failure: true"), callee) { project in
        let result = try Execplan.run(
          ["apply", "-j", "1"] + (keeps ? ["--keep-going"] : []), in: project.folder)
        #expect(result.exit == 0, "\(result)")
        #expect(project.ledger.contains("four") == keeps && !project.ledger.contains("three"), "\(project.ledger)")
        #expect(project.ledger.contains("alarm failed") && project.ledger.suffix(2) == ["last 1", "end"])
      }
    }
  }

  /// Killed between the failure and what it leaves out.
  @Test func aKillAfterAnAllowedFailureRunsNothingMore() throws {
    try withProject(Self.caller(", allow_failure: true"), Self.callee("exit 3")) { project in
      let killed = try project.run("apply", "-j", "1", env: ["EXECPLAN_FAULT": "afterEndCommit:2"])
      #expect(killed.exit == 137 && project.ledger == ["one", "two"], "\(killed) \(project.ledger)")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger.dropFirst(2) == ["alarm failed", "tidy 1", "last 1", "end"])
    }
  }

  @Test func aFailedEndMayFailToo() throws {
    for isAllowed in [false, true] {
      let more = isAllowed ? ", allow_failure: true" : ""
      try withProject(Self.caller(more), Self.callee("true", tidy: "exit 1")) { project in
        let result = try project.run("apply")
        #expect(result.exit == (isAllowed ? 0 : 1), "\(result)")
        #expect(project.ledger == ["one", "two", "three", "tidy 1"] + (isAllowed ? ["last 1"] : []) + ["end"])
      }
    }
  }
}
