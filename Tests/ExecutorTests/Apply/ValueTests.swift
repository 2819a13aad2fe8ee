internal import Executor
internal import PlanModel
internal import Testing

struct ValueTests {
  @Test func valuesReachLaterSteps() throws {
    try TestProject.with(
      #"""
      steps:
        - id: a
          run: |
            echo one=1 >> "$EXECPLAN_OUTPUT"
            printf 'text<<END\nfirst\n  second = x\n\nEND\n' >> "$EXECPLAN_OUTPUT"
            echo empty= >> "$EXECPLAN_OUTPUT"
        - id: b
          needs: [a]
          run: |
            printf '%s|%s|%s' "${{ steps.a.values.one }}" "${{ steps.a.values.text }}" "${{ steps.a.values.empty }}" > got
      """#
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.read("got") == "1|first\n  second = x\n|")
    }
  }

  @Test(arguments: [
    (#"echo nothing >> "$EXECPLAN_OUTPUT""#, "not key=value"),
    (#"echo '=x' >> "$EXECPLAN_OUTPUT""#, "not a key"),
    (#"echo 'a b=x' >> "$EXECPLAN_OUTPUT""#, "not a key"),
    (#"printf 'k<<EOF\nx\n' >> "$EXECPLAN_OUTPUT""#, "no closing"),
    (#"printf 'k=\377\n' >> "$EXECPLAN_OUTPUT""#, "UTF-8"),
    (#"printf 'k=a\0b\n' >> "$EXECPLAN_OUTPUT""#, "NUL"),
    (#"head -c 1100000 /dev/zero | tr '\0' x >> "$EXECPLAN_OUTPUT""#, "1 MiB"),
    (#"echo nothing >> "$EXECPLAN_STATE""#, "not key=value"),
  ])
  func whatCannotBeReadFailsTheAttempt(_ script: String, _ message: String) throws {
    try TestProject.with("steps:\n  - id: a\n    run: |\n      \(script)\n") { project in
      let applied = try project.apply()
      #expect(applied.exit == .failure)
      #expect(applied.reason("a").contains(message))
      #expect(applied.step("a")?.exitCode == 0)
    }
  }

  @Test func carriageReturnsEndLinesAndStayInValuesOfSeveralLines() throws {
    try TestProject.with(
      #"""
      steps:
        - id: a
          run: |
            printf 'one=1\r\ntwo<<E\r\nx\r\ny\r\nE\r\n' >> "$EXECPLAN_OUTPUT"
        - id: b
          needs: [a]
          run: |
            printf '%s|%s' "${{ steps.a.values.one }}" "${{ steps.a.values.two }}" > got
      """#
    ) { project in
      let success = try project.apply()
      #expect(success.exit == .success)
      #expect(project.read("got") == "1|x\r\ny\r")
    }
  }

  @Test func stateBecomesThePlansOnlyAtSuccess() throws {
    try TestProject.with(
      #"""
      steps:
        - id: extract
          run: |
            echo "seen=${{ default(state.mark, 'none') }}" >> "$EXECPLAN_OUTPUT"
            echo "mark=7" >> "$EXECPLAN_STATE"
          state:
            other: "${{ values.seen }}-next"
        - id: load
          needs: [extract]
          run: test ! -e broken && echo "${{ steps.extract.values.seen }}" >> seen
      """#
    ) { project in
      try project.write("broken", "")
      let failure = try project.apply()
      #expect(failure.exit == .failure)
      let before = try project.query("SELECT key, value FROM state")
      #expect(before.isEmpty)
      try project.remove("broken")
      let success = try project.apply()
      #expect(success.exit == .success)
      #expect(try project.query("SELECT key, value FROM state ORDER BY key") == ["mark|\"7\"", "other|\"none-next\""])
      // The next run reads what the last one left.
      let third = try project.apply()
      #expect(third.exit == .success)
      #expect(project.lines("seen") == ["none", "7"])
    }
  }

  @Test func aFreshRunDropsWhatWasPending() throws {
    try TestProject.with(
      #"""
      steps:
        - id: extract
          run: echo "mark=$(cat value)" >> "$EXECPLAN_STATE"
          when: "!exists('skip')"
        - id: load
          needs: [extract]
          run: test -e ok
      """#
    ) { project in
      try project.write("value", "1")
      let failure = try project.apply()
      #expect(failure.exit == .failure)
      try project.write("ok", "")
      try project.write("skip", "")
      let fresh = try project.apply { $0.mode = .fresh }
      #expect(fresh.exit == .success)
      let state = try project.query("SELECT key FROM state")
      #expect(state.isEmpty)
    }
  }

  @Test func aStepThatReadsAValueOfASkippedOneIsSkippedToo() throws {
    try TestProject.with(
      #"""
      steps:
        - id: a
          when: "false"
          run: echo k=1 >> "$EXECPLAN_OUTPUT"
        - id: b
          needs: [a]
          run: echo "${{ steps.a.values.k }}" >> ran
        - id: c
          needs: [a]
          run: echo "${{ default(steps.a.values.k, 'none') }}" >> ran
        - id: d
          needs: [a]
          run: echo d >> ran
      """#
    ) { project in
      let applied = try project.apply()
      #expect(applied.states == "a skipped, b skipped, c succeeded, d succeeded")
      #expect(applied.reason("b").contains("no value"))
      #expect(Set(project.lines("ran")) == ["none", "d"])
    }
  }

  @Test func finallyReadsNothingOfAStepThatFailed() throws {
    try TestProject.with(
      #"""
      steps:
        - {id: a, run: "exit 3"}
      finally:
        - id: z
          run: printf '%s|%s' "${{ default(steps.a.values.k, 'none') }}" "${{ steps.a.status }}" > got
      """#
    ) { project in
      let failure = try project.apply()
      #expect(failure.exit == .failure)
      #expect(project.read("got") == "none|failed")
    }
  }

  @Test func aValueThatNoProgramCanGetFailsTheStepBeforeItStarts() throws {
    try TestProject.with(
      #"""
      steps:
        - id: a
          run: |
            printf 'big=' >> "$EXECPLAN_OUTPUT"
            head -c 200000 /dev/zero | tr '\0' x >> "$EXECPLAN_OUTPUT"
        - id: b
          needs: [a]
          allow_failure: true
          run: echo "${{ steps.a.values.big }}" >> ran
        - {id: c, needs: [b], run: echo c >> ran}
      """#
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(applied.step("b")?.isAllowed == true)
      #expect(applied.reason("b").contains("pass it in a file"))
      #expect(project.lines("ran") == ["c"])
    }
  }
}
