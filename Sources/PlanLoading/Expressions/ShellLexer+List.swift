extension ShellLexer {
  enum ListEnd {
    case endOfText
    /// `)`
    case parenthesis
    /// `;;` or `esac`
    case caseItem
  }

  /// Reads commands up to the end; whether that was `esac`.
  @discardableResult
  mutating func readList(until end: ListEnd, parent: Int?) throws(GivingUp) -> Bool {
    var isEsac = false
    try nested { lexer throws(GivingUp) in
      isEsac = try lexer.readCommands(until: end, parent: parent)
    }
    return isEsac
  }

  private mutating func readCommands(until end: ListEnd, parent: Int?) throws(GivingUp) -> Bool {
    let outerHereDocuments = hereDocuments.count
    var pipeline = openPipeline(parent: parent)
    var followsPipe = false
    while true {
      skipBlanks()
      if depth == 1, !followsPipe { commandStart = placements.count }
      guard let byte = peek() else {
        if end == .endOfText { return false }
        throw GivingUp("behind a part of the script that is not closed")
      }
      switch byte {
      case 0x0A:
        guard outerHereDocuments == 0 else { throw GivingUp("behind a here-document that begins inside another part") }
        position += 1
        try readHereDocuments()
        if !followsPipe { pipeline = openPipeline(parent: parent) }
      case UInt8(ascii: "#"):
        readComment(in: pipeline)
      case UInt8(ascii: ")"):
        guard end == .parenthesis, hereDocuments.count == outerHereDocuments else {
          throw GivingUp("behind a \")\" that closes nothing")
        }
        position += 1
        return false
      case UInt8(ascii: ";"):
        position += 1
        if peek(";") || peek("&") || peek("|") {
          guard end == .caseItem else { throw GivingUp("behind a \";;\" outside of case") }
          position += 1
          if peek("&") { position += 1 }
          return false
        }
        pipeline = openPipeline(parent: parent)
      case UInt8(ascii: "&") where !peek(">", 1):
        position += peek("&", 1) ? 2 : 1
        pipeline = openPipeline(parent: parent)
      case UInt8(ascii: "|"):
        if peek("|", 1) {
          position += 2
          pipeline = openPipeline(parent: parent)
        } else {
          position += peek("&", 1) ? 2 : 1
          followsPipe = true
        }
        continue
      default:
        if try readCommand(in: pipeline) {
          guard end == .caseItem else { throw GivingUp("behind an \"esac\" without case") }
          return true
        }
        followsPipe = false
      }
    }
  }

  /// Moves over blanks and continued lines.
  mutating func skipBlanks() {
    while let byte = peek() {
      if byte == 0x20 || byte == 0x09 {
        position += 1
      } else if byte == UInt8(ascii: "\\"), peek(1) == 0x0A {
        position += 2
      } else {
        return
      }
    }
  }

  /// Moves over blanks, line ends and comments, where the shell waits for a word.
  mutating func skipLines(in pipeline: Int) throws(GivingUp) {
    while true {
      skipBlanks()
      if peek() == 0x0A {
        guard hereDocuments.isEmpty else { throw GivingUp("behind a here-document that begins inside another part") }
        position += 1
      } else if peek("#") {
        readComment(in: pipeline)
      } else {
        return
      }
    }
  }

  mutating func readComment(in pipeline: Int) {
    let before = refusal
    refusal = before ?? "in a comment"
    while let byte = peek(), byte != 0x0A {
      if byte == 0 { takeExpression(.word, in: pipeline) } else { position += 1 }
    }
    refusal = before
  }

  // MARK: Commands

  /// Reads one command, or a reserved word after which another one may begin; whether it was `esac`.
  private mutating func readCommand(in pipeline: Int) throws(GivingUp) -> Bool {
    var command = ShellCommand()
    var isCompound = false
    while true {
      skipBlanks()
      guard let byte = peek() else { break }
      if byte == UInt8(ascii: "#") {
        readComment(in: pipeline)
        continue
      }
      if byte == UInt8(ascii: "("), !isSubstitutionStart {
        if command.words.isEmpty, command.assignments.isEmpty, !isCompound {
          try readParenthesis(in: pipeline)
          isCompound = true
          continue
        }
        if command.words.count == 1, command.assignments.isEmpty, !isCompound, command.words[0].isStatic {
          try readFunctionParentheses()
          return false
        }
        throw GivingUp("behind a parenthesis whose meaning depends on the shell")
      }
      if isRedirection {
        try readRedirection(in: pipeline)
        continue
      }
      if isOperator(byte) { break }

      let isFirst = command.words.isEmpty
      let word = try readWord(in: pipeline, mayAssign: isFirst || command.isDeclaration)
      if isFileDescriptor(word) { continue }
      if isCompound { throw GivingUp("behind words that follow a compound command") }
      if isFirst, word.assignedName != nil {
        command.assignments.append(word)
        continue
      }
      if isFirst, command.assignments.isEmpty, word.isPlain {
        switch try readReservedWord(word.name, in: pipeline) {
        case .none: break
        case .prefix: return false
        case .esac: return true
        case .compound:
          isCompound = true
          continue
        }
      }
      command.words.append(word)
    }
    if isCompound {
      pipelines[pipeline].hasCompound = true
      pipelines[pipeline].commands += 1
    } else if !command.words.isEmpty || !command.assignments.isEmpty {
      pipelines[pipeline].commands += 1
      judge(command, in: pipeline)
    }
    return false
  }

  private func isOperator(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|")
      || byte == UInt8(ascii: ")")
  }

  /// `2` in `2>file`, `{fd}` in `{fd}>file`.
  private func isFileDescriptor(_ word: ShellWord) -> Bool {
    guard peek("<") || peek(">"), word.placeholders.isEmpty, let first = word.text.first else { return false }
    return word.isStatic && !word.isQuoted && (word.text.allSatisfy(ASCII.isDigit) || first == UInt8(ascii: "{"))
  }

  /// `( … )` or `(( … ))`.
  private mutating func readParenthesis(in pipeline: Int) throws(GivingUp) {
    pipelines[pipeline].hasCompound = true
    if peek("(", 1) {
      position += 2
      try readArithmetic(in: pipeline)
    } else {
      position += 1
      try readList(until: .parenthesis, parent: pipeline)
    }
  }

  /// The `()` of `name() { …; }`.
  private mutating func readFunctionParentheses() throws(GivingUp) {
    position += 1
    skipBlanks()
    guard peek(")") else { throw GivingUp("behind a parenthesis whose meaning depends on the shell") }
    position += 1
    definesFunctions = true
  }

  // MARK: Reserved words

  private enum ReservedWord {
    /// An ordinary word.
    case none
    /// Another command may begin.
    case prefix
    case esac
    /// A compound command has ended; only redirections may follow.
    case compound
  }

  private mutating func readReservedWord(_ name: String, in pipeline: Int) throws(GivingUp) -> ReservedWord {
    switch name {
    case "if", "while", "until", "{":
      pipelines[pipeline].hasCompound = true
      return .prefix
    case "then", "elif", "else", "do", "!":
      return .prefix
    case "time":
      skipBlanks()
      if peek("-"), peek("p", 1), peek(2) == 0x20 { position += 2 }
      return .prefix
    case "fi", "done", "}":
      pipelines[pipeline].hasCompound = true
      return .compound
    case "esac":
      return .esac
    case "for", "select":
      pipelines[pipeline].hasCompound = true
      try readLoopHead(in: pipeline)
      return .prefix
    case "case":
      pipelines[pipeline].hasCompound = true
      try readCase(in: pipeline)
      return .compound
    case "function":
      definesFunctions = true
      skipBlanks()
      _ = try readWord(in: pipeline, mayAssign: false)
      skipBlanks()
      if peek("(") { try readFunctionParentheses() }
      return .prefix
    case "[[":
      guard isExtended else { throw GivingUp("behind \"[[\", which not every sh knows") }
      try readConditional(in: pipeline)
      return .compound
    case "coproc", "repeat", "foreach", "nocorrect", "noglob", "namespace", "always", "end":
      throw GivingUp("behind \"\(name)\", whose meaning depends on the shell")
    default:
      return .none
    }
  }

  /// `for NAME in words` up to the end of the words, or `for ((…))`.
  private mutating func readLoopHead(in pipeline: Int) throws(GivingUp) {
    skipBlanks()
    if peek("("), peek("(", 1) {
      position += 2
      try readArithmetic(in: pipeline, isLoop: true)
      return
    }
    let name = try readWord(in: pipeline, mayAssign: false)
    guard name.isPlain, name.isIdentifier else { throw GivingUp("behind a loop whose variable is not a plain name") }
    if ShellCommandNames.computedVariables.contains(name.name) { declaresIntegers = true }
    try skipLines(in: pipeline)
    guard peek("i"), peek("n", 1), peek(2).map({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x3B }) ?? true else {
      return
    }
    position += 2
    while true {
      skipBlanks()
      guard let byte = peek(), !isOperator(byte) else { return }
      if byte == UInt8(ascii: "#") {
        readComment(in: pipeline)
        continue
      }
      guard byte != UInt8(ascii: "("), !isRedirection else { throw GivingUp("behind an unusual loop") }
      let word = try readWord(in: pipeline, mayAssign: false)
      if shell == "zsh", word.isPlain, word.name == "{" { throw GivingUp("behind an unusual loop") }
    }
  }

  private mutating func readCase(in pipeline: Int) throws(GivingUp) {
    skipBlanks()
    _ = try readWord(in: pipeline, mayAssign: false)
    try skipLines(in: pipeline)
    let keyword = try readWord(in: pipeline, mayAssign: false)
    guard keyword.isPlain, keyword.name == "in" else { throw GivingUp("behind an unusual case") }
    while true {
      try skipLines(in: pipeline)
      if peek("(") {
        position += 1
        skipBlanks()
      }
      let pattern = try readWord(in: pipeline, mayAssign: false)
      if pattern.isPlain, pattern.name == "esac" { return }
      skipBlanks()
      while peek("|") {
        position += 1
        skipBlanks()
        _ = try readWord(in: pipeline, mayAssign: false)
        skipBlanks()
      }
      guard peek(")") else { throw GivingUp("behind an unusual case") }
      position += 1
      if try readList(until: .caseItem, parent: pipeline) { return }
    }
  }

  /// `[[ … ]]`: expressions are words of it unless an operator computes numbers or names.
  private mutating func readConditional(in pipeline: Int) throws(GivingUp) {
    let first = placements.count
    var computes = false
    while true {
      while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A {
        if byte == 0x0A, !hereDocuments.isEmpty { throw GivingUp("behind a here-document inside another part") }
        position += 1
      }
      guard let byte = peek() else { throw GivingUp("behind a \"[[\" that is not closed") }
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
        UInt8(ascii: "|"):
        if (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")) && peek("(", 1) {
          throw GivingUp("behind a substitution in \"[[\"")
        }
        position += 1
        continue
      case UInt8(ascii: ";"), UInt8(ascii: "#"):
        throw GivingUp("behind an unusual \"[[\"")
      default: break
      }
      let word = try readWord(in: pipeline, mayAssign: false)
      if word.isPlain, word.name == "]]" { break }
      if word.isStatic, ShellCommandNames.computingTests.contains(word.name) { computes = true }
    }
    guard computes else { return }
    for index in first..<placements.count { refuse(index, "in a test that computes numbers or looks up names") }
  }
}
