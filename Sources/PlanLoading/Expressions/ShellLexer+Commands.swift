extension ShellLexer {
  private typealias Names = ShellCommandNames

  /// Refuses the expressions of a command that does more with its arguments than take them as data.
  mutating func judge(_ command: ShellCommand, in pipeline: Int) {
    for word in command.assignments { judgeAssignment(word) }
    let words = unwrapped(command.words)
    guard let first = words.first else { return }
    noteProgram(command.words[...], words)
    let arguments = words.dropFirst()

    guard let name = first.baseName, first.placeholders.isEmpty || first.text.last != UInt8(ascii: "/") else {
      pipelines[pipeline].readsCode = true
      refuse(arguments, "behind a command whose name is not written out")
      return
    }
    if Names.shells.contains(name) {
      judgeShell(arguments, in: pipeline)
    } else if isInterpreter(name) {
      judgeInterpreter(name, arguments, in: pipeline)
    } else if Names.databases.contains(name) {
      pipelines[pipeline].readsCode = true
      refuse(arguments.dropFirst(), "in an argument of \"\(name)\"")
    } else if Names.programFirst.contains(name) {
      judgeProgramFirst(name, arguments)
    } else if Names.evaluators.contains(name) {
      if name == "alias" { usesAliases = true }
      if Names.inputEvaluators.contains(name) || runsCode(arguments) { pipelines[pipeline].readsCode = true }
      refuse(arguments, "in an argument of \"\(name)\"")
    } else if Names.declarations.contains(name) {
      judgeDeclaration(name, arguments)
    } else if Names.wrappers.contains(name) {
      judgeWrapper(name, arguments, in: pipeline)
    } else if name == "test" || name == "[" {
      judgeTest(name, Array(arguments))
    } else if name == "printf" {
      judgePrintf(Array(arguments))
    } else if name == "find" {
      if runsCode(arguments) { refuse(arguments, "in an argument of \"find\" that runs a program") }
    } else if name == "set" {
      let afterMark = arguments.drop { !($0.isStatic && $0.name == "--") }
      refuse(arguments.dropLast(afterMark.count), "in an option of \"set\"")
    } else if shell == "ksh" || shell == "zsh", Names.computingBuiltins.contains(name) {
      refuse(arguments, "in an argument of \"\(name)\"")
    }
  }

  /// The command that is run in the end, where `sudo`, `env NAME=value` and the like say it plainly.
  private mutating func unwrapped(_ words: [ShellWord]) -> ArraySlice<ShellWord> {
    var words = words[...]
    while let name = words.first?.baseName, Names.transparentWrappers.contains(name) {
      var program = words.dropFirst()
      if name == "env" { program = program.drop { $0.assignedName != nil } }
      guard let first = program.first, first.isOperand, first.assignedName == nil else { break }
      for word in words[..<program.startIndex] { judgeAssignment(word) }
      words = program
    }
    return words
  }

  /// Notes which program sees the expressions of a command among its arguments.
  ///
  /// - Parameter inner: the command behind `exec`, `command` and the like, which are no programs themselves.
  private mutating func noteProgram(_ words: ArraySlice<ShellWord>, _ inner: ArraySlice<ShellWord>) {
    var words = words
    if let name = words.first?.baseName, Names.shellWrappers.contains(name) { words = inner }
    guard let first = words.first else { return }
    // With a path it is the program of that name.
    if first.isStatic, Names.builtins.contains(first.name) { return }
    for index in words.flatMap(\.placeholders) { records[index].program = first.baseName ?? "a program" }
  }

  private mutating func refuse(_ words: some Sequence<ShellWord>, _ reason: String) {
    for word in words {
      for index in word.placeholders { refuse(index, reason) }
    }
  }

  /// Whether a word names a program that takes code.
  private func runsCode(_ words: some Sequence<ShellWord>) -> Bool {
    words.contains { word in
      guard let name = word.baseName else { return false }
      return Names.shells.contains(name) || isInterpreter(name) || Names.databases.contains(name)
        || Names.programFirst.contains(name) || Names.evaluators.contains(name) || Names.declarations.contains(name)
        || name == "test" || name == "[" || name == "printf"
    }
  }

  private func isInterpreter(_ name: String) -> Bool {
    Names.interpreters.contains(name) || name.hasPrefix("python") || name.hasPrefix("pypy") || name.hasPrefix("perl")
      || name.hasPrefix("ruby") || name.hasPrefix("php")
  }

  private mutating func judgeAssignment(_ word: ShellWord) {
    guard let name = word.assignedName else { return }
    if Names.evaluatedVariables.contains(name) || Names.computedVariables.contains(name) {
      refuse([word], "in \"\(name)\", whose value the shell evaluates")
    }
  }

  // MARK: Programs that take programs

  /// Only behind the name of a script file is an argument data for certain.
  private mutating func judgeShell(_ arguments: ArraySlice<ShellWord>, in pipeline: Int) {
    if let script = arguments.first, script.isOperand, !script.name.hasPrefix("/dev/"), !script.name.hasPrefix("/proc/")
    {
      return
    }
    pipelines[pipeline].readsCode = true
    refuse(arguments, "in an argument of a shell that may be its program")
  }

  private mutating func judgeInterpreter(_ name: String, _ arguments: ArraySlice<ShellWord>, in pipeline: Int) {
    let isPython = name.hasPrefix("python") || name.hasPrefix("pypy")
    var rest = arguments
    if isPython {
      let flags: Set<String> = ["-u", "-B", "-E", "-I", "-s", "-S", "-O", "-OO"]
      while let word = rest.first, word.isStatic, flags.contains(word.name) { rest = rest.dropFirst() }
      if let word = rest.first, word.isStatic, word.name == "-m" { rest = rest.dropFirst() }
    }
    if let program = rest.first, program.isOperand, !program.name.hasPrefix("/dev/"), !program.name.hasPrefix("/proc/")
    {
      // `deno run`, `php`, … : a first operand is a file or a subcommand.
      return
    }
    if !(rest.first.map { $0.isStatic && ($0.name == "-c" || $0.name == "-e" || $0.name == "--version") } ?? false) {
      pipelines[pipeline].readsCode = true
    }
    refuse(arguments, "in an argument of \"\(name)\" that may be its program")
  }

  private mutating func judgeProgramFirst(_ name: String, _ arguments: ArraySlice<ShellWord>) {
    var rest = arguments
    if name.hasSuffix("sed") {
      let flags = Set("niErsuz".utf8)
      while let word = rest.first, word.isStatic, word.text.first == UInt8(ascii: "-"), word.text.count > 1,
        word.text.dropFirst().allSatisfy(flags.contains)
      { rest = rest.dropFirst() }
    }
    if let program = rest.first, program.isStatic, program.text.first != UInt8(ascii: "-") {
      // A file name that begins with a dash is another matter; an option that is written out is not.
      refuse(rest.filter { $0.text.first == UInt8(ascii: "-") }, "in an option of \"\(name)\"")
      for (option, value) in zip(rest, rest.dropFirst())
      where option.isStatic && option.text.first == UInt8(ascii: "-") && option.name != "--" {
        refuse([value], "in an argument of \"\(name)\" that may be its program")
      }
      return
    }
    refuse(arguments, "in an argument of \"\(name)\" that may be its program")
  }

  private mutating func judgeWrapper(_ name: String, _ arguments: ArraySlice<ShellWord>, in pipeline: Int) {
    if runsCode(arguments) {
      pipelines[pipeline].readsCode = true
      refuse(arguments, "in an argument of a program that \"\(name)\" runs")
      return
    }
    let splits = name == "env" && arguments.contains { $0.name.hasPrefix("-S") || $0.name.hasPrefix("--split") }
    var knowsProgram = false
    for word in arguments {
      if word.isOperand, word.assignedName == nil, !word.text.allSatisfy({ ASCII.isDigit($0) || $0 == 0x2E }) {
        knowsProgram = true
      } else if !word.placeholders.isEmpty, splits || (!knowsProgram && word.assignedName == nil) {
        refuse([word], "where \"\(name)\" may take it for a program")
      }
    }
    if !knowsProgram { pipelines[pipeline].readsCode = true }
  }

  // MARK: Builtins

  /// `export NAME=value` is an assignment; options and computed names are more.
  private mutating func judgeDeclaration(_ name: String, _ arguments: ArraySlice<ShellWord>) {
    if name == "integer" || name == "float" { declaresIntegers = true }
    var hasOptions = name == "integer" || name == "float"
    for word in arguments {
      if let first = word.text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
        hasOptions = true
        if word.text.contains(where: { "iEF".utf8.contains($0) }) { declaresIntegers = true }
      } else if word.assignedName == nil {
        refuse([word], "in a name that \"\(name)\" declares")
        if !word.isStatic { hasOptions = true }
      } else {
        judgeAssignment(word)
      }
    }
    if hasOptions { refuse(arguments, "in a declaration with options") }
  }

  /// A value in place of an operator could turn a test of texts into one that computes.
  private mutating func judgeTest(_ name: String, _ arguments: [ShellWord]) {
    var words = arguments[...]
    if name == "[", let last = words.last, last.isStatic, last.name == "]" { words = words.dropLast() }
    if let first = words.first, first.isStatic, first.name == "!" { words = words.dropFirst() }
    let operands = Array(words)
    switch operands.count {
    case 2 where operands[0].isStatic && Names.unaryTests.contains(operands[0].name): return
    case 3 where operands[1].isStatic && Names.binaryTests.contains(operands[1].name): return
    default: refuse(arguments, "in a test that may compute numbers or look up names")
    }
  }

  /// The format must be written out; ksh and zsh compute what `%d` and its kin print.
  private mutating func judgePrintf(_ arguments: [ShellWord]) {
    var rest = arguments[...]
    if let first = rest.first, first.isStatic, first.name == "-v" {
      guard let variable = rest.dropFirst().first, variable.isStatic, variable.isIdentifier else {
        return refuse(arguments, "in an argument of \"printf\"")
      }
      rest = rest.dropFirst(2)
    }
    if let first = rest.first, first.isStatic, first.name == "--" { rest = rest.dropFirst() }
    guard let format = rest.first, format.placeholders.isEmpty,
      shell == "bash" || shell == "dash" || printsTexts(format)
    else { return refuse(arguments, "in an argument of \"printf\" that may be computed") }
  }

  private func printsTexts(_ format: ShellWord) -> Bool {
    guard format.isStatic else { return false }
    var index = 0
    while index < format.text.count {
      if format.text[index] == UInt8(ascii: "%") {
        index += 1
        guard index < format.text.count, "sbq%".utf8.contains(format.text[index]) else { return false }
      }
      index += 1
    }
    return true
  }
}
