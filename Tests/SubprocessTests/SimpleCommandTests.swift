internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct SimpleCommandTests {
  @Test(arguments: [
    ("ls", ["ls"]),
    ("  make -j4 all\t\n", ["make", "-j4", "all"]),
    ("./tool a=b 'c d' \"e f\"g'h'", ["./tool", "a=b", "c d", "e fgh"]),
    ("cmd '' \"\"", ["cmd", "", ""]),
    ("cmd 'a$b`c\\' \"it's\"", ["cmd", "a$b`c\\", "it's"]),
    ("cmd \"${EXECPLAN_X1}\" \"-${EXECPLAN_X2}-\"", ["cmd", "a b*$(x)", "--"]),
    ("'cat' 1,2 %+", ["cat", "1,2", "%+"]),
    ("cmd é".replacing("é", with: "'é'"), ["cmd", "é"]),
  ])
  func plainCommandsAreTaken(text: String, words: [String]) {
    #expect(SimpleCommand.parse(text, bindings: ["EXECPLAN_X1": "a b*$(x)", "EXECPLAN_X2": ""]) == words)
  }

  @Test(arguments: [
    "", "  \n", "a\nb", "a; b", "a && b", "a | b", "a > b", "a &", "(a)", "A=b", "A=b cmd", "'A=b'", "cd x", "echo x",
    "if x", "time ls", "\\ls", "ls ~", "ls ~/x", "ls *", "ls ?", "ls [a]", "ls {a,b}", "ls $HOME", "ls \"$HOME\"",
    "ls \"${HOME}\"", "ls ${EXECPLAN_X1}", "ls `x`", "ls \"`x`\"", "ls \"a\\b\"", "ls #x", "ls !x", "ls 'a", "ls \"a",
    "ls 'a\nb'", "-x", "+x", "%1", "''", "\"${EXECPLAN_X1}\" x", "\"${EXECPLAN_X2}\"", "ls \"${EXECPLAN_X1:-a}\"",
    "ls \"${#EXECPLAN_X1}\"", "ls \"${EXECPLAN_X1\"", "ls a\r", "ls 'a\u{7F}'", "ls é", "ls a\u{A0}b", "[ a ]", ". x",
    ": x", "exec ls", "command ls", "\"true\"", "ls^x", "ls \"${EXECPLAN_X3}\"",
  ])
  func whatNeedsAShellIsLeftToIt(text: String) {
    let bindings = ["EXECPLAN_X1": "cd", "EXECPLAN_X2": "a=b", "EXECPLAN_X3": "a\0b"]
    #expect(SimpleCommand.parse(text, bindings: bindings) == nil)
  }

  @Test func listsOfBashAreComplete() throws {
    let known = try Completion.run(shell("compgen -b; compgen -k")).lines
    #expect(known.count > 70)
    for word in known { #expect(SimpleCommand.parse(word) == nil, "\(word)") }
  }

  /// Runs a text as the default shell does.
  private func byShell(_ text: String, _ environment: ProcessEnvironment, _ directory: String) throws -> Completion {
    try Completion.run(
      SpawnRequest(
        executable: "/bin/bash", arguments: ["bash", "-eo", "pipefail", "-c", text], environment: environment.block,
        directory: directory))
  }

  private func directly(
    _ words: [String], _ environment: ProcessEnvironment, _ directory: String
  ) throws -> (status: Subprocess.ExitStatus, output: [UInt8]) {
    switch ProgramSearch.find(words[0], path: environment["PATH"], directory: directory) {
    case .notFound: return (.exited(127), [])
    case .notExecutable: return (.exited(126), [])
    case .found(let path):
      let result = try Completion.run(
        SpawnRequest(
          executable: path, arguments: StringBlock(words), environment: environment.block, directory: directory))
      return (result.status, result.output)
    }
  }

  @Test func programSeesTheEnvironmentThatAShellGives() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var environment = ProcessEnvironment.inherited()
    environment["OLDPWD"] = "/elsewhere"
    environment.enter(folder.path)
    // What a shell says about itself is all that differs.
    func comparable(_ output: [UInt8]) -> Set<ArraySlice<UInt8>> {
      Set(
        output.split(separator: UInt8(ascii: "\n")).filter {
          !$0.starts(with: Array("_=".utf8)) && !$0.starts(with: Array("SHLVL=".utf8))
        })
    }
    let shell = try byShell("/usr/bin/env", environment, folder.path)
    let direct = try directly(["/usr/bin/env"], environment, folder.path)
    #expect(comparable(shell.output) == comparable(direct.output))
  }

  @Test func everyTextThatIsTakenDoesTheSameInBash() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    // Files that patterns would find, were they expanded.
    for name in ["a", "b", "1", "bin/dump", "plain/refused"] {
      try folder.write(name, "#!/bin/sh\nprintf '[%s]' \"$@\"\n")
    }
    #expect(unsafe chmod(folder.path("bin/dump"), 0o755) == 0)
    var environment = ProcessEnvironment()
    environment["PATH"] = "\(folder.path("bin")):\(folder.path("plain")):/usr/bin:/bin"
    environment["HOME"] = "/home"
    let bindings = ["EXECPLAN_X1": "a b\n*$(x)\u{01}\u{7F}\u{1B}'\"\\", "EXECPLAN_X2": ""]
    for (name, value) in bindings { environment[name] = value }

    let starts = [
      "dump", "bin/dump", "./bin/dump", "'dump'", "missing", "./missing", "refused", "./plain", "/usr/bin/env",
    ]
    let pieces =
      ["a", "Z9", "-", "--x=", "_", ".", "/", ":", "=", "@", "%", "+", ",", "1", " ", " ", "\t", "'a b'", "''", "\"\""]
      + ["\"c d\"", "'$x'", "'\\'", "\"'\"", "'\"'", "\"${EXECPLAN_X1}\"", "\"${EXECPLAN_X2}\"", "\"é\"", "\"!a\""]
      + ["\"#\"", "'*'", "\"{a,b}\"", "'~'", "if", "cd"]
      // These should not be taken; if they are, bash will show it.
      + ["$", "*", "~", "{a,b}", "\\", "#", "!", "`", "\"", "'", "é", "\u{A0}", "\r", "&", ";", "(", "^", "[a]", "\n"]
    var generator = SeededGenerator(seed: 2026)
    var taken = 0
    for _ in 0..<600 {
      var text = starts.randomElement(using: &generator) ?? ""
      if !text.hasSuffix("env") { text += " " }
      let count = text.hasSuffix("env") ? 0 : Int.random(in: 0..<9, using: &generator)
      // Mostly from the front, where the plain ones are.
      let range = Bool.random(using: &generator) ? pieces.count : pieces.count - 19
      for _ in 0..<count { text += pieces[Int.random(in: 0..<range, using: &generator)] }
      guard let words = SimpleCommand.parse(text, bindings: bindings) else { continue }
      taken += 1
      let shell = try byShell(text, environment, folder.path)
      let direct = try directly(words, environment, folder.path)
      #expect(shell.status == direct.status, "\(text)")
      if words[0] != "/usr/bin/env" { #expect(shell.output == direct.output, "\(text)") }
    }
    #expect(taken > 200)
  }
}
