internal import Foundation
internal import TestSupport
internal import Testing

/// Living sections that a run keeps true, and `execplan note`.
struct WriteBackTests {
  /// Eight steps; `five` fails until there is a file `go`, `two` and `three` edit the plan as a person would.
  private static let plan: String = {
    var text = """
      ---
      execplan: 1
      id: eight
      ---

      # Eight steps

      ## Progress


      """
    let ids = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    for id in ids { text += "- [ ] `\(id)`: step \(id)\n" }
    text += "- [x] (2026-01-02 10:00Z) thought of by hand\n\n## Surprises & Discoveries\n\nNone yet.\n\n"
    text += "## Outcomes & Retrospective\n\nNone yet.\n\n## Concrete Steps\n\n"
    for (index, id) in ids.enumerated() {
      text += "\(index + 1). `\(id)`: step \(id). Creates: `out/\(id)`.\n\n"
      if id == "two" { text += "       sed -i 's/by ha[n]d/by a person/' eight.md\n" }
      if id == "five" { text += "       echo compiling; test -e go || { echo 'no go' >&2; exit 3; }\n" }
      text += "       mkdir -p out; echo \(id) > out/\(id)\n\n"
    }
    return text + "## Artifacts and Notes\n\nNone yet.\n"
  }()

  private static let list = "# Plans\n\n## Active ExecPlan Index\n\n- 2026-01-01 - [Eight](eight.md) - status: planned - owner: ana\n"

  private func with(_ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("eight.md", Self.plan)
      try folder.write("PLANS.md", Self.list)
      try body(folder)
    }
  }

  private func run(_ folder: TemporaryFolder, _ arguments: String...) throws -> Execplan.Result {
    try Execplan.run(arguments, in: folder)
  }

  private func digest(_ folder: TemporaryFolder) throws -> String {
    let result = try run(folder, "plan", "eight.md", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    return try #require(object?["digest"] as? String)
  }

  @Test func aFailedAndRepairedRunIsWrittenDown() throws {
    try with { folder in
      let digest = try digest(folder)
      let first = try run(folder, "apply", "eight.md", "--write-back")
      #expect(first.exit == 1, "\(first)")
      let failed = try #require(folder.read("eight.md"))
      let tick = /- \[x\] \(\d{4}-\d\d-\d\d \d\d:\d\dZ\) `(one|two|three|four)`: step/
      #expect(failed.matches(of: tick).count == 4 && failed.contains("- [ ] `five`") && failed.contains("- [ ] `eight`"))
      #expect(failed.contains("thought of by a person"))
      #expect(failed.contains("- Observation: Step `five` failed in run 1, attempt 1 (step five): exit 3.\n  Evidence: "))
      #expect(failed.contains("\n\n      no go\n"), "\(failed)")
      #expect(!failed.contains("succeeded:"))
      #expect(folder.read("PLANS.md") == Self.list.replacingOccurrences(of: "planned", with: "in_progress"))
      #expect(try self.digest(folder) == digest)

      try folder.write("go", "")
      let second = try run(folder, "apply", "eight.md", "--resume", "--write-back")
      #expect(second.exit == 0, "\(second)")
      #expect(second.stdout.contains("next: write Outcomes & Retrospective in eight.md"), "\(second)")
      let done = try #require(folder.read("eight.md"))
      #expect(!done.contains("- [ ]") && done.contains("run 1 succeeded: 8 steps ran and succeeded."), "\(done)")
      #expect(done.components(separatedBy: "- Observation:").count == 2)
      #expect(folder.read("PLANS.md") == Self.list.replacingOccurrences(of: "planned", with: "done"))

      let third = try run(folder, "apply", "eight.md", "--write-back")
      #expect(third.exit == 0 && folder.read("eight.md") == done, "\(third)")
      // Done is evidence, not a tick.
      try folder.write("eight.md", done.replacingOccurrences(of: "- [x] (", with: "- [ ] ("))
      _ = try run(folder, "apply", "eight.md", "--write-back")
      #expect(folder.read("eight.md")?.contains("- [ ] (2026-01-02 10:00Z) thought") == true)
      #expect(folder.read("eight.md")?.components(separatedBy: "[x]").count == 9)
    }
  }

  @Test func withoutTheOptionNothingIsWritten() throws {
    try with { folder in
      _ = try run(folder, "apply", "eight.md", "--only", "one")
      #expect(folder.read("eight.md") == Self.plan)
      try folder.write("eight.md", Self.plan.replacingOccurrences(of: "id: eight\n", with: "id: eight\nwrite_back: true\n"))
      _ = try run(folder, "apply", "eight.md", "--only", "one")
      #expect(folder.read("eight.md")?.contains("Z) `one`") == true)
      try folder.write("eight.md", Self.plan.replacingOccurrences(of: "id: eight\n", with: "id: eight\nwrite_back: 3\n"))
      #expect(try run(folder, "plan", "eight.md").stderr.contains("\"write_back\" must be true or false"))
    }
  }

  @Test func anEditDuringTheRunSurvives() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write(
        "p.md",
        "---\nexecplan: 1\n---\n# P\n\n## Progress\n\n- [ ] `a`: a\n- [ ] `b`: b\n\n## Concrete Steps\n\n"
          + "1. `a`: a.\n\n       echo a\n\n2. `b`: b.\n\n       touch started; while ! test -e go; do sleep 0.02; done\n")
      let program = try Execplan.start(["apply", "p.md", "--write-back"], in: folder)
      while folder.read("started") == nil, program.isRunning { usleep(5_000) }
      let text = try #require(folder.read("p.md"))
      try folder.write("p.md", text.replacingOccurrences(of: "# P\n", with: "# P\n\nA person was here.\n"))
      try folder.write("go", "")
      let result = program.wait()
      let after = try #require(folder.read("p.md"))
      #expect(result.exit == 0 && after.contains("A person was here.") && after.contains("Z) `a`"), "\(after)")
      #expect(after.contains("Z) `b`") && after.matches(of: /\[x\]/).count == 2)
    }
  }

  @Test func aPlanThatCannotBeWrittenIsAWarning() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("p.md", "---\nexecplan: 1\n---\n# P\n\n## Progress\n\n- [ ] `a`: a\n\n## Concrete Steps\n\n1. `a`: a.\n\n       rm p.md; mkdir p.md\n")
      let result = try run(folder, "apply", "p.md", "--write-back")
      #expect(result.exit == 0 && result.stderr.contains("warning: nothing was written back: "), "\(result)")
      try folder.write("y.execplan.yaml", "execplan: 1\ntitle: Y\nsteps:\n  - {id: a, run: echo a}\n")
      let yaml = try run(folder, "apply", "y.execplan.yaml", "--write-back")
      #expect(yaml.exit == 64 && yaml.stderr.contains("--write-back is for markdown plans"), "\(yaml)")
      let note = try run(folder, "note", "y.execplan.yaml", "progress", "x")
      #expect(note.exit == 64 && note.stderr.contains("has no living sections"))
    }
  }

  @Test func aNoteIsAddedAtItsPlaceAndTheModeStays() throws {
    try with { folder in
      unsafe chmod(folder.path("eight.md"), 0o640)
      let commands = [
        ["surprise", "It is slow", "--evidence", "-"], ["progress", "looked at it", "--done"], ["outcome", "It works."],
      ]
      for command in commands {
        let result = try Execplan.run(["note", "eight"] + command, in: folder, stdin: "real 12 s\nuser 1 s\n")
        #expect(result.exit == 0 && result.stdout.isEmpty, "\(result)")
      }
      let text = try #require(folder.read("eight.md"))
      #expect(text.contains("- Observation: It is slow\n  Evidence: The output:\n\n      real 12 s\n      user 1 s\n"))
      #expect(text.contains("by hand\n- [x] (") && text.contains(": It works.\n\n## Concrete Steps"), "\(text)")
      var info = stat()
      unsafe stat(folder.path("eight.md"), &info)
      #expect(info.st_mode & 0o777 == 0o640)
      let missing = try run(folder, "note", "eight", "decision", "a", "--why", "b")
      #expect(missing.exit == 3 && missing.stderr.contains("has no section \"Decision Log\""), "\(missing)")
      for wrong in [["decision", "a"], ["surprise", "a"], ["progress", "a", "--why", "b"], ["progress", " "], ["other", "a"]] {
        #expect(try Execplan.run(["note", "eight"] + wrong, in: folder).exit == 64)
      }
      #expect(folder.read("eight.md") == text)
    }
  }
}
