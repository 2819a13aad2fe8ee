internal import Foundation
internal import TestSupport
internal import Testing

/// Whether a program is there; tests of other shells and of roff run where they are installed.
private func isInstalled(_ program: String) -> Bool {
  FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program)
}

struct ManualAndCompletionTests {
  @Test(.enabled(if: isInstalled("groff")))
  func groffReadsThePageWithoutAWarning() throws {
    try withTemporaryFolder { folder in
      let page = try Execplan.run(["man"], in: folder).stdout
      let result = try Execplan.runOther("/usr/bin/groff", ["-man", "-Tutf8", "-ww", "-z"], in: folder, stdin: page)
      #expect(result.exit == 0 && result.stderr.isEmpty, "\(result.stderr)")
    }
  }

  @Test(.enabled(if: isInstalled("mandoc")))
  func mandocFindsNothingToSay() throws {
    try withTemporaryFolder { folder in
      let page = try Execplan.run(["man"], in: folder).stdout
      let result = try Execplan.runOther("/usr/bin/mandoc", ["-Tlint", "-Wstyle"], in: folder, stdin: page)
      #expect(result.stdout.isEmpty && result.exit == 0, "\(result.stdout)")
    }
  }

  /// What bash offers for a line that ends where the cursor is; a last blank begins a new word.
  private func offers(_ words: [String], in folder: TemporaryFolder) throws -> Set<String> {
    try folder.write("completion.bash", try Execplan.run(["completions", "bash"], in: folder).stdout)
    let script = """
      source ./completion.bash && complete -p execplan >/dev/null || exit
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _execplan 2>&1
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let result = try Execplan.runOther("/bin/bash", ["-uc", script, "bash"] + words, in: folder)
    #expect(result.exit == 0, "\(result.stdout)\(result.stderr)")
    return Set(result.stdout.split(separator: "\n").map(String.init))
  }

  @Test func bashOffersCommandsOptionsChoicesAndFiles() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", "")
      try folder.write("note.txt", "")
      try folder.write("plans/b.json", "")
      #expect(try offers(["execplan", "val"], in: folder) == ["validate"])
      #expect(try offers(["execplan", ""], in: folder).isSuperset(of: ["apply", "plan", "done", "help"]))
      #expect(!(try offers(["execplan", ""], in: folder).contains("man")))
      #expect(try offers(["execplan", "apply", "--res"], in: folder) == ["--resume", "--reset-retries"])
      #expect(try offers(["execplan", "done", "--ev"], in: folder) == ["--evidence"])
      #expect(
        try offers(["execplan", "validate", "--format", ""], in: folder) == [
          "text", "json", "sarif", "github", "junit",
        ])
      // Readline cuts at "=".
      #expect(try offers(["execplan", "validate", "--format", "=", "s"], in: folder) == ["sarif"])
      #expect(try offers(["execplan", "validate", "--format", "="], in: folder).contains("junit"))
      #expect(try offers(["execplan", "plan", "--format", ""], in: folder) == ["text", "json"])
      #expect(try offers(["execplan", "plan", ""], in: folder) == ["a.execplan.yaml", "plans"])
      // A saved plan has no name by which it is known.
      #expect(
        try offers(["execplan", "apply", ""], in: folder).isSuperset(of: ["a.execplan.yaml", "note.txt", "plans"]))
      #expect(try offers(["execplan", "-C", "plans", "apply", "--color", "al"], in: folder) == ["always"])
      #expect(
        try offers(["execplan", "--color", "=", "never", "completions", ""], in: folder) == ["bash", "zsh", "fish"])
      #expect(try offers(["execplan", "apply", "--jobs", ""], in: folder).isEmpty)
      #expect(try offers(["execplan", "apply", "-j", "8", "a"], in: folder) == ["a.execplan.yaml"])
      #expect(try offers(["execplan", "apply", "--params-file", "n"], in: folder) == ["note.txt"])
      #expect(try offers(["execplan", "help", "exit"], in: folder) == ["exit-codes"])
    }
  }

  @Test(arguments: ["zsh", "fish"].filter(isInstalled))
  func otherShellsAcceptTheirScript(shell: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("script", try Execplan.run(["completions", shell], in: folder).stdout)
      let result = try Execplan.runOther("/usr/bin/" + shell, ["-n", "script"], in: folder)
      #expect(result.exit == 0 && result.stderr.isEmpty, "\(result.stderr)")
    }
  }

  @Test(.enabled(if: isInstalled("fish")))
  func fishOffersCommandsAndChoices() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", "")
      try folder.write("script", try Execplan.run(["completions", "fish"], in: folder).stdout)
      let ask = { (line: String) in
        try Execplan.runOther(
          "/usr/bin/fish", ["--no-config", "-c", "source script; complete -C '\(line)'"], in: folder,
          env: ["HOME": folder.path]
        ).stdout.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
      }
      #expect(try ask("execplan val") == ["validate"])
      #expect(try ask("execplan validate --format s") == ["sarif"])
      #expect(try ask("execplan apply --resu") == ["--resume"])
      #expect(try ask("execplan apply a") == ["a.execplan.yaml"])
    }
  }
}
