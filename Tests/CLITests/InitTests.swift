internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan init`, seen from outside.
struct InitTests {
  @Test func withoutATerminalItShowsTheChangesAndWritesNothing() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(["init"], in: folder)
      #expect(result.exit == 4)
      #expect(result.stdout.contains("+++ b/.pre-commit-config.yaml\n@@ -0,0 +1,10 @@\n+repos:\n"))
      #expect(result.stderr.contains("execplan init --yes"))
      #expect(try Execplan.run(["init", "--dry-run"], in: folder).stdout == result.stdout)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func aSecondInitHasNothingToDo() throws {
    try withTemporaryFolder { folder in
      #expect(try Execplan.run(["init", "--yes"], in: folder).exit == 0)
      for path in ["plans/README.md", "PLANS.md", ".vscode/execplan.schema.json", ".vscode/settings.json", "AGENTS.md"] {
        #expect(folder.read(path) != nil, "\(path)")
      }
      let again = try Execplan.run(["init"], in: folder)
      #expect(again.exit == 0 && again.stdout.isEmpty && again.stderr.hasPrefix("nothing to do"))
      #expect(try Execplan.run(["new", "First"], in: folder).stdout == "plans/first.md\n")
    }
  }

  @Test(arguments: [
    ("repos:\n- repo: https://x\n  hooks:\n  - id: a\n", "- repo: local\n"),
    ("repos:\n    - repo: https://x\n      hooks: [{id: a}]", "    - repo: local\n"),
    (
      "# top\nrepos:\r\n  - repo: https://x\r\n    hooks:\r\n      - id: a\r\n\r\n# end\r\nci: {}\r\n",
      "  - repo: local\r\n"
    ),
  ])
  func theHookIsAddedToTheListOfRepositories(present: String, entry: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(".pre-commit-config.yaml", present)
      #expect(try Execplan.run(["init", "--yes"], in: folder).exit == 0)
      let new = try #require(folder.read(".pre-commit-config.yaml"))
      #expect(new.contains("\n" + entry) && new.contains("- id: execplan-validate"))
      // Everything that was there is still there, in order.
      let kept = new.components(separatedBy: .newlines).filter { !$0.isEmpty }
      var rest = kept[...]
      for line in present.components(separatedBy: .newlines) where !line.isEmpty {
        let place = try #require(rest.firstIndex(of: line), "\(line)")
        rest = rest[(place + 1)...]
      }
      #expect(try Execplan.run(["init"], in: folder).stdout.isEmpty)
    }
  }

  @Test(arguments: ["repos: []\n", "repos: [{repo: local, hooks: []}]\n", "ci: {}\n", "repos: {\n", "- a\n"])
  func aConfigurationThatCannotBeAddedToSafelyIsLeftAlone(present: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(".pre-commit-config.yaml", present)
      let result = try Execplan.run(["init", "--yes"], in: folder)
      #expect(result.exit == 0 && result.stderr.contains("by hand: add this to the list \"repos\""))
      #expect(folder.read(".pre-commit-config.yaml") == present)
    }
  }

  @Test func settingsAndAgentsOfOthersKeepTheirContent() throws {
    try withTemporaryFolder { folder in
      try folder.write(".vscode/settings.json", "{ // mine\n}\n")
      try folder.write("AGENTS.md", "# Rules\n\nBe kind.")
      let result = try Execplan.run(["init", "--yes"], in: folder)
      #expect(result.stderr.contains("by hand: add this to .vscode/settings.json"))
      #expect(folder.read(".vscode/settings.json") == "{ // mine\n}\n")
      #expect(folder.read("AGENTS.md")?.hasPrefix("# Rules\n\nBe kind.\n\nWork that") == true)
    }
  }
}
