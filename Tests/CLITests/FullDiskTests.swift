internal import FaultPoints
internal import Foundation
internal import TestSupport
internal import Testing

/// Disks that are full, state directories that may not be written or that go away under a run.
struct FullDiskTests {
  private static let plan = """
    execplan: 1
    title: Full
    id: full
    steps:
      - {id: a, run: "sh $OUT/mark.sh a"}
      - {id: b, needs: [a], run: "sh $OUT/mark.sh b; sh $OUT/block.sh"}
      - {id: c, needs: [b], run: "sh $OUT/mark.sh c; head -c 200000 /dev/zero | tr '\\\\0' x"}
      - {id: d, needs: [c], idempotent: true, run: "sh $OUT/mark.sh d"}

    """

  /// A small file system in memory, of `size` KiB, where the state directory lies; nil where nobody may mount one.
  private func mounted<T>(_ size: Int, _ body: (TemporaryFolder) throws -> T) throws -> T? {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let mount = try Execplan.runOther(
      "/usr/bin/env", ["mount", "-t", "tmpfs", "-o", "size=\(size)k", "tmpfs", folder.path], in: folder)
    guard mount.exit == 0 else { return nil }
    defer { _ = try? Execplan.runOther("/usr/bin/env", ["umount", "-l", folder.path], in: folder) }
    return try body(folder)
  }

  /// Everything from "no room for the journal" to "room for nearly all of it".
  @Test(arguments: [16, 64, 100, 128, 160, 200, 240, 280, 320, 400])
  func aFullDiskIsSaidAndLeavesARunThatGoesOn(_ size: Int) throws {
    try withRunProject(Self.plan) { project in
      try project.outside.write("first/x", "")
      let first = try mounted(size) { disk -> Bool in
        let result = try project.run("apply", "--state-dir", disk.path("state"))
        if result.exit == 0 {
          #expect(project.ledger == ["a", "b", "c", "d"])
          return true
        }
        #expect([1, 74].contains(result.exit), "\(result)")
        #expect(
          ["No space left", "no space left", "is full", "disk I/O error"].contains(where: result.stderr.contains),
          "\(result)")
        if result.exit == 74 {
          let doctor = try project.run("doctor", "--state-dir", disk.path("state"))
          #expect(doctor.exit == 1 && doctor.stdout.contains("are free"), "\(doctor)")
        }
        let before = project.ledger
        // More room, as when somebody tidied up.
        let more = try Execplan.runOther(
          "/usr/bin/env", ["mount", "-o", "remount,size=64m", disk.path], in: project.folder)
        #expect(more.exit == 0, "\(more)")
        try finish(project, ["--state-dir", disk.path("state")])
        for step in ["a", "b", "c"] { #expect(project.ledger.count { $0 == step } == 1, "\(before) \(result)") }
        return true
      }
      if first == nil {
        // Nobody may mount here: the same by a fault that says that the disk is full.
        let result = try project.run("apply", env: ["EXECPLAN_FAULT": "inEndCommit:full"])
        #expect(result.exit == 74, "\(result)")
        try finish(project, [])
        for step in ["a", "b", "c"] { #expect(project.ledger.count { $0 == step } == 1) }
      }
    }
  }

  /// Goes on to the end, answering by the ledger.
  private func finish(_ project: RunProject, _ options: [String]) throws {
    for _ in 0..<6 {
      let result = try Execplan.run(["apply"] + options, in: project.folder)
      if result.exit == 0 { return }
      #expect(result.exit == 5, "\(result)")
      for line in result.stderr.split(separator: "\n") where line.contains("--as done") {
        let step = try #require(line.split(separator: " ").dropLast(2).last.map(String.init))
        let answer = project.ledger.contains(step) ? "done" : "rerun"
        let resolved = try Execplan.run(
          ["resolve", "p.execplan.yaml", step, "--as", answer] + options, in: project.folder)
        #expect(resolved.exit == 0, "\(resolved)")
      }
    }
    Issue.record("it does not come to an end")
  }

  /// A limit of the size of files is what a quota looks like to a program.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["TSAN_OPTIONS"] == nil, "its runtime writes large files itself"),
    arguments: [1, 8, 60, 100, 200])
  func aLimitOfFileSizesIsAnErrorAndNotTheEnd(_ kibibytes: Int) throws {
    try withRunProject(Self.plan) { project in
      try project.outside.write("first/x", "")
      let script = "ulimit -f \(kibibytes); exec '\(Execplan.binary)' apply"
      let result = try Execplan.runOther("/bin/bash", ["-c", script], in: project.folder)
      #expect([0, 1, 74].contains(result.exit), "\(result)")
      try finish(project, [])
      for step in ["a", "b"] { #expect(project.ledger.count { $0 == step } == 1, "\(result)") }
    }
  }

  @Test func aStateDirectoryThatMayNotBeWrittenIsRefusedAndRead() throws {
    try withRunProject(Self.plan) { project in
      try project.outside.write("first/x", "")
      #expect(try project.run("apply", "-q").exit == 0)
      let state = project.folder.path(".execplan")
      let bound = try Execplan.runOther("/usr/bin/env", ["mount", "--bind", state, state], in: project.folder)
      if bound.exit == 0 {
        _ = try Execplan.runOther(
          "/usr/bin/env", ["mount", "-o", "remount,ro,bind", state], in: project.folder)
      } else {
        #expect(unsafe chmod(state, 0o500) == 0)
        #expect(unsafe chmod(state + "/journal.db", 0o400) == 0)
        // Root may write all the same, and then there is nothing to see.
        try #require(geteuid() != 0, "root can't mount here")
      }
      defer {
        _ = try? Execplan.runOther("/usr/bin/env", ["umount", "-l", state], in: project.folder)
        unsafe chmod(state, 0o700)
      }
      let result = try project.run("apply", "--fresh")
      #expect(result.exit == 74, "\(result)")
      #expect(result.stderr.contains("execplan doctor"), "\(result)")
      #expect(try project.run("status", "full").exit == 0)
      #expect(try project.run("runs").exit == 0)
      #expect(try project.run("doctor").exit == 1)
      #expect(project.ledger == ["a", "b", "c", "d"])
    }
  }

  @Test func aStateDirectoryThatIsRemovedUnderARunStopsIt() throws {
    try withRunProject(Self.plan) { project in
      let program = try project.start("apply")
      _ = try #require(project.waitForBlock(of: program))
      try FileManager.default.removeItem(atPath: project.folder.path(".execplan"))
      try project.release()
      let result = program.wait()
      #expect(result.exit == 74, "\(result)")
      #expect(result.stderr.contains("removed or replaced"))
      #expect(!result.stdout.contains("succeeded"))
      #expect(!project.ledger.contains("c"))
    }
  }
}
