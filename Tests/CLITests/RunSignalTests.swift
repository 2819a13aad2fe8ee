internal import Foundation
internal import TestSupport
internal import Testing

/// Ctrl-C and its relatives, and time-outs.
struct RunSignalTests {
  static func plan(_ first: String, more: String = "") -> String {
    """
    execplan: 1
    title: Signals
    id: signals
    steps:
      - id: a
        run: |
          echo a >> $OUT/ledger
          \(first)
        idempotent: true
      - {id: b, needs: [a], run: "echo b >> $OUT/ledger"}
    \(more)

    """
  }

  @Test(arguments: [SIGINT: 130, SIGTERM: 143, SIGHUP: 129] as [Int32: Int32])
  func theFirstSignalLetsARunningStepEndAndStartsNothingNew(_ signal: Int32, _ code: Int32) throws {
    try withRunProject(Self.plan("sh $OUT/block.sh")) { project in
      let program = try project.start("apply")
      _ = try #require(project.waitForBlock(of: program))
      program.send(signal: signal)
      #expect(program.waitForStderr("stopping: ") && program.isRunning)
      try project.release()
      let result = program.wait()
      #expect(result.exit == code, "\(result)")
      // It exited with 0 meanwhile, so it succeeded.
      #expect(try project.query("select step, state from attempts") == "a|succeeded")
      #expect(try project.query("select state from runs") == "interrupted")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0)
      #expect(resumed.stderr.hasPrefix("continuing run 1: 1 of 2 done\n"))
      #expect(project.ledger == ["a", "b"])
    }
  }

  @Test func afterTheDrainTimeAStepIsAskedToEndAndThenKilled() throws {
    let text = Self.plan("trap 'echo term >> $OUT/ledger' TERM; sh $OUT/block.sh & while :; do wait; done")
    let wasAsked = try withGrowingTimes { time in
      try withRunProject(text) { project in
        let program = try project.start("apply", "--drain", "10ms", "--grace", "\(time)ms")
        _ = try #require(project.waitForBlock(of: program))
        program.send(signal: SIGINT)
        #expect(program.wait().exit == 130)
        #expect(try project.query("select state from attempts") == "cancelled")
        let plan = try project.run("plan")
        #expect(plan.stdout.contains("was cut off"), "\(plan)")
        let status = try project.run("status", "signals")
        #expect(status.stdout.contains("interrupted"))
        return project.ledger == ["a", "term"]
      }
    }
    #expect(wasAsked)
  }

  @Test func theSecondSignalKillsAtOnce() throws {
    try withRunProject(Self.plan("trap 'echo term >> $OUT/ledger' TERM; sh $OUT/block.sh & while :; do wait; done")) {
      project in
      let program = try project.start("apply", "--drain", "1h", "--grace", "1h")
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGINT)
      #expect(program.waitForStderr("stopping: ") && program.isRunning)
      program.send(signal: SIGINT)
      #expect(program.wait().exit == 130)
      #expect(!RunProject.isAlive(group: group))
      // Nothing was sent before SIGKILL.
      #expect(project.ledger == ["a"])
      #expect(try project.query("select state from attempts") == "cancelled")
      try project.release()
      #expect(try project.query("select count(*) from attempts") == "1")
    }
  }

  @Test func aTimedOutStepIsFailedAndEndedWithItsGroup() throws {
    let didBegin = try withGrowingTimes { time in
      let text = Self.plan("sleep 1000 & echo $! > child; wait").replacingOccurrences(
        of: "idempotent: true", with: "timeout: \(time)ms")
      return try withRunProject(text) { project in
        let result = try project.run("apply", "--grace", "1s")
        #expect(result.exit == 1, "\(result)")
        #expect(try project.query("select state from attempts") == "timed_out")
        #expect(try project.run("status", "signals", "--format", "json").stdout.contains("\"failed\""))
        guard let child = project.folder.read("child").flatMap({ Int32($0.dropLast()) }) else { return false }
        #expect(!RunProject.isAlive(group: getpgid(child)))
        return true
      }
    }
    #expect(didBegin)
  }

  /// `finally` steps run after a first signal too.
  @Test func aFirstSignalStillRunsFinally() throws {
    let more = "finally:\n  - {id: z, run: \"echo z >> $OUT/ledger\"}"
    try withRunProject(Self.plan("sh $OUT/block.sh", more: more)) { project in
      let program = try project.start("apply")
      _ = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGINT)
      #expect(program.waitForStderr("stopping: "))
      try project.release()
      #expect(program.wait().exit == 130)
      #expect(project.ledger == ["a", "z"])
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["a", "z", "b", "z"])
    }
  }
}
