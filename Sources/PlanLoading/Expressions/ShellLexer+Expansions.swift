extension ShellLexer {
  /// Reads what a `$` begins; `isQuoted` inside double quotes and here-documents.
  mutating func readDollar(
    into word: inout ShellWord, isQuoted: Bool, in pipeline: Int
  ) throws(GivingUp) {
    guard let next = peek(1) else {
      word.text.append(UInt8(ascii: "$"))
      position += 1
      return
    }
    switch next {
    case 0:
      position += 1
      word.appendDynamic()
      takeExpression(.refused("behind a dollar sign"), in: pipeline)
    case UInt8(ascii: "("):
      word.appendDynamic()
      if peek("(", 2) {
        position += 3
        try readArithmetic(in: pipeline)
      } else {
        position += 2
        try readList(until: .parenthesis, parent: pipeline)
      }
    case UInt8(ascii: "{"):
      word.appendDynamic()
      position += 2
      try readParameter(isQuoted: isQuoted, in: pipeline)
    case UInt8(ascii: "["):
      throw GivingUp("behind \"$[\", whose meaning depends on the shell")
    case UInt8(ascii: "'") where !isQuoted:
      word.isQuoted = true
      position += 1
      try readAnsiQuoted(into: &word, in: pipeline)
    case UInt8(ascii: "\"") where !isQuoted:
      word.isQuoted = true
      word.appendDynamic()
      position += 1
      try readDoubleQuoted(into: &word, in: pipeline)
    case _ where ASCII.isLetter(next) || next == UInt8(ascii: "_"):
      word.appendDynamic()
      position += 1
      while let byte = peek(), ASCII.isWord(byte) { position += 1 }
      try checkNoSubscript()
    case _ where ASCII.isDigit(next) || "@*#?-$!".utf8.contains(next):
      word.appendDynamic()
      position += 2
      try checkNoSubscript()
    default:
      if shell == "zsh", "+=~^:".utf8.contains(next) { throw GivingUp("behind an expansion that only zsh knows") }
      word.text.append(UInt8(ascii: "$"))
      position += 1
    }
  }

  /// zsh computes `$name[…]` without braces.
  private func checkNoSubscript() throws(GivingUp) {
    if shell == "zsh", peek("[") { throw GivingUp("behind a subscript without braces") }
  }

  /// `${…}`; the position is behind the brace.
  private mutating func readParameter(isQuoted: Bool, in pipeline: Int) throws(GivingUp) {
    guard let first = peek(), ASCII.isWord(first) || "#!@*?-$".utf8.contains(first) || first == 0 else {
      throw GivingUp("behind \"${\" with an unusual beginning")
    }
    try refusing("inside ${…}") { lexer throws(GivingUp) in
      try lexer.nested { lexer throws(GivingUp) in
        var inner = ShellWord()
        while let byte = lexer.peek() {
          switch byte {
          case UInt8(ascii: "}"):
            lexer.position += 1
            return
          case 0: lexer.takeExpression(.word, in: pipeline)
          case UInt8(ascii: "\\"):
            lexer.position += 1
            if lexer.peek() == 0 {
              lexer.takeExpression(.word, in: pipeline)
            } else if lexer.peek() != nil {
              lexer.position += 1
            }
          case UInt8(ascii: "'"):
            // Whether it quotes depends on the operator and on the shell.
            if isQuoted { throw GivingUp("behind a quote inside a quoted ${…}") }
            try lexer.readSingleQuoted(into: &inner, in: pipeline)
          case UInt8(ascii: "\""):
            if isQuoted { throw GivingUp("behind a quote inside a quoted ${…}") }
            try lexer.readDoubleQuoted(into: &inner, in: pipeline)
          case UInt8(ascii: "`"): try lexer.readBackticks(in: pipeline)
          case UInt8(ascii: "$"):
            if lexer.peek("}", 1) {
              lexer.position += 1
            } else {
              try lexer.readDollar(into: &inner, isQuoted: isQuoted, in: pipeline)
            }
          case 0x0A where !lexer.hereDocuments.isEmpty:
            throw GivingUp("behind a here-document before a text of several lines")
          default: lexer.position += 1
          }
        }
        throw GivingUp("behind a \"${\" that is not closed")
      }
    }
  }

  /// `$(( … ))` and `(( … ))`; the position is behind the parentheses.
  ///
  /// `((` may also begin a subshell in a subshell. Everything by which that could end elsewhere gives up.
  mutating func readArithmetic(in pipeline: Int, isLoop: Bool = false) throws(GivingUp) {
    try refusing("inside arithmetic") { lexer throws(GivingUp) in
      try lexer.nested { lexer throws(GivingUp) in
        var open = 0
        var inner = ShellWord()
        while let byte = lexer.peek() {
          switch byte {
          case UInt8(ascii: "("):
            open += 1
            lexer.position += 1
          case UInt8(ascii: ")"):
            lexer.position += 1
            if open > 0 {
              open -= 1
            } else {
              guard lexer.peek(")") else { throw GivingUp("behind parentheses that may be a subshell") }
              lexer.position += 1
              return
            }
          case 0: lexer.takeExpression(.word, in: pipeline)
          case UInt8(ascii: "$"): try lexer.readDollar(into: &inner, isQuoted: true, in: pipeline)
          case UInt8(ascii: ";") where isLoop: lexer.position += 1
          case 0x0A, UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: ";"):
            throw GivingUp("behind parentheses that may be a subshell")
          case UInt8(ascii: "#") where lexer.bytes[lexer.position - 1] == 0x20:
            throw GivingUp("behind parentheses that may be a subshell")
          default: lexer.position += 1
          }
        }
        throw GivingUp("behind arithmetic that is not closed")
      }
    }
  }

  /// Up to the next backtick without a backslash, whatever stands between.
  mutating func readBackticks(in pipeline: Int) throws(GivingUp) {
    position += 1
    try refusing("inside backticks") { lexer throws(GivingUp) in
      while let byte = lexer.peek() {
        switch byte {
        case UInt8(ascii: "`"):
          lexer.position += 1
          return
        case 0: lexer.takeExpression(.word, in: pipeline)
        case UInt8(ascii: "\\") where lexer.peek(1) != nil && lexer.peek(1) != 0: lexer.position += 2
        case 0x0A where !lexer.hereDocuments.isEmpty:
          throw GivingUp("behind a here-document before a text of several lines")
        default: lexer.position += 1
        }
      }
      throw GivingUp("behind a backtick that is not closed")
    }
  }

  /// `$'…'`; the position is at the quote.
  private mutating func readAnsiQuoted(into word: inout ShellWord, in pipeline: Int) throws(GivingUp) {
    word.appendDynamic()
    position += 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "'"):
        position += 1
        return
      case 0:
        takeExpression(.refused("inside $'…'"), in: pipeline)
      case UInt8(ascii: "\\"):
        // A plain sh takes the backslash literally, so the quote may end elsewhere.
        guard isExtended else { throw GivingUp("behind $'…', which not every sh knows") }
        position += peek(1) == nil || peek(1) == 0 ? 1 : 2
      case 0x0A where !hereDocuments.isEmpty:
        throw GivingUp("behind a here-document before a text of several lines")
      default:
        position += 1
      }
    }
    throw GivingUp("behind a quote that is not closed")
  }
}
