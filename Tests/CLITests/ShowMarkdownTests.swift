internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan show` of markdown plans, seen from outside.
struct ShowMarkdownTests {
  static let forms = [
    "ok/md-execution-summary.md", "ok/md-implementation-plan.md", "ok/md-task-tables.md", "err/md-task-tables.md",
  ]

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: CorpusTests.folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// What `show` writes can be read again, and then says the same.
  @Test(arguments: forms) func theSummaryGivesThePlanBack(name: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("plan.md", try Self.text(name))
      let first = try Execplan.run(["show", "plan.md", "--format", "markdown"], in: folder)
      #expect(first.exit == 0 && first.stdout.hasPrefix("# Execution Plan Summary"), "\(first.stderr)")
      let tasks = try Self.json(folder, "tasks").map { "\($0["id"] ?? "") \($0["title"] ?? "") \($0["needs"] ?? "")" }
      try folder.write("plan.md", first.stdout)
      let second = try Execplan.run(["show", "plan.md", "--format", "markdown"], in: folder)
      // What is no longer there to be ticked or run is said no more.
      #expect(Self.lasting(second.stdout) == Self.lasting(first.stdout))
      #expect(
        try Self.json(folder, "tasks").map { "\($0["id"] ?? "") \($0["title"] ?? "") \($0["needs"] ?? "")" } == tasks)
      try folder.write("plan.md", second.stdout)
      #expect(try Execplan.run(["show", "plan.md", "--format", "markdown"], in: folder).stdout == second.stdout)
    }
  }

  private static func lasting(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { line in
      !["- Progress: ", "- Steps: ", "- approve", "- Critical Path", "- Estimated"].contains { line.hasPrefix($0) }
        && !line.contains("| manual |") && !line.contains("| Action |") && line != "| --- | --- | --- | --- |"
    }
  }

  private static func json(_ folder: TemporaryFolder, _ key: String) throws -> [[String: Any]] {
    let result = try Execplan.run(["show", "plan.md", "--format", "json"], in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    return try #require(object?[key] as? [[String: Any]])
  }

  @Test func aStandardPlanShowsItsSectionsProgressAndWhatIsProse() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        "plan.md",
        """
        # Load

        ## Purpose

        Numbers.

        ## Progress

        - [x] (2026-03-01 10:00Z) Dug
        - [ ] Fill
        - [~] Rake

        ## Surprises & Discoveries

        ## Decision Log

        ## Outcomes & Retrospective

        ## Concrete Steps

        ```bash
        make
        ```

            make test

        """)
      let text = try Execplan.run(["show", "plan.md"], in: folder)
      #expect(text.exit == 0)
      for expected in [
        "  - steps: 0 (all of it is for people)\n", "  - progress: 1 done, 1 open, 1 other\n",
        "  - last activity: 2026-03-01 10:00:00Z\n", "  - not declared: 2 command blocks",
        "Prose\n  - line 21: bash\n  - line 25: a block without a language\n", "  3     Purpose",
        "  - run its commands: execplan adopt plan.md\n",
      ] { #expect(text.stdout.contains(expected), "\(expected)\n\(text.stdout)") }
      let result = try Execplan.run(["show", "plan.md", "--format", "json"], in: folder)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
      #expect(object["dialect"] as? String == "markdown")
      let progress = try #require(object["progress"] as? [String: Any])
      #expect(progress["done"] as? Int == 1 && progress["open"] as? Int == 1 && progress["other"] as? Int == 1)
      #expect(progress["last_activity"] as? String == "2026-03-01T10:00:00.000Z")
      let sections = try #require(object["sections"] as? [[String: Any]])
      #expect(
        sections.map { $0["kind"] as? String } == [
          "other", "purpose", "progress", "surprises", "decisions", "outcomes", "steps",
        ])
      #expect((object["candidates"] as? [[String: Any]])?.map { $0["line"] as? Int } == [21, 25])
    }
  }

  @Test func tasksAreInTheGraphAndNotInThePlanOfARun() throws {
    try withTemporaryFolder { folder in
      try folder.write("plan.md", try Self.text("ok/md-implementation-plan.md"))
      let graph = try Execplan.run(["graph", "plan.md"], in: folder)
      #expect(graph.stdout.contains("loader.T2"))
      #expect(graph.stdout.contains("task"))
      #expect(graph.stdout.contains("critical path: loader.T1 -> loader.T2 -> scoring-service.T1"), "\(graph.stdout)")
      let mermaid = try Execplan.run(["graph", "plan.md", "--format", "mermaid"], in: folder)
      #expect(mermaid.stdout.contains("subgraph") && mermaid.stdout.contains("Read the export"))
      let plan = try Execplan.run(["plan", "plan.md", "--format", "json"], in: folder)
      #expect(plan.stdout.contains("\"steps\":[]"), "\(plan.stdout)\(plan.stderr)")
    }
  }

  @Test func rowsThatAreMarkedNeedAPersonsWord() throws {
    try withTemporaryFolder { folder in
      try folder.write("plan.md", try Self.text("ok/md-task-tables.md").replacing("TODO", with: "done"))
      #expect(try Execplan.run(["apply", "plan.md"], in: folder).exit == 4)
      let without = try Execplan.run(["checkpoint", "plan.md", "--all-marked"], in: folder)
      #expect(without.exit == 64 && without.stderr.contains("--note"))
      let one = try Execplan.run(["checkpoint", "plan.md", "--all-marked", "--note", "seen"], in: folder)
      #expect(one.exit == 0 && one.stderr.contains("\"1.1\" is done, as its row says"))
      #expect(!one.stderr.contains("\"1.2\" is done"))
      let again = try Execplan.run(["checkpoint", "plan.md", "--all-marked", "--note", "seen"], in: folder)
      #expect(again.exit == 5)
      #expect(try Execplan.run(["apply", "plan.md"], in: folder).exit == 4)
      let rest = try Execplan.run(
        ["checkpoint", "plan.md", "--all-marked", "--note", "seen", "--by", "ana", "--continue"], in: folder)
      #expect(rest.exit == 4 && rest.stderr.contains("\"1.2\" is done"))
      let status = try Execplan.run(["status", "plan.md"], in: folder).stdout
      #expect(status.contains("done by ana: seen") && status.contains("1.3"))
    }
  }

  @Test func theGraphOfAllPlansIsDrawn() throws {
    try withTemporaryFolder { folder in
      _ = try Execplan.runOther("/bin/bash", ["-c", "git init -q"], in: folder)
      let body = "# P\n\n## Progress\n\n- [ ] x\n\n## Decision Log\n\n## Surprises & Discoveries\n"
      try folder.write(
        "plans/0-master.md",
        "# Master\n\n## Progress\n\n## Decision Log\n\n## Surprises & Discoveries\n\n"
          + "| # | Title | Path | Hard Deps | Soft Deps |\n|---|---|---|---|---|\n"
          + "| EP-1 | A | plans/1-a.md | None | None |\n| EP-2 | B | plans/2-b.md | EP-1 | EP-3 |\n"
          + "| EP-3 | C | plans/3-c.md | None | None |\n")
      try folder.write("plans/1-a.md", "---\nexecplan: 1\ndepends_on: plans/2-b.md\n---\n" + body)
      try folder.write("plans/2-b.md", body.replacing("# P\n", with: "# P\n\n> **Depends-On:** `plans/1-a.md`\n"))
      try folder.write("load.execplan.yaml", "execplan: 1\ntitle: Load\nsteps:\n  - {id: a, run: \"true\"}\n")
      let text = try Execplan.run(["graph", "--all"], in: folder)
      #expect(
        text.stdout == """
          load.execplan.yaml  Load
          plans/0-master.md  Master
            lists plans/1-a.md
            lists plans/2-b.md
            lists plans/3-c.md (not there)
          plans/1-a.md  P
            waits for plans/2-b.md
          plans/2-b.md  P
            waits for plans/1-a.md
            had better wait for plans/3-c.md (not there)

          """)
      let machine = try Execplan.run(["graph", "--all", "--format", "json"], in: folder)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(machine.stdout.utf8)) as? [String: Any])
      #expect((object["plans"] as? [[String: Any]])?.count == 5)
      #expect((object["edges"] as? [[String: Any]])?.count { $0["kind"] as? String == "depends_on" } == 2)
      #expect(try Execplan.run(["graph", "--all", "--format", "dot"], in: folder).stdout.hasPrefix("digraph plans {"))
      let mermaid = try Execplan.run(["graph", "--all", "--format", "mermaid"], in: folder).stdout
      #expect(mermaid.contains("-->") && mermaid.contains("-.->") && mermaid.contains("missing"))
      #expect(try Execplan.run(["graph", "--all", "load.execplan.yaml"], in: folder).exit == 64)
      let findings = try Execplan.run(["validate", "--select", "EP323,EP324"], in: folder).stdout
      #expect(findings.contains("plans wait for each other: "), "\(findings)")
      #expect(findings.contains("no plan \"plans/3-c.md\""), "\(findings)")
    }
  }
}
