internal import Foundation
internal import TestSupport
internal import Testing

/// Markdown plans, run through the program.
struct MarkdownRunTests {
  private static let release = """
    ---
    execplan: 1
    id: release
    ---

    # Release

    ## Progress

    - [ ] `one`: the first step

    ## Concrete Steps

    1. `one`: the first step.

           test ! -e one.txt && echo one > one.txt

    2. `two`: the second step.

           test -e go && echo two

       Expected output is exactly:

           two

    3. `three`: the third step.

           echo 3 > three.txt

    ## Validation and Acceptance

    1. `good`: it is good.

           test -e never

    """

  private func with(_ text: String, _ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      _ = try Execplan.runOther("/usr/bin/env", ["git", "init", "-q"], in: folder)
      try folder.write("release.md", text)
      try body(folder)
    }
  }

  private func run(_ folder: TemporaryFolder, _ arguments: String...) throws -> Execplan.Result {
    try Execplan.run(arguments, in: folder)
  }

  private func digest(_ folder: TemporaryFolder, _ file: String = "release.md") throws -> String {
    let result = try run(folder, "plan", file, "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    return try #require(object?["digest"] as? String)
  }

  @Test func aRunGoesOnAfterTheProseWasEditedAndTheFileMoved() throws {
    try with(Self.release) { folder in
      let first = try run(folder, "apply", "release.md")
      #expect(first.exit == 1 && first.stdout.contains("failed: two: exit 1"), "\(first)")
      let before = try digest(folder)
      let edited = Self.release
        .replacingOccurrences(of: "- [ ] `one`", with: "- [x] (2026-01-02 10:00Z) `one`")
        .replacingOccurrences(of: "the first step.", with: "what comes first. Owner: `ops`.")
        .replacingOccurrences(of: "# Release", with: "# The release\n\nNew prose.")
      try FileManager.default.removeItem(atPath: folder.path("release.md"))
      try folder.write("done/moved.md", edited)
      try folder.write("go", "")
      #expect(try digest(folder, "done/moved.md") == before)
      let second = try run(folder, "apply", "done/moved.md", "--resume")
      #expect(second.exit == 7, "\(second)")
      #expect(!second.stderr.contains(" one: started") && second.stderr.contains("two: succeeded"))
      #expect(second.stderr.contains("good: failed"))
      let status = try run(folder, "status", "release")
      #expect(status.stdout.contains("one    succeeded") && status.stdout.contains("good   failed"), "\(status)")
      #expect(try run(folder, "logs", "release", "two").stdout.contains("two"))
      #expect(try run(folder, "why", "done/moved.md", "good").stdout.contains("failed before"))
    }
  }

  @Test func aStepWhoseScriptChangedIsRefused() throws {
    try with(Self.release) { folder in
      _ = try run(folder, "apply", "release.md")
      try folder.write("release.md", Self.release.replacingOccurrences(of: "echo one >", with: "echo 1 >"))
      let result = try run(folder, "apply", "release.md", "--resume")
      #expect(result.exit == 5 && result.stderr.contains("\"one\""), "\(result)")
    }
  }

  @Test func aMismatchNamesTheLineOfThePlan() throws {
    try with(Self.release.replacingOccurrences(of: "test -e go && echo two", with: "echo one; echo two")) { folder in
      let result = try run(folder, "apply", "release.md")
      #expect(result.exit == 1)
      #expect(
        result.stdout.contains("two: line 1 of stdout is \"one\", expected \"two\" (line 24 of the plan)"), "\(result)")
    }
  }

  @Test func findingsHaveThePlacesOfTheFile() throws {
    let text = Self.release.replacingOccurrences(
      of: "       echo 3", with: "   Needs: `nobody`.\n\n           echo ${{ params.x }}")
    try with(text) { folder in
      let result = try run(folder, "plan", "release.md")
      #expect(result.exit == 3)
      #expect(result.stderr.contains("release.md:28:12: error: \"three\" needs \"nobody\""), "\(result)")
      #expect(result.stderr.contains("release.md:30:21: error: unknown param \"x\""), "\(result)")
    }
  }

  @Test func theGraphEndsWithTheGates() throws {
    try with(Self.release) { folder in
      let result = try run(folder, "graph", "release.md", "--format", "json")
      #expect(result.stdout.contains(#""critical_path":["one","two","three","good"]"#), "\(result)")
    }
  }

  @Test func aPlanInProseHasNothingToRun() throws {
    let text = "---\nexecplan: 1\n---\n# Prose\n\n## Concrete Steps\n\nRun the tests:\n\n    make test\n"
    try with(text) { folder in
      #expect(try run(folder, "plan", "release.md").stdout.contains("no steps"))
      let result = try run(folder, "apply", "release.md")
      #expect(result.exit == 3, "\(result)")
      #expect(result.stderr.contains("the plan declares no steps"), "\(result)")
    }
  }
}
