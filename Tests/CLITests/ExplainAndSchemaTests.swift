internal import Foundation
internal import TestSupport
internal import Testing

struct ExplainAndSchemaTests {
  private static let root = CorpusTests.folder.deletingLastPathComponent().deletingLastPathComponent()

  @Test func aRuleHasAPageAndTheListHasAllRules() throws {
    try withTemporaryFolder { folder in
      let page = try Execplan.run(["explain", "unknown-key"], in: folder)
      #expect(page.exit == 0 && page.stdout.hasPrefix("EP201 unknown-key (error)\n"))
      #expect(page.stdout.contains("\nBad:\n") && page.stdout.contains("\nGood:\n"))
      let list = try Execplan.run(["explain"], in: folder)
      #expect(list.stdout.contains("EP305") && list.stdout.contains("dependency-cycle"))
      let json = try Execplan.run(["explain", "--format", "json"], in: folder)
      let object = try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any]
      #expect((object?["rules"] as? [Any])?.count ?? 0 > 50)
      let wrong = try Execplan.run(["explain", "EP999"], in: folder)
      #expect(wrong.exit == 64 && wrong.stderr.contains("there is no rule \"EP999\""))
    }
  }

  @Test func pagesHoldNoControlCharacters() throws {
    try withTemporaryFolder { folder in
      let text = try Execplan.run(["explain", "--format", "markdown"], in: folder).stdout
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test func theRulesDocumentIsUpToDate() throws {
    try withTemporaryFolder { folder in
      let printed = try Execplan.run(["explain", "--format", "markdown"], in: folder).stdout
      let file = try String(contentsOf: Self.root.appendingPathComponent("docs/rules.md"), encoding: .utf8)
      #expect(printed == file)
    }
  }

  @Test func schemasArePrintedAndInstalled() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("sub/x", "")
      let printed = try Execplan.run(["schema"], in: folder).stdout
      let file = try String(
        contentsOf: Self.root.appendingPathComponent("schemas/execplan.schema.json"), encoding: .utf8)
      #expect(printed == file)
      for name in ["config", "events", "diagnostics", "changeset", "saved", "status"] {
        let text = try Execplan.run(["schema", name], in: folder).stdout
        #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
      }
      let first = try Execplan.run(["-C", "sub", "schema", "--install"], in: folder)
      #expect(first.exit == 0 && folder.read(".vscode/execplan.schema.json") == printed)
      #expect(first.stderr.contains("# yaml-language-server: $schema=.vscode/execplan.schema.json"))
      #expect(try Execplan.run(["schema", "config", "--install"], in: folder).exit == 0)
      #expect(folder.read(".vscode/execplan.config.schema.json")?.contains("execplan.config.yaml") == true)
      // A new plan points to it.
      let plan = try Execplan.run(["new", "Some work", "-o", "plans/", "--format", "yaml"], in: folder).stdout
        .dropLast()
      #expect(
        folder.read(String(plan))?.hasPrefix("# yaml-language-server: $schema=../.vscode/execplan.schema.json\n")
          == true)
      #expect(try Execplan.run(["schema", "--install"], in: folder).stderr.contains("up to date"))
      #expect(try Execplan.run(["schema", "nope"], in: folder).exit == 64)
    }
  }
}
