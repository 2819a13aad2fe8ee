internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan new`, seen from outside.
struct NewTests {
  @Test func thePlanIsValidAndItsPathIsTheOutput() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(["new", "Nightly load (EU)", "--format", "yaml"], in: folder)
      #expect(result.exit == 0 && result.stdout == "nightly-load-eu.execplan.yaml\n")
      #expect(result.stderr.contains("execplan validate nightly-load-eu.execplan.yaml"))
      let plan = try #require(folder.read("nightly-load-eu.execplan.yaml"))
      #expect(
        plan.hasPrefix("execplan: 1\ntitle: 'Nightly load (EU)'\nid: nightly-load-eu\n")
          || plan.contains("title: Nightly load (EU)\n"))
      let shown = try Execplan.run(["show"], in: folder)
      #expect(shown.exit == 0 && shown.stderr.isEmpty)
    }
  }

  @Test func thePlanRunsAsItStandsAndItsSecondRunHasNothingToDo() throws {
    try withTemporaryFolder { folder in
      #expect(try Execplan.run(["new", "Hello", "--format", "yaml"], in: folder).exit == 0)
      #expect(try Execplan.run(["plan", "--detailed-exitcode"], in: folder).exit == 2)
      #expect(try Execplan.run(["apply", "--param", "greeting=Hi"], in: folder).exit == 0)
      #expect(folder.read("out/hello/greetings.txt") == "Hi, Ada!\nHi, Grace!\n")
      let again = try Execplan.run(["plan", "--detailed-exitcode", "--param", "greeting=Hi"], in: folder)
      #expect(again.exit == 0 && again.stdout.contains("nothing to do: 3 steps up to date"), "\(again.stdout)")
      let graph = try Execplan.run(["graph"], in: folder)
      #expect(graph.stdout.contains("succeeded"))
    }
  }

  @Test(
    arguments: ["markdown", "yaml"],
    ["a: b #c", "\"quoted\" 'twice'", "null", "-", "日本語の計画", "line\nbreak\u{7}", "{x}", "!tag"])
  func anyTitleMakesAValidPlan(format: String, title: String) throws {
    try withTemporaryFolder { folder in
      #expect(try Execplan.run(["new", "--format", format, "--", title], in: folder).exit == 0)
      let shown = try Execplan.run(["show", "--format", "json"], in: folder)
      #expect(shown.exit == 0, "\(shown.stderr)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(shown.stdout.utf8)) as? [String: Any])
      #expect(object["title"] as? String == title)
    }
  }

  @Test func nothingIsOverwrittenAndNoIdIsTakenTwice() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      #expect(try Execplan.run(["new", "Load", "--format", "yaml"], in: folder).exit == 0)
      try folder.write("load.execplan.yaml", "execplan: 1\nid: load\n")
      let again = try Execplan.run(["new", "Load", "--format", "yaml"], in: folder)
      #expect(again.exit == 64 && again.stdout.isEmpty)
      #expect(again.stderr == "error: there is already a file \"load.execplan.yaml\"\n  write elsewhere: -o PATH\n")
      #expect(folder.read("load.execplan.yaml") == "execplan: 1\nid: load\n")
      let elsewhere = try Execplan.run(["new", "Load", "-o", "other/load.yaml"], in: folder)
      #expect(elsewhere.exit == 64 && elsewhere.stderr.contains("has the id \"load\" already"))
      #expect(folder.read("other/load.yaml") == nil)
      #expect(
        try Execplan.run(["new", "Load", "-o", "other/", "--id", "load-2", "--format", "yaml"], in: folder).stdout
          == "other/load-2.execplan.yaml\n")
    }
  }

  @Test func thePlanGoesWherePlansAreAndNamesTheSchemaIfThereIsOne() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plans/README.md", "")
      try folder.write("sub/x", "")
      #expect(
        try Execplan.run(["new", "First", "--format", "yaml"], in: folder).stdout == "plans/first.execplan.yaml\n")
      #expect(folder.read("plans/first.execplan.yaml")?.contains("$schema") == false)
      try folder.write(".vscode/execplan.schema.json", "{}")
      #expect(try Execplan.run(["-C", "sub", "new", "Second", "--format", "yaml"], in: folder).exit == 0)
      let plan = try #require(folder.read("plans/second.execplan.yaml"))
      #expect(plan.hasPrefix("# yaml-language-server: $schema=../.vscode/execplan.schema.json\nexecplan: 1\n"))
    }
  }

  @Test func badTitlesIdsAndNamesAreUsageErrors() throws {
    try withTemporaryFolder { folder in
      for arguments in [["  "], ["A", "--id", "a b"], ["A", "-o", "a.txt"]] {
        let result = try Execplan.run(["new"] + arguments, in: folder)
        #expect(result.exit == 64 && result.stdout.isEmpty)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func aMarkdownPlanHasAllSectionsAndSaysOnlyWhatIsToBeFilledIn() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plans/README.md", "")
      let made = try Execplan.run(["new", "Nightly load"], in: folder)
      #expect(made.exit == 0 && made.stdout == "plans/nightly-load.md\n", "\(made)")
      let plan = try #require(folder.read("plans/nightly-load.md"))
      #expect(plan.components(separatedBy: "\n## ").count == 13)
      let checked = try Execplan.run(["validate", "--format", "json"], in: folder)
      let codes = checked.stdout.matches(of: /EP\d{3}/).map { String($0.output) }
      #expect(checked.exit == 0 && Set(codes) == ["EP610"], "\(checked)")
      #expect(try Execplan.run(["plan", "--detailed-exitcode"], in: folder).exit == 2)
      let first = try Execplan.run(["apply", "--write-back"], in: folder)
      #expect(first.exit == 0, "\(first)")
      let after = try #require(folder.read("plans/nightly-load.md"))
      #expect(after.matches(of: /- \[x\] \(\d{4}-\d\d-\d\d \d\d:\d\dZ\) `/).count == 2, "\(after)")
      let again = try Execplan.run(["apply", "--write-back"], in: folder)
      #expect(again.exit == 0 && folder.read("plans/nightly-load.md") == after, "\(again)")
    }
  }
}
