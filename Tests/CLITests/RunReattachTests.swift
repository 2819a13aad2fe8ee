internal import Foundation
internal import TestSupport
internal import Testing

/// `on_interrupt: reattach`: the step outlives execplan, and the run takes its result.
struct RunReattachTests {
  static func plan(_ more: String = "", last: String = "sh $OUT/mark.sh loaded") -> String {
    """
    execplan: 1
    title: Load
    id: load
    steps:
      - id: load
        on_interrupt: reattach
        run: |
          sh $OUT/mark.sh load
          echo first
          sh $OUT/block.sh
          echo second
          echo "rows=7" >> "$EXECPLAN_OUTPUT"
          \(last)
    \(more)
      - {id: after, needs: [load], run: "sh $OUT/mark.sh after ${{ steps.load.values.rows }}"}

    """
  }

  static func more(_ lines: String...) -> String { lines.map { "    \($0)" }.joined(separator: "\n") }

  /// The keeper of a held step: the parent of its first process.
  static func keeper(of group: Int32) throws -> Int32 {
    let stat = try #require(FileManager.default.contents(atPath: "/proc/\(group)/stat"))
    let fields = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    let parent = try #require(fields.count > 1 ? Int32(fields[1]) : nil)
    #expect(
      FileManager.default.contents(atPath: "/proc/\(parent)/comm").map { String(decoding: $0, as: UTF8.self) }
        == "execplan-keep\n")
    return parent
  }

  static func isAlive(_ pid: Int32) -> Bool { RunProject.isAlive(group: pid) }

  static func output(_ project: RunProject) throws -> String {
    try project.run("logs", "load", "load", "--stdout").stdout
  }

  @Test func theResultOfAStepThatOutlivedExecplanIsTaken() throws {
    try withRunProject(Self.plan()) { project in
      let group = try RunOrphanTests.orphan(project)
      let keeper = try Self.keeper(of: group)
      // Neither holds the lock; the status says what goes on.
      let status = try project.run("status", "load")
      #expect(status.stdout.contains(#/load +running +1 /#), "\(status)")
      #expect(status.stdout.contains("next: execplan apply load --resume\n"))
      let plan = try project.run("plan")
      #expect(plan.stdout.contains("its result is taken: still runs"), "\(plan)")
      let second = try project.start("apply", "--resume")
      try waitUntil { second.stderrSoFar.contains("\"load\" still runs; its result is taken") }
      #expect(second.isRunning && Self.isAlive(keeper))
      #expect(try project.run("apply").exit == 6)
      try project.release()
      let result = second.wait()
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["load", "loaded", "after 7"])
      #expect(!Self.isAlive(keeper) && !RunProject.isAlive(group: group))
      #expect(
        try project.query("select step, number, state, leg_id from attempts order by id") == """
          load|1|succeeded|1
          after|1|succeeded|2
          """)
      #expect(
        try project.query(
          "select count(*) from events where step = 'load' and kind = 'step_started' and payload like '%\"leg\":2%'")
          == "1")
      #expect(project.folder.read(".execplan/logs/1/1.out") == "first\nsecond\n")
      let again = try project.run("status", "load")
      #expect(again.stdout.contains("run 1 succeeded"))
    }
  }

  /// The step ended while nobody looked: its keeper wrote down how.
  @Test(arguments: [0, 3]) func aStepThatEndedMeanwhileCountsAsItEnded(_ code: Int32) throws {
    try withRunProject(Self.plan(last: "sh $OUT/mark.sh loaded; exit \(code)")) { project in
      let group = try RunOrphanTests.orphan(project)
      let keeper = try Self.keeper(of: group)
      try project.release()
      try waitUntil { !Self.isAlive(keeper) }
      let status = try project.run("status", "load")
      #expect(status.stdout.contains("ended with exit \(code)"), "\(status)")
      #expect(try project.run("doctor").stdout.contains("no step runs without its execplan"))
      let result = try project.run("apply")
      #expect(result.exit == (code == 0 ? 0 : 1), "\(result)")
      #expect(result.stderr.contains("\"load\" ended with exit \(code) after execplan had died; its result is taken\n"))
      #expect(project.ledger == (code == 0 ? ["load", "loaded", "after 7"] : ["load", "loaded"]))
      #expect(
        try project.query("select state, exit_code from attempts where id = 1")
          == (code == 0 ? "succeeded|0" : "failed|3"))
    }
  }

  /// All that a supervised step must show is asked for too.
  @Test func expectOutputsAndVerifyHoldForATakenResult() throws {
    for (more, reason) in [
      (Self.more("expect: {stdout: {contains: third}}"), "stdout is"),
      (Self.more("outputs: [made]"), "output missing"), (Self.more("verify: [{exists: made}]"), "verify: "),
    ] {
      try withRunProject(Self.plan(more)) { project in
        _ = try RunOrphanTests.orphan(project)
        try project.release()
        let result = try project.run("apply")
        #expect(result.exit == 1 && result.stderr.contains(reason), "\(result)")
        #expect(try project.query("select state from attempts") == "failed")
      }
    }
    try withRunProject(Self.plan(Self.more("expect: {stdout: {contains: second}}"))) { project in
      _ = try RunOrphanTests.orphan(project)
      try project.release()
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["load", "loaded", "after 7"])
    }
  }

  /// Masked output, judged as it was: no secret is in any file, whatever dies.
  @Test func secretsStayMaskedWhenExecplanDies() throws {
    for interrupt in ["on_interrupt: reattach", "on_interrupt: ask"] {
      let plan = """
        execplan: 1
        title: Secret
        id: load
        secrets: {TOKEN: {env: SOURCE_TOKEN}}
        steps:
          - id: load
            \(interrupt)
            secrets: [TOKEN]
            run: |
              sh $OUT/mark.sh load
              echo "first $TOKEN"
              sh $OUT/block.sh
              echo "second $TOKEN"
            expect: {stdout: {matches: "^first [a-z0-9-]{15}\\nsecond [a-z0-9-]{15}$"}}

        """
      try withRunProject(plan) { project in
        let env = ["SOURCE_TOKEN": "hunter2-hunter2"]
        let program = try project.start("apply", "-q", env: env)
        let group = try #require(project.waitForBlock(of: program))
        program.send(signal: SIGKILL)
        _ = program.wait()
        let keeper = try Self.keeper(of: group)
        try waitUntil { try Self.output(project) == "first ***\n" }
        if interrupt.hasSuffix("ask") { #expect(try project.run("apply", env: env).exit == 6) }
        let second = try project.start("apply", "--orphans", "wait", env: env)
        while !second.stderrSoFar.contains("load\""), second.isRunning { usleep(5_000) }
        try project.release()
        let result = second.wait()
        #expect(result.exit == 0, "\(result)")
        #expect(!Self.isAlive(keeper))
        #expect(try Self.output(project) == "first ***\nsecond ***\n")
        #expect(project.ledger == ["load"])
        for name in FileManager.default.subpaths(atPath: project.folder.path) ?? [] {
          let content = FileManager.default.contents(atPath: project.folder.path(name)) ?? Data()
          #expect(!String(decoding: content, as: UTF8.self).contains("hunter2"), "\(name)")
        }
      }
    }
  }

  /// `logs --follow` goes on as long as the keeper does.
  @Test func logsFollowWhatOutlivedExecplan() throws {
    try withRunProject(Self.plan()) { project in
      _ = try RunOrphanTests.orphan(project)
      let logs = try project.start("logs", "load", "load", "--follow", "--stdout")
      try waitUntil { logs.stdoutSoFar == "first\n" }
      #expect(logs.isRunning)
      try project.release()
      #expect(logs.wait().stdout == "first\nsecond\n")
    }
  }

  /// Killed twice, taken over twice, run once.
  @Test func aTakeoverMayDieToo() throws {
    try withRunProject(Self.plan()) { project in
      let group = try RunOrphanTests.orphan(project)
      for _ in 0..<2 {
        let second = try project.start("apply")
        try waitUntil { second.stderrSoFar.contains("its result is taken") }
        second.send(signal: SIGKILL)
        #expect(second.wait().exit == 137)
        #expect(RunProject.isAlive(group: group))
      }
      try project.release()
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["load", "loaded", "after 7"])
    }
  }

  @Test func withoutACrashAKeptStepIsLikeAnyOther() throws {
    try withRunProject(
      Self.plan(
        Self.more("retry: {times: 1, delay: 10ms}"),
        last: "sh $OUT/mark.sh try; test -e made || { touch made; exit 9; }")
    ) { project in
      try project.release()
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["load", "try", "load", "try", "after 7"])
      #expect(try project.query("select state, exit_code from attempts where step = 'load'") == "failed|9\nsucceeded|0")
      let missing = Self.plan().replacing("run: |\n", with: "exec: [nowhere-to-be-found]\n    x-a: |\n")
      try project.write(missing)
      let absent = try project.run("apply", "--fresh")
      #expect(absent.exit == 1 && absent.stderr.contains("\"nowhere-to-be-found\" not found"), "\(absent)")
    }
  }

  /// The first Ctrl-C ends a kept step like any other, and its keeper with it.
  @Test func aSignalEndsProgramAndKeeper() throws {
    try withRunProject(Self.plan()) { project in
      let program = try project.start("apply", "--drain", "10ms", "--grace", "5s")
      let group = try #require(project.waitForBlock(of: program))
      let keeper = try Self.keeper(of: group)
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 130, "\(result)")
      #expect(!RunProject.isAlive(group: group) && !Self.isAlive(keeper))
      #expect(try project.query("select state, signal from attempts") == "cancelled|15")
    }
    // Taken over, too.
    try withRunProject(Self.plan()) { project in
      let group = try RunOrphanTests.orphan(project)
      let keeper = try Self.keeper(of: group)
      let second = try project.start("apply", "--drain", "1h")
      try waitUntil { second.stderrSoFar.contains("its result is taken") }
      second.send(signal: SIGTERM)
      usleep(50_000)
      second.send(signal: SIGTERM)
      #expect(second.wait().exit == 143)
      #expect(!RunProject.isAlive(group: group) && !Self.isAlive(keeper))
      #expect(try project.query("select state, signal from attempts") == "cancelled|9")
    }
  }

  @Test func aTimeoutCountsFromTheRealStart() throws {
    try withRunProject(Self.plan(Self.more("timeout: 1h"))) { project in
      let group = try RunOrphanTests.orphan(project)
      // As if it had been started two hours ago.
      let text = try #require(project.folder.read("p.execplan.yaml"))
      try project.folder.write("p.execplan.yaml", text.replacing("timeout: 1h", with: "timeout: 50ms"))
      usleep(100_000)
      let result = try project.run("apply", "--grace", "1s")
      #expect(result.exit == 1, "\(result)")
      #expect(
        result.stderr.contains("load: timed out") || result.stderr.contains("longer than its timeout"), "\(result)")
      #expect(try project.query("select state from attempts") == "timed_out")
      #expect(!RunProject.isAlive(group: group))
    }
  }

  /// While execplan is dead nobody watches the time but the keeper, which waits for the grace time in addition.
  @Test func aTimeoutHoldsAlsoWhileNobodyLooks() throws {
    try withRunProject(Self.plan(Self.more("timeout: 1s"))) { project in
      let program = try project.start("apply", "-q", "--grace", "10ms")
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGKILL)
      _ = program.wait()
      try waitUntil { !RunProject.isAlive(group: group) }
      let result = try project.run("apply")
      #expect(result.exit == 1, "\(result)")
      #expect(try project.query("select state from attempts") == "timed_out")
    }
  }

  /// With its keeper the knowledge of its end is gone, and nothing runs on unwatched.
  @Test func aKilledKeeperLeavesADoubt() throws {
    try withRunProject(Self.plan()) { project in
      let program = try project.start("apply")
      let group = try #require(project.waitForBlock(of: program))
      kill(try Self.keeper(of: group), SIGKILL)
      let result = program.wait()
      #expect(result.exit == 5, "\(result)")
      #expect(result.stderr.contains("its keeper was killed"))
      #expect(!RunProject.isAlive(group: group))
      #expect(try project.query("select state from attempts") == "in_doubt")
      #expect(try project.run("apply").exit == 5)
      #expect(project.ledger == ["load"])
    }
    // Both are killed: the program is an orphan, and then a doubt.
    try withRunProject(Self.plan()) { project in
      let group = try RunOrphanTests.orphan(project)
      let keeper = try Self.keeper(of: group)
      kill(keeper, SIGKILL)
      try waitUntil { !Self.isAlive(keeper) }
      let orphan = try project.run("apply")
      #expect(orphan.exit == 6, "\(orphan)")
      let ended = try project.run("apply", "--orphans", "kill")
      #expect(ended.exit == 5 && ended.stderr.contains("in doubt"), "\(ended)")
      #expect(project.ledger == ["load"])
    }
  }

  /// A person may end it all the same; then nothing is taken.
  @Test func killEndsWhatCouldBeTaken() throws {
    for words in [["apply", "--orphans", "kill"], ["apply", "--fresh", "--orphans", "kill"]] {
      try withRunProject(Self.plan()) { project in
        let group = try RunOrphanTests.orphan(project)
        let keeper = try Self.keeper(of: group)
        let result = try Execplan.run(words, in: project.folder)
        #expect(result.exit == 5 && result.stderr.contains("in doubt"), "\(result)")
        #expect(!RunProject.isAlive(group: group) && !Self.isAlive(keeper))
        #expect(try project.query("select state from attempts") == "in_doubt")
        #expect(try project.run("apply").exit == 5)
        #expect(project.ledger == ["load"])
      }
    }
  }

  @Test func whatIsNotToBeTakenIsAnOrphan() throws {
    try withRunProject(Self.plan()) { project in
      let group = try RunOrphanTests.orphan(project)
      defer { RunOrphanTests.end(group) }
      for words in [["--fresh"], ["--rerun", "load"]] {
        let result = try Execplan.run(["apply"] + words, in: project.folder)
        #expect(result.exit == 6, "\(words) \(result)")
      }
      #expect(try project.run("resolve", "load", "--as", "done").exit == 6)
      // A changed definition says nothing about an old effect.
      try project.write(Self.plan(last: "sh $OUT/mark.sh other"))
      #expect(try project.run("apply").exit == 6)
      try project.release()
      let result = try project.run("apply", "--orphans", "wait")
      #expect(result.exit == 5 && result.stderr.contains("its definition has changed since"), "\(result)")
    }
  }

  /// After a restart of the machine a record proves nothing about the effect.
  @Test func aRestartOfTheMachineMakesADoubt() throws {
    try withRunProject(Self.plan()) { project in
      let group = try RunOrphanTests.orphan(project)
      let keeper = try Self.keeper(of: group)
      try project.release()
      try waitUntil { !Self.isAlive(keeper) }
      _ = try project.query("update legs set boot_id = 'earlier'; update attempts set boot_id = 'earlier'")
      let result = try project.run("apply")
      #expect(result.exit == 5 && result.stderr.contains("nothing says whether repeating it is safe"), "\(result)")
    }
  }

  /// No lock and no file of execplan lives on in keeper or program.
  @Test func keeperAndProgramHoldNothingOfExecplan() throws {
    try withRunProject(Self.plan()) { project in
      let program = try project.start("apply", "-q")
      let group = try #require(project.waitForBlock(of: program))
      defer { RunOrphanTests.end(group) }
      #expect(Self.descriptors(group) == ["/dev/null", "1.err", "1.out"])
      let keeper = try Self.keeper(of: group)
      // Root may look into a keeper, others may not.
      if getuid() == 0 {
        #expect(
          Self.descriptors(keeper).filter { !$0.hasPrefix("anon_inode") }
            == ["/dev/null", "1.err", "1.keeper", "1.marks", "1.out"])
      }
      program.send(signal: SIGKILL)
      _ = program.wait()
      // Nobody holds the lock, so this apply gets it and goes on with the step.
      let second = try project.start("apply", "-q")
      var legs = ""
      while second.isRunning, legs != "2" {
        legs = try project.query("select count(*) from legs")
        usleep(5_000)
      }
      #expect(legs == "2")
      try project.release()
      #expect(second.wait().exit == 0)
      #expect(project.ledger == ["load", "loaded", "after 7"])
    }
  }

  private static func descriptors(_ pid: Int32) -> [String] {
    let folder = "/proc/\(pid)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let targets = names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0) }
    return Set(targets.map { $0.hasPrefix("/dev/") ? $0 : String($0.split(separator: "/").last ?? "") }).sorted()
  }

  @Test func onlyProgramsCanBeReattached() throws {
    let plan =
      "execplan: 1\ntitle: No\nid: no\nsteps:\n  - id: a\n    file: {path: x, content: y}\n    on_interrupt: reattach\n"
    try withRunProject(plan) { project in
      let result = try project.run("validate", "p.execplan.yaml")
      #expect(result.exit == 1, "\(result)")
      #expect(
        result.stdout.contains(
          "p.execplan.yaml:7:19: error: \"on_interrupt: reattach\" is for \"run\", \"exec\" and \"agent\""),
        "\(result)")
    }
    let defaulted =
      "execplan: 1\ntitle: Yes\nid: yes\ndefaults: {on_interrupt: reattach}\nsteps:\n  - {id: a, file: {path: x, content: y}}\n  - {id: b, run: \"true\"}\n"
    try withRunProject(defaulted) { project in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read(".execplan/logs/1/2.exit")?.contains("exit 0") == true)
    }
  }
}
