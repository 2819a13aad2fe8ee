internal import TestSupport
internal import Testing

/// What every command has in common, seen from outside.
struct ProgramTests {
  @Test(arguments: [["--version"], ["version"], ["-v", "--version"], ["apply", "--version"]])
  func theVersionIsOneLine(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(arguments, in: folder)
      #expect(result.exit == 0 && result.stderr.isEmpty)
      #expect(result.stdout.hasPrefix("execplan 0.") && result.stdout.hasSuffix("\n"))
      #expect(result.stdout.split(separator: "\n").count == 1)
    }
  }

  @Test func helpIsDataAndItsLackIsNot() throws {
    try withTemporaryFolder { folder in
      let asked = try Execplan.run(["--help"], in: folder)
      #expect(asked.exit == 0 && asked.stderr.isEmpty && asked.stdout.hasPrefix("execplan runs plans"))
      let bare = try Execplan.run([], in: folder)
      #expect(bare.exit == 64 && bare.stdout.isEmpty)
      #expect(bare.stderr == asked.stdout)
    }
  }

  @Test func usageErrorsExit64AndSayWhatToDo() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(["doctor", "--formt", "json"], in: folder)
      #expect(result.exit == 64 && result.stdout.isEmpty)
      #expect(
        result.stderr == """
          error: "doctor" has no option "--formt"
            did you mean "--format"?
            see: execplan help doctor

          """)
      #expect(try Execplan.run(["help", "nonsense"], in: folder).exit == 64)
    }
  }

  @Test func theDirectoryOptionMovesTheProgram() throws {
    try withTemporaryFolder { folder in
      try folder.write("sub/.git/HEAD", "")
      let there = try Execplan.run(["-C", "sub", "doctor"], in: folder)
      #expect(there.stdout.contains(folder.path("sub/.execplan")))
      let nowhere = try Execplan.run(["-C", "none", "doctor"], in: folder)
      #expect(nowhere.exit == 64)
      #expect(nowhere.stderr.hasPrefix("error: cannot enter the folder \"none\": No such file or directory\n"))
    }
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.runOther(
        "/bin/bash", ["-c", "{ \"$1\" man; echo \"exit $?\" >&2; } | true", "bash", Execplan.binary], in: folder)
      #expect(result.stderr == "exit 0\n")
    }
  }

  @Test func outputThatCannotBeWrittenIsAnError() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.runOther(
        "/bin/bash", ["-c", "\"$1\" --version >/dev/full", "bash", Execplan.binary], in: folder)
      #expect(result.exit == 74)
      #expect(result.stderr == "error: cannot write to standard output: No space left on device\n")
    }
  }

  @Test func colourIsForTerminalsUnlessAskedFor() throws {
    try withTemporaryFolder { folder in
      let escape = "\u{1B}["
      #expect(!(try Execplan.run(["doctor"], in: folder).stdout.contains(escape)))
      #expect(try Execplan.run(["doctor", "--color", "always"], in: folder).stdout.contains(escape))
      // script(1) gives the program a terminal.
      for (extra, term, isColored) in [
        ("", "xterm", true), ("NO_COLOR=1", "xterm", false), ("NO_COLOR=", "xterm", true), ("", "dumb", false),
      ] {
        let result = try Execplan.runOther(
          "/usr/bin/env",
          ["-u", "NO_COLOR", "script", "-qec", "env TERM=\(term) \(extra) \(Execplan.binary) doctor", "/dev/null"],
          in: folder)
        #expect(result.stdout.contains("execplan"))
        #expect(result.stdout.contains(escape) == isColored, "\(term) \(extra)")
      }
    }
  }
}
