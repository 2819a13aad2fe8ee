internal import Foundation
internal import TestSupport
internal import Testing

/// The plans of this repository, applied.
struct RunPlansTests {
  /// A copy of what the plans read, in a folder of its own.
  private func withPlans(_ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let copies = [
        "plans", "CHANGELOG.md", "README.md", "LICENSE", "PLANS.md", "Package.swift", "Sources/Commands/Version.swift",
      ]
      try FileManager.default.createDirectory(
        atPath: folder.path("Sources/Commands"), withIntermediateDirectories: true)
      for name in copies {
        try FileManager.default.copyItem(atPath: MarkdownPage.root + "/" + name, toPath: folder.path(name))
      }
      _ = try Execplan.runOther("/usr/bin/env", ["git", "init", "-q"], in: folder)
      try body(folder)
    }
  }

  @Test(arguments: [
    "agents", "scaffold", "taskflow-load -p tasks=200", "taskflow-analytics -p tasks=200",
    "rollout --allow-outside --ignore **/run/**",
  ])
  func aCrashTestPasses(_ words: String) throws {
    try withPlans { folder in
      let result = try Execplan.run(["test", "-q"] + words.split(separator: " ").map(String.init), in: folder)
      #expect(result.exit == 0 && result.stdout.contains(": safe to resume"), "\(result)")
    }
  }

  /// Each copy works in a database of its own, and none of them is left.
  @Test func aCrashTestOnPostgresPasses() throws {
    let database = try PostgresServer.shared.makeDatabase()
    defer { database.remove() }
    try withPlans { folder in
      let result = try Execplan.run(
        ["test", "-q", "taskflow-postgres", "--copy-databases", "-p", "tasks=200"], in: folder,
        env: database.environment)
      #expect(result.exit == 0 && result.stdout.contains(": safe to resume"), "\(result)")
      #expect(try database.query("select count(*) from pg_namespace where nspname in ('ops', 'dw')") == "0")
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

  @Test func agentsHandOffTheirWorkToOneAnother() throws {
    try withPlans { folder in
      func apply(_ more: String...) throws -> Execplan.Result {
        try Execplan.run(["apply", "agents", "-p", "dir=work"] + more, in: folder)
      }
      let first = try apply()
      #expect(first.exit == 0, "\(first)")
      let report = try #require(folder.read("work/docs/qa_report.md"))
      #expect(report.contains("- events in the report: 500, expected 500") && report.contains("Verdict: passed"))
      let package = try #require(folder.read(".execplan/logs/1/handoff/data.qa.yaml"))
      #expect(
        package == """
          handoff_package:
            agent: qa
            from: data
            artifacts:
              - work/src/data
            requirements:
              - Validate the data against the source
            test_data:
              source: work/src/data/events.json
              expected_rows: "500"

          """)
      let prompt = try #require(folder.read(".execplan/logs/1/prompts/check.md"))
      #expect(prompt.contains(package) && prompt.contains("report: work/reports/users.csv"))

      let status = try Execplan.run(["status", "agents"], in: folder)
      #expect(status.stdout.contains("hand-off of data to qa: .execplan/logs/1/handoff/data.qa.yaml\n"), "\(status)")
      let show = try Execplan.run(["show", "agents"], in: folder)
      #expect(show.stdout.contains("Hand-offs") && show.stdout.contains("Report the completed tasks of every user; "))

      let second = try apply()
      #expect(second.exit == 0 && second.stdout.contains(": 1 succeeded, 3 skipped"), "\(second)")
      // Another wish goes from agent to agent.
      let more = try apply("-p", "events=700")
      #expect(more.exit == 0, "\(more)")
      #expect(folder.read("work/docs/qa_report.md")?.contains("expected 700") == true)

      // What an agent leaves is looked at, whatever it says of itself.
      try folder.write("plans/agents/developer.md", "Make a mistake.\n")
      let failed = try apply("-p", "events=700")
      #expect(failed.exit == 1 && failed.stdout.contains("the prompt does not say 'database'"), "\(failed)")
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
      let added = self.added(again, to: text)
      #expect(added.count == 1 && added.first?.contains(": run 2 succeeded: 1 step ran") == true, "\(added)")
      let nothing = try Execplan.run(["apply", "taskflow-load", "--resume", "--write-back"], in: folder)
      #expect(nothing.exit == 0 && folder.read("plans/taskflow-load.md") == again, "\(nothing)")
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
  @Test func releasePacksTheBinaryAndTicksItsProgress() throws {
    try withPlans { folder in
      try FileManager.default.createDirectory(atPath: folder.path("build/release"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: Execplan.binary, toPath: folder.path("build/release/execplan"))
      let arguments = [
        "apply", "release", "--write-back", "-p", "build=false", "-p", "lint=false", "-p", "build_dir=build",
      ]
      let isStatic = !(try lines(folder, "ldd build/release/execplan")).contains("libswift")
      if !isStatic {
        let refused = try Execplan.run(arguments, in: folder)
        #expect(refused.exit == 1)
        #expect(refused.stdout.contains("the libraries above are not on the list"), "\(refused)")
        let text = try #require(folder.read("plans/release.md"))
        #expect(open(text) == ["libraries", "package", "intact", "complete"], "\(text)")
        #expect(text.contains("- Observation: Step `libraries` failed in run 1"), "\(text)")
        #expect(folder.read("PLANS.md")?.contains("(plans/release.md) - status: in_progress") == true)
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
      let written = try #require(folder.read("plans/release.md"))
      #expect(open(written).isEmpty, "\(written)")
      #expect(written.contains(/- \[x\] \(20..-..-.. ..:..Z\) `source`: the sources are fit/), "\(written)")
      #expect(folder.read("PLANS.md")?.contains("(plans/release.md) - status: done") == true)

      let again = try Execplan.run(arguments, in: folder, env: ["PATH": path])
      #expect(again.exit == 0)
      // What proves the whole is looked at in every run; nothing is made anew.
      let started = again.stderr.matches(of: /([a-z:]+): started/).map { String($0.output.1) }
      #expect(Set(started) == ["gate:build", "intact", "complete"], "\(again)")
      let after = try #require(folder.read("plans/release.md"))
      let added = self.added(after, to: written)
      #expect(added.count == 1 && added.first?.contains(": run 2 succeeded: ") == true, "\(added)")
      let nothing = try Execplan.run(["apply", "release", "--resume", "--write-back"], in: folder)
      #expect(nothing.exit == 0 && folder.read("plans/release.md") == after, "\(nothing)")
    }
  }

  /// The lines of a text that are new; a line that is gone counts, too.
  private func added(_ text: String, to before: String) -> [String] {
    let difference = text.split(separator: "\n").difference(from: before.split(separator: "\n"))
    return difference.map { change in
      switch change {
      case .insert(_, let line, _): String(line)
      case .remove(_, let line, _): "gone: \(line)"
      }
    }
  }

  /// The ids of the items of Progress that are not ticked.
  private func open(_ text: String) -> [String] { text.matches(of: /- \[ \] `([a-z]+)`/).map { String($0.output.1) } }

  /// The markdown plans of this repository keep their meaning when a formatter writes them anew, and have no finding.
  @Test(arguments: ["release.md", "taskflow-load.md"]) func documentsAreCleanAndStable(_ name: String) throws {
    try withPlans { folder in
      let clean = try Execplan.run(["validate", "--strict", "plans/" + name], in: folder)
      #expect(clean.exit == 0 && clean.stdout.hasPrefix("no problems in 1 file"), "\(clean)")
      guard let formatter = PythonTool.path("mdformat") else { return }
      let text = try #require(folder.read("plans/" + name))
      try folder.write("plan.md", text)
      let before = try MarkdownFormatTests.views(folder)
      for options in [[], ["--wrap", "80"], ["--wrap", "no"]] {
        try folder.write("plan.md", text)
        let formatted = try Execplan.runOther(formatter, options + ["plan.md"], in: folder)
        #expect(formatted.exit == 0, "\(formatted.stderr)")
        let after = try MarkdownFormatTests.views(folder)
        for (one, other) in zip(before, after) { #expect(one == other, "mdformat \(options.joined(separator: " "))") }
      }
    }
  }
}
