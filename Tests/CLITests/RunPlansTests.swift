internal import Foundation
internal import TestSupport
internal import Testing

/// The plans of this repository, applied.
struct RunPlansTests {
  /// A copy of what the plans read, in a folder of its own.
  private func withPlans(_ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let copies = ["plans", "CHANGELOG.md", "README.md", "LICENSE", "Package.swift", "Sources/Commands/Version.swift"]
      try FileManager.default.createDirectory(
        atPath: folder.path("Sources/Commands"), withIntermediateDirectories: true)
      for name in copies {
        try FileManager.default.copyItem(atPath: MarkdownPage.root + "/" + name, toPath: folder.path(name))
      }
      _ = try Execplan.runOther("/usr/bin/env", ["git", "init", "-q"], in: folder)
      try body(folder)
    }
  }

  private func lines(_ folder: TemporaryFolder, _ command: String) throws -> String {
    try Execplan.runOther("/bin/sh", ["-c", command + " 2>&1"], in: folder).stdout
  }

  @Test func taskflowLoadsOnceThenOnlyWhatIsNew() throws {
    try withPlans { folder in
      func apply(_ more: String...) throws -> Execplan.Result {
        try Execplan.run(
          ["apply", "taskflow-analytics", "-p", "tasks=2000", "-p", "dir=work"] + more, in: folder)
      }
      func facts() throws -> String {
        try lines(
          folder, "sqlite3 work/warehouse.db 'select count(*), count(distinct event_key) from fact_task_events'")
      }
      let first = try apply()
      #expect(first.exit == 0, "\(first)")
      let loaded = try facts()
      #expect(folder.read("work/report.md")?.isEmpty == false)

      let second = try apply()
      #expect(second.stdout.contains(": 0 succeeded, 25 skipped"), "\(second)")
      #expect(try facts() == loaded)

      let third = try apply("-p", "new_events=1")
      #expect(third.exit == 0)
      let log = try lines(
        folder, "sqlite3 work/warehouse.db 'select * from etl_run_log order by 1 desc limit 1'")
      let more = try facts()
      let difference = try #require(number(more)) - #require(number(loaded))
      #expect(difference > 0 && log.contains("|\(difference)|"), "\(log) \(loaded) \(more)")
      #expect(third.stderr.contains("operations: skipped: up to date"))

      #expect(try apply("-p", "new_events=1").stdout.contains(": 0 succeeded, 25 skipped"))

      let failed = try apply("-p", "new_events=2", "-p", "fail_once=true")
      #expect(failed.exit == 1)
      #expect(try facts() == more)
      let resumed = try Execplan.run(["apply", "taskflow-analytics", "--resume"], in: folder)
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(!resumed.stderr.contains(" extract: started"))
      #expect(try #require(number(facts())) > #require(number(more)))
    }
  }

  private func number(_ text: String) -> Int? { Int(text.prefix { $0 != "|" }) }

  @Test func theDocumentLoadsAndTicksItsProgress() throws {
    try withPlans { folder in
      func apply() throws -> Execplan.Result {
        try Execplan.run(["apply", "taskflow-load", "--write-back", "-p", "tasks=2000", "-p", "dir=work"], in: folder)
      }
      let first = try apply()
      #expect(first.exit == 0, "\(first)")
      let text = try #require(folder.read("plans/taskflow-load.md"))
      #expect(!text.contains("- [ ]") && text.contains("Z) `report`: the report is written"), "\(text)")
      let second = try apply()
      #expect(second.stdout.contains(": 1 succeeded, 11 skipped"), "\(second)")
      let again = try #require(folder.read("plans/taskflow-load.md"))
      #expect(again.components(separatedBy: "- [x]").count == text.components(separatedBy: "- [x]").count)
    }
  }

  @Test func scaffoldTwiceChangesNothingAndKeepsWhatPeopleWrote() throws {
    try withPlans { folder in
      let first = try Execplan.run(["apply", "scaffold", "-p", "dir=new"], in: folder)
      #expect(first.exit == 0, "\(first)")
      let readme = try #require(folder.read("new/README.md")) + "\nOur own words.\n"
      try folder.write("new/README.md", readme)
      let before = try FolderDigest.of(folder.path("new"))
      let second = try Execplan.run(["apply", "scaffold", "-p", "dir=new"], in: folder)
      #expect(second.exit == 0, "\(second)")
      // Two gates look again: one at what a program says, one because the README has changed.
      #expect(second.stdout.contains(": 2 succeeded, 30 skipped"))
      let made = { (lines: [String]) in lines.filter { !$0.contains("__pycache__") } }
      #expect(try made(FolderDigest.of(folder.path("new"))) == made(before))
    }
  }

  /// The binary under test is packaged. A debug build links the Swift libraries, which the plan must notice; after
  /// that `ldd` is replaced.
  @Test func releasePacksTheBinary() throws {
    try withPlans { folder in
      try FileManager.default.createDirectory(atPath: folder.path("build/release"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: Execplan.binary, toPath: folder.path("build/release/execplan"))
      let arguments = ["apply", "release", "-p", "build=false", "-p", "lint=false", "-p", "build_dir=build"]
      let isStatic = !(try lines(folder, "ldd build/release/execplan")).contains("libswift")
      if !isStatic {
        let refused = try Execplan.run(arguments, in: folder)
        #expect(refused.exit == 1)
        #expect(refused.stdout.contains("the libraries above are not on the list"), "\(refused)")
      }
      try folder.write("tools/ldd", "#!/bin/sh\necho libc.so.6\n")
      _ = try lines(folder, "chmod +x tools/ldd")
      let path = folder.path("tools") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      let result = try Execplan.run(arguments, in: folder, env: ["PATH": path])
      #expect(result.exit == 0, "\(result)")
      let names = try lines(folder, "tar -tzf .demo/release/dist/execplan-*.tar.gz")
      for name in ["/bin/execplan\n", "/share/man/man1/execplan.1\n", "/share/doc/execplan/LICENSE\n"] {
        #expect(names.contains(name), "\(names)")
      }
      let again = try Execplan.run(arguments, in: folder, env: ["PATH": path])
      #expect(again.exit == 0)
      #expect(!again.stderr.contains("tarball: started"), "\(again)")
    }
  }
}
