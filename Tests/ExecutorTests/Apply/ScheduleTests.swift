internal import Executor
internal import PlanModel
internal import Testing

/// What runs beside what, and what still runs when something fails.
struct ScheduleTests {
  /// A step that keeps a ledger, and ends only when as many steps as given have begun.
  private static func ledger(_ id: String, after count: Int, _ more: String = "") -> String {
    "  - {id: \(id), run: \"echo + >> ledger; until [ $(wc -l < ledger) -ge \(count) ]; do sleep 0.01; done; "
      + "echo - >> ledger\"\(more)}\n"
  }

  /// The most steps that ran at one time, by the ledger they keep.
  private func most(_ lines: [String]) -> Int {
    var now = 0
    var most = 0
    for line in lines {
      now += line == "+" ? 1 : -1
      most = max(most, now)
    }
    return most
  }

  @Test(arguments: [1, 3])
  func noMoreStepsRunThanJobs(_ jobs: Int) throws {
    let steps = (0..<8).map { ScheduleTests.ledger("s\($0)", after: min(jobs, 2)) }.joined()
    try TestProject.with("steps:\n" + steps) { project in
      let applied = try project.apply { $0.jobs = jobs }
      #expect(applied.exit == .success)
      #expect(project.lines("ledger").count == 16)
      #expect(most(project.lines("ledger")) <= jobs)
      if jobs > 1 { #expect(most(project.lines("ledger")) > 1) }
    }
  }

  @Test func aPoolIsNeverExceeded() throws {
    let steps = (0..<6).map { ScheduleTests.ledger("s\($0)", after: 2, ", pool: db") }.joined()
    try TestProject.with("pools: {db: 2}\nsteps:\n" + steps) { project in
      let applied = try project.apply { $0.jobs = 6 }
      #expect(applied.exit == .success)
      #expect(most(project.lines("ledger")) == 2)
    }
  }

  @Test func byDefaultAFailureStartsNothingNewAndLetsRunningStepsEnd() throws {
    let plan = """
      steps:
        - {id: a, run: "until test -e began; do sleep 0.01; done; echo $$ > pid; exit 1"}
        - {id: b, run: "touch began; until test -s pid; do sleep 0.01; done; while kill -0 $(cat pid); do sleep 0.01; done"}
        - {id: c, run: touch c}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply { $0.jobs = 2 }
      #expect(applied.states == "a failed, b succeeded, c pending")
      #expect(project.read("c") == nil)
    }
  }

  @Test func failFastEndsRunningSteps() throws {
    let plan = """
      steps:
        - {id: a, run: "until test -e began; do sleep 0.01; done; exit 1"}
        - {id: b, run: "touch began; sleep 300"}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply {
        $0.jobs = 2
        $0.failFast = true
      }
      #expect(applied.states == "a failed, b cancelled")
    }
  }

  @Test func keepGoingRunsWhatDoesNotDependOnTheFailure() throws {
    let plan = """
      steps:
        - {id: a, run: "exit 1"}
        - {id: b, needs: [a], run: touch b}
        - {id: c, run: touch c}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply { $0.keepGoing = true }
      #expect(applied.states == "a failed, b blocked, c succeeded")
      #expect(applied.reason("b") == "blocked by \"a\"")
    }
  }

  @Test(arguments: [("\"true\"", ExitCode.success), ("exit 1", .failure)])
  func finallyRunsOnSuccessAndOnFailure(_ script: String, _ exit: ExitCode) throws {
    let plan = """
      steps:
        - {id: a, run: \(script)}
        - {id: b, run: echo b >> ran}
      finally:
        - {id: y, run: "echo y >> ran; exit 3", allow_failure: true}
        - {id: z, run: echo z >> ran}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply()
      #expect(applied.exit == exit)
      // Nothing of the main part starts beside it.
      #expect(project.lines("ran") == (exit == .success ? ["b", "y", "z"] : ["y", "z"]))
      // The next leg runs it again.
      _ = try project.apply()
      #expect(project.lines("ran").filter { $0 == "z" }.count == 2)
    }
  }

  @Test func aFailureOfFinallyIsAFailureEvenIfItIsACheck() throws {
    let plan = """
      steps:
        - {id: a, run: "true"}
      finally:
        - {id: z, check: [{exists: nothing}]}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply()
      #expect(applied.exit == .failure)
      #expect(applied.result?.state == .failed)
    }
  }

  @Test func aFinallyStepUndoesWhatTheNextLegMustStartAgain() throws {
    let plan = """
      steps:
        - {id: start_db, run: echo start >> ran}
        - {id: load, needs: [start_db], run: "echo load >> ran; test -e ok"}
      finally:
        - {id: stop_db, run: echo stop >> ran, undoes: [start_db]}
      """
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try project.write("ok")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("ran") == ["start", "load", "stop", "start", "load", "stop"])
    }
  }

  @Test func aManualStepPausesAfterEverythingElseAndLeavesFinallyOut() throws {
    let plan = """
      steps:
        - {id: a, manual: {instructions: Look}}
        - {id: b, needs: [a], run: touch b}
        - {id: c, run: touch c}
      finally:
        - {id: z, run: touch z}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply()
      #expect(applied.exit == .waiting)
      #expect(applied.result?.state == .waiting)
      #expect(applied.states == "a waiting, b blocked, c succeeded, z pending")
      #expect(project.read("z") == nil)
      #expect(applied.events.contains { $0.kind == .waiting && $0.step == "a" })
      let again = try project.apply()
      #expect(again.exit == .waiting)
    }
  }

  @Test func aGateHoldsTheNextPhaseAndIsEvaluatedAgain() throws {
    let plan = """
      phases:
        - {id: one, gate: [{exists: proof}]}
        - {id: two}
      steps:
        - {id: a, phase: one, run: echo a >> ran}
        - {id: b, phase: two, run: echo b >> ran}
      """
    try TestProject.with(plan) { project in
      let applied = try project.apply()
      #expect(applied.exit == .gateFailed)
      #expect(applied.states == "a succeeded, b blocked, gate:one failed")
      try project.write("proof")
      let again = try project.apply()
      #expect(again.exit == .success)
      #expect(project.lines("ran") == ["a", "b"])
    }
  }

  @Test func thousandsOfFilesAreNotHeldOpen() throws {
    // Each step that was looked at once kept a descriptor.
    let steps = (0..<300).map { "  - {id: s\($0), run: \"true\"}\n" }.joined()
    try TestProject.with("steps:\n" + steps) { project in
      let before = openDescriptors()
      let during = DescriptorCount()
      let applied = try project.apply(during) { $0.jobs = 4 }
      #expect(applied.exit == .success)
      #expect(during.most < before + 150)
    }
  }
}
