extension ShellLexer {
  /// `<(…)` or `>(…)`
  var isSubstitutionStart: Bool { (peek("<") || peek(">")) && peek("(", 1) }

  /// Reads one word, up to an unquoted blank or operator.
  mutating func readWord(in pipeline: Int, mayAssign: Bool) throws(GivingUp) -> ShellWord {
    var word = ShellWord()
    let start = position
    let firstExpression = placements.count
    loop: while let byte = peek() {
      switch byte {
      case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"):
        break loop
      case UInt8(ascii: "("):
        guard mayAssign, isExtended, word.assignedName != nil, word.isStatic,
          word.text.last == UInt8(ascii: "="), !word.isQuoted
        else { break loop }
        position += 1
        try readArray(into: &word, in: pipeline)
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        guard peek("(", 1) else { break loop }
        guard isExtended else { throw GivingUp("behind a process substitution, which not every sh knows") }
        position += 2
        word.appendDynamic()
        try readProcessSubstitution(isOutput: byte == UInt8(ascii: ">"), in: pipeline)
      case 0:
        takeExpression(.word, in: pipeline)
        word.appendDynamic()
      case UInt8(ascii: "\\"):
        word.isQuoted = true
        try readEscape(into: &word, in: pipeline)
      case UInt8(ascii: "'"):
        word.isQuoted = true
        try readSingleQuoted(into: &word, in: pipeline)
      case UInt8(ascii: "\""):
        word.isQuoted = true
        try readDoubleQuoted(into: &word, in: pipeline)
      case UInt8(ascii: "`"):
        word.appendDynamic()
        try readBackticks(in: pipeline)
      case UInt8(ascii: "$"):
        try readDollar(into: &word, isQuoted: false, in: pipeline)
      case UInt8(ascii: "["):
        position += 1
        if mayAssign, word.isPlain, word.isIdentifier {
          try readSubscript(into: &word, in: pipeline)
        } else {
          word.text.append(byte)
          word.hasPattern = true
        }
      case UInt8(ascii: "="):
        noteAssignment(in: &word)
        word.text.append(byte)
        position += 1
      default:
        if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") { word.hasPattern = true }
        if byte == UInt8(ascii: "{"), position > start || !(peek(1).map(isWordEnd) ?? true) { word.hasPattern = true }
        word.text.append(byte)
        position += 1
      }
    }
    guard position > start else { throw GivingUp("behind a place where a word is missing") }
    // Those in substitutions too: `eval "$(echo …)"` evaluates what they give.
    word.placeholders = Array(firstExpression..<placements.count)
    return word
  }

  private mutating func readProcessSubstitution(isOutput: Bool, in pipeline: Int) throws(GivingUp) {
    if isOutput { hasOutputSubstitution = true }
    let before = isInput
    isInput = true
    defer { isInput = before }
    try readList(until: .parenthesis, parent: pipeline)
  }

  private func isWordEnd(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == UInt8(ascii: ";")
  }

  /// At an unquoted `=`: whether what stands before makes it an assignment.
  private func noteAssignment(in word: inout ShellWord) {
    guard word.assignedName == nil, word.isPlain else { return }
    var name = word.text[...]
    if name.last == UInt8(ascii: "+") { name = name.dropLast() }
    guard let first = name.first, !ASCII.isDigit(first), name.allSatisfy(ASCII.isWord) else { return }
    word.assignedName = String(decoding: name, as: UTF8.self)
  }

  /// `[…]` behind a name, where an assignment may stand; the position is behind the bracket.
  private mutating func readSubscript(into word: inout ShellWord, in pipeline: Int) throws(GivingUp) {
    let name = word.name
    var inner = ShellWord()
    try refusing("in an array subscript") { lexer throws(GivingUp) in
      loop: while true {
        guard let byte = lexer.peek() else { throw GivingUp("behind a subscript that is not closed") }
        switch byte {
        case UInt8(ascii: "]"):
          lexer.position += 1
          break loop
        case 0: lexer.takeExpression(.word, in: pipeline)
        case UInt8(ascii: "$"): try lexer.readDollar(into: &inner, isQuoted: false, in: pipeline)
        case UInt8(ascii: "\""): try lexer.readDoubleQuoted(into: &inner, in: pipeline)
        case UInt8(ascii: "'"): try lexer.readSingleQuoted(into: &inner, in: pipeline)
        case _
        where ASCII.isWord(byte) || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*")
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."):
          lexer.position += 1
        default: throw GivingUp("behind an unusual subscript")
        }
      }
    }
    if peek("=") || (peek("+") && peek("=", 1)) {
      position += peek("=") ? 1 : 2
      word.assignedName = name
      word.text.append(contentsOf: "[]=".utf8)
    } else {
      word.text.append(contentsOf: "[]".utf8)
      word.hasPattern = true
    }
  }

  /// The words of `NAME=( … )`.
  private mutating func readArray(into word: inout ShellWord, in pipeline: Int) throws(GivingUp) {
    word.appendDynamic()
    while true {
      try skipLines(in: pipeline)
      if peek(")") {
        position += 1
        return
      }
      let isKeyed = peek("[")
      let element = try readWord(in: pipeline, mayAssign: false)
      if isKeyed {
        for index in element.placeholders { refuse(index, "in an array with keys") }
      }
    }
  }

  // MARK: Quotes

  private mutating func readEscape(into word: inout ShellWord, in pipeline: Int) throws(GivingUp) {
    position += 1
    guard let next = peek() else { return }
    if next == 0 {
      word.appendDynamic()
      takeExpression(.refused("behind a backslash"), in: pipeline)
      return
    }
    if next == 0x0A {
      guard hereDocuments.isEmpty else { throw GivingUp("behind a here-document that begins on a continued line") }
    } else {
      word.text.append(next)
    }
    position += 1
  }

  mutating func readSingleQuoted(into word: inout ShellWord, in pipeline: Int) throws(GivingUp) {
    position += 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "'"):
        position += 1
        return
      case 0:
        word.appendDynamic()
        takeExpression(.refused("inside single quotes"), in: pipeline)
      default:
        if byte == 0x0A { try checkNoHereDocument() }
        word.text.append(byte)
        position += 1
      }
    }
    throw GivingUp("behind a single quote that is not closed")
  }

  mutating func readDoubleQuoted(into word: inout ShellWord, in pipeline: Int) throws(GivingUp) {
    position += 1
    var inner = word
    try nested { lexer throws(GivingUp) in
      while let byte = lexer.peek() {
        switch byte {
        case UInt8(ascii: "\""):
          lexer.position += 1
          return
        case 0:
          lexer.takeExpression(.bare, in: pipeline)
          inner.appendDynamic()
        case UInt8(ascii: "\\"):
          lexer.position += 1
          if lexer.peek() == 0 {
            inner.appendDynamic()
            lexer.takeExpression(.refused("behind a backslash"), in: pipeline)
          } else if let next = lexer.peek() {
            if next == 0x0A { try lexer.checkNoHereDocument() }
            if !"$`\"\\\n".utf8.contains(next) { inner.text.append(byte) }
            if next != 0x0A { inner.text.append(next) }
            lexer.position += 1
          }
        case UInt8(ascii: "`"):
          inner.appendDynamic()
          try lexer.readBackticks(in: pipeline)
        case UInt8(ascii: "$"):
          try lexer.readDollar(into: &inner, isQuoted: true, in: pipeline)
        default:
          if byte == 0x0A { try lexer.checkNoHereDocument() }
          inner.text.append(byte)
          lexer.position += 1
        }
      }
      throw GivingUp("behind a double quote that is not closed")
    }
    word = inner
  }

  /// Shells differ in where the body begins when a quoted text spans lines before it.
  private func checkNoHereDocument() throws(GivingUp) {
    guard hereDocuments.isEmpty else { throw GivingUp("behind a here-document before a text of several lines") }
  }
}
