internal import Foundation
internal import TestSupport
internal import Testing

/// Steps that still run although the execplan that started them is dead.
struct RunOrphanTests {
  static let plan = """
    execplan: 1
    title: Load
    id: load
    steps:
      - id: load
        run: |
          sh $OUT/mark.sh load
          sh $OUT/block.sh
          sh $OUT/mark.sh loaded
      - {id: after, needs: [load], run: "sh $OUT/mark.sh after"}

    """

  /// Kills execplan alone while its step is held up; gives the group of the step.
  static func orphan(_ project: RunProject, _ arguments: String...) throws -> Int32 {
    let program = try Execplan.start(["apply", "-q"] + arguments, in: project.folder)
    let group = try #require(project.waitForBlock(of: program))
    program.send(signal: SIGKILL)
    #expect(program.wait().exit == 137)
    return group
  }

  /// The text without what differs from run to run.
  static func golden(_ text: String) -> String {
    text.replacing(#/process \d+/#, with: "process PID").replacing(#/group \d+/#, with: "group PID")
      .replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#, with: "TIME")
      .replacing(#/\(\w+\)/#, with: "(NAME)").replacing(#/and \d+ more/#, with: "and N more")
      .replacing(#/\/\S*\/mark/#, with: "OUT/mark")
  }

  static func end(_ group: Int32) {
    kill(-group, SIGKILL)
    #expect(throws: Never.self) { try waitUntil { !RunProject.isAlive(group: group) } }
  }

  @Test func byDefaultAnOrphanIsNamedAndNothingIsStarted() throws {
    try withRunProject(Self.plan) { project in
      let group = try Self.orphan(project)
      defer { Self.end(group) }
      for (words, base) in [
        (["apply"], "apply p.execplan.yaml"), (["apply", "--resume"], "apply p.execplan.yaml --resume"),
        (["apply", "--fresh"], "apply p.execplan.yaml --fresh"), (["apply", "--keep-going"], "apply p.execplan.yaml"),
        (["resolve", "load", "--as", "rerun"], "resolve p.execplan.yaml load --as rerun"),
      ] {
        let result = try Execplan.run(words, in: project.folder)
        #expect(result.exit == 6)
        #expect(
          Self.golden(result.stderr) == """
            error: "load" of run 1 still runs, although the execplan that started it is dead
              "load": process PID (NAME) and N more, since TIME: sh OUT/mark.sh load …
            next, one of:
              execplan \(base) --orphans wait
              execplan \(base) --orphans kill

            """, "\(words)")
        #expect(result.stderr.contains("process \(group) ("))
      }
      let machine = try project.run("apply", "--format", "json")
      #expect(machine.exit == 6 && machine.stdout.contains("\"exit_code\":6"), "\(machine)")
      #expect(project.ledger == ["load"])
      #expect(try project.query("select state from attempts") == "claimed")
    }
  }

  @Test func waitGoesOnWhenItHasEndedByTheRulesOfDoubt() throws {
    for (more, exit, ledger) in [
      ("", 5, ["load", "loaded"]), ("    idempotent: true\n", 0, ["load", "loaded", "load", "loaded", "after"]),
    ] as [(String, Int32, [String])] {
      try withRunProject(Self.plan.replacing("  - {id: after", with: more + "  - {id: after")) { project in
        let group = try Self.orphan(project)
        let second = try project.start("apply", "--orphans", "wait")
        try waitUntil { second.stderrSoFar.contains("waiting for \"load\"") }
        #expect(second.isRunning)
        // The lock is held meanwhile.
        #expect(try project.run("apply").stderr.contains("process \(second.pid) is applying this plan"))
        try project.release()
        let result = second.wait()
        #expect(result.exit == exit, "\(result)")
        #expect(result.stderr.contains("\"load\" has ended\n"))
        #expect(project.ledger == ledger)
        #expect(!RunProject.isAlive(group: group))
      }
    }
  }

  @Test(arguments: [SIGINT: 130, SIGTERM: 143, SIGHUP: 129] as [Int32: Int32])
  func aSignalEndsTheWaitingAndNothingElse(_ signal: Int32, _ code: Int32) throws {
    try withRunProject(Self.plan) { project in
      let group = try Self.orphan(project)
      defer { Self.end(group) }
      let second = try project.start("apply", "--orphans", "wait")
      try waitUntil { second.stderrSoFar.contains("waiting for") }
      second.send(signal: signal)
      let result = second.wait()
      #expect(result.exit == code, "\(result)")
      #expect(result.stderr.hasSuffix("next:\n  execplan apply p.execplan.yaml --orphans wait\n"))
      #expect(RunProject.isAlive(group: group))
      #expect(project.ledger == ["load"])
    }
  }

  @Test func killEndsTheGroupAndThenTheRulesOfDoubtDecide() throws {
    for (more, exit, ledger) in [
      ("", 5, ["load"]), ("    on_interrupt: rerun\n", 0, ["load", "load", "loaded", "after"]),
    ] as [(String, Int32, [String])] {
      try withRunProject(Self.plan.replacing("  - {id: after", with: more + "  - {id: after")) { project in
        let group = try Self.orphan(project)
        let result = try project.run("apply", "--orphans", "kill")
        #expect(result.exit == exit, "\(result)")
        #expect(Self.golden(result.stderr).hasPrefix("ending \"load\": process PID (NAME) and N more, since TIME"))
        #expect(result.stderr.contains("\"load\" was ended\n"))
        #expect(!RunProject.isAlive(group: group))
        #expect(project.ledger == ledger)
      }
    }
  }

  /// The ladder of every teardown: SIGTERM, the grace time, SIGKILL.
  @Test func whatIgnoresSIGTERMIsKilledAfterTheGraceTime() throws {
    let plan = Self.plan.replacing("run: |\n", with: "run: |\n      trap 'sh $OUT/mark.sh term' TERM\n")
      .replacing("sh $OUT/block.sh", with: "sh $OUT/block.sh & while :; do wait; done")
    try withRunProject(plan) { project in
      let group = try Self.orphan(project)
      let result = try project.run("apply", "--orphans", "kill", "--grace", "200ms")
      #expect(result.exit == 5, "\(result)")
      #expect(project.ledger == ["load", "term"])
      #expect(!RunProject.isAlive(group: group))
    }
  }

  /// The step itself is dead, but what it started is not.
  @Test func aGroupWithoutItsLeaderIsAnOrphan() throws {
    let plan = Self.plan.replacing("sh $OUT/block.sh\n", with: "sh $OUT/block.sh & wait\n")
    try withRunProject(plan) { project in
      let group = try Self.orphan(project)
      kill(group, SIGKILL)
      let result = try project.run("apply")
      #expect(result.exit == 6 && result.stderr.contains("\"load\": process "), "\(result)")
      #expect(!result.stderr.contains("process \(group) "))
      let ended = try project.run("apply", "--orphans", "kill")
      #expect(ended.exit == 5)
      #expect(!RunProject.isAlive(group: group))
    }
  }

  /// What left the session is found by the variables that the step was started with.
  @Test func aProcessThatLeftTheGroupIsFoundAndEnded() throws {
    let plan = Self.plan.replacing("sh $OUT/block.sh\n", with: "setsid sh $OUT/block.sh & wait\n")
    try withRunProject(plan) { project in
      let program = try project.start("apply", "-q")
      let loose = try #require(project.waitForBlock(of: program))
      let group = try #require(Self.parentGroup(of: loose))
      program.send(signal: SIGKILL)
      _ = program.wait()
      Self.end(group)
      let result = try project.run("apply")
      #expect(result.exit == 6 && result.stderr.contains("process \(loose) (sh)"), "\(result)")
      #expect(try project.run("apply", "--orphans", "kill").exit == 5)
      #expect(!RunProject.isAlive(group: loose))
    }
  }

  /// The group of the step, of which a process has left.
  private static func parentGroup(of pid: Int32) -> Int32? {
    guard let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
    let fields = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 1 ? Int32(fields[1]).map { getpgid($0) } : nil
  }

  /// A daemon that a successful attempt left is nobody's orphan, also while the next step is in doubt.
  @Test func daemonsOfASuccessfulStepAreNoOrphans() throws {
    let plan = """
      execplan: 1
      title: Daemon
      id: daemon
      steps:
        - {id: start, run: "setsid sleep 300 & echo $! > $OUT/daemon"}
        - {id: use, needs: [start], run: "sh $OUT/mark.sh use; sh $OUT/block.sh"}

      """
    try withRunProject(plan) { project in
      let group = try Self.orphan(project)
      let daemon = try #require(project.outside.read("daemon").flatMap { Int32($0.dropLast()) })
      defer { kill(daemon, SIGKILL) }
      Self.end(group)
      let result = try project.run("apply")
      #expect(result.exit == 5, "\(result)")
      #expect(kill(daemon, 0) == 0)
      #expect(try project.run("resolve", "use", "--as", "rerun").exit == 0)
      #expect(try project.run("apply").exit == 0)
    }
  }

  @Test func anOrphanThatAppliesItsOwnPlanIsRefusedAtOnce() throws {
    let plan = """
      execplan: 1
      title: Nested
      id: nested
      steps:
        - id: a
          run: |
            sh $OUT/block.sh
            "$EXECPLAN_TEST" apply p.execplan.yaml --orphans wait 2> inner.new || echo "exit $?" >> inner.new
            mv inner.new inner.txt

      """
    try withRunProject(plan) { project in
      let program = try project.start("apply", "-q", env: ["EXECPLAN_TEST": Execplan.binary])
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGKILL)
      _ = program.wait()
      try project.release()
      try waitUntil { !RunProject.isAlive(group: group) }
      let inner = try #require(project.folder.read("inner.txt"))
      #expect(inner.contains("so waiting for it would never end") && inner.hasSuffix("exit 6\n"), "\(inner)")
    }
  }

  /// Resolving another step does not mind the orphan; `resolve --orphans` ends it.
  @Test func resolveEndsTheStepThatItDecides() throws {
    try withRunProject(Self.plan) { project in
      let group = try Self.orphan(project)
      let result = try project.run("resolve", "load", "--as", "done", "--orphans", "kill")
      #expect(result.exit == 0, "\(result)")
      #expect(!RunProject.isAlive(group: group))
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["load", "after"])
    }
  }

  @Test func statusAndDoctorShowItAndChangeNothing() throws {
    try withRunProject(Self.plan) { project in
      let group = try Self.orphan(project)
      defer { Self.end(group) }
      let before = try FolderDigest.of(project.folder.path)
      let status = try project.run("status", "load")
      #expect(status.exit == 0)
      #expect(
        status.stdout.contains(#/load +in doubt +1 +execplan died, but it still runs, for \d.*: process \d+ \(/#),
        "\(status)")
      #expect(status.stdout.contains("next: execplan apply load --resume --orphans wait|kill\n"))
      let machine = try project.run("status", "load", "--format", "json")
      #expect(machine.stdout.contains("\"next_command\":\"execplan apply load --resume --orphans wait|kill\""))
      let doctor = try project.run("doctor")
      #expect(doctor.exit == 0)
      #expect(doctor.stdout.contains("\"load\", run 1: \"load\": process \(group) ("), "\(doctor)")
      #expect(doctor.stdout.contains("execplan apply p.execplan.yaml --orphans wait, or --orphans kill"))
      #expect(try FolderDigest.of(project.folder.path) == before)
    }
  }

  /// Attempts whose doubt is recorded already are looked at like claims.
  @Test func anOrphanOfARecordedDoubtIsFoundToo() throws {
    try withRunProject(Self.plan) { project in
      let group = try Self.orphan(project)
      defer { Self.end(group) }
      _ = try project.query("update attempts set state = 'in_doubt'")
      #expect(try project.run("apply").exit == 6)
      Self.end(group)
      #expect(try project.run("apply").exit == 5)
    }
  }

  /// What was started in another container cannot be seen; a person's word decides about it.
  @Test func anotherContainerIsUnknownAndAPersonDecides() throws {
    try withRunProject(Self.plan) { project in
      let group = try Self.orphan(project)
      Self.end(group)
      _ = try project.query("update legs set pid_namespace = 1, host = 'box'")
      for policy in ["refuse", "wait", "kill"] {
        let result = try project.run("apply", "--orphans", policy)
        #expect(result.exit == 6)
        #expect(
          Self.golden(result.stderr) == """
            error: "load" of run 1 may still run, although the execplan that started it is dead
              "load" was started on host "box", and what runs there can't be seen from here; it began TIME: \
            sh OUT/mark.sh load …
            next, one of:
              execplan resolve p.execplan.yaml load --as done
              execplan resolve p.execplan.yaml load --as failed
              execplan resolve p.execplan.yaml load --as rerun

            """)
      }
      #expect(try project.run("resolve", "load", "--as", "done").exit == 0)
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["load", "after"])
    }
  }
}
