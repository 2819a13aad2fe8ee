extension ShellLexer {
  var isRedirection: Bool {
    ((peek("<") || peek(">")) && !isSubstitutionStart) || (peek("&") && peek(">", 1))
  }

  mutating func readRedirection(in pipeline: Int) throws(GivingUp) {
    if peek("&") {
      guard isExtended else { throw GivingUp("behind \"&>\", which not every sh knows") }
      position += 1
    }
    var isHereString = false
    var isDuplicate = false
    if peek("<") {
      position += 1
      if peek("<") {
        position += 1
        if peek("<") {
          guard isExtended else { throw GivingUp("behind \"<<<\", which not every sh knows") }
          position += 1
          isHereString = true
        } else {
          return try readHereDocumentStart(in: pipeline)
        }
      } else if peek("&") || peek(">") {
        isDuplicate = peek("&")
        position += 1
      }
    } else {
      position += 1
      isDuplicate = peek("&")
      if peek(">") || peek("&") || peek("|") { position += 1 }
    }
    skipBlanks()
    let firstExpression = placements.count
    let before = isInput
    isInput = before || isHereString
    defer { isInput = before }
    _ = try readWord(in: pipeline, mayAssign: false)
    guard isDuplicate else { return }
    // bash 5.2 expands the word behind `>&` twice, and runs a `$(…)` in the value.
    for index in firstExpression..<placements.count { refuse(index, "behind \">&\"") }
  }

  private mutating func readHereDocumentStart(in pipeline: Int) throws(GivingUp) {
    var document = HereDocument(delimiter: [], isQuoted: false, stripsTabs: false, pipeline: pipeline)
    if peek("-") {
      document.stripsTabs = true
      position += 1
    }
    skipBlanks()
    let start = position
    while let byte = peek() {
      switch byte {
      case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"),
        UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("):
        guard position > start else { throw GivingUp("behind a here-document without an end mark") }
        hereDocuments.append(document)
        return
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        document.isQuoted = true
        position += 1
        while let inner = peek(), inner != byte {
          guard inner != 0, inner != 0x0A, inner != UInt8(ascii: "\\"), inner != UInt8(ascii: "$"), inner != 0x60 else {
            throw GivingUp("behind a here-document with an unusual end mark")
          }
          document.delimiter.append(inner)
          position += 1
        }
        guard peek() != nil else { throw GivingUp("behind a quote that is not closed") }
        position += 1
      case UInt8(ascii: "\\"):
        document.isQuoted = true
        position += 1
        guard let inner = peek(), ASCII.isWord(inner) else {
          throw GivingUp("behind a here-document with an unusual end mark")
        }
        document.delimiter.append(inner)
        position += 1
      case 0, UInt8(ascii: "$"), UInt8(ascii: "`"):
        throw GivingUp("in the end mark of a here-document")
      default:
        document.delimiter.append(byte)
        position += 1
      }
    }
    // Nothing follows: there is no body.
    guard position > start else { throw GivingUp("behind a here-document without an end mark") }
  }

  /// Reads the bodies of the here-documents that the line before has begun.
  mutating func readHereDocuments() throws(GivingUp) {
    let waiting = hereDocuments
    hereDocuments = []
    for document in waiting { try readBody(of: document) }
  }

  private mutating func readBody(of document: HereDocument) throws(GivingUp) {
    let (body, after) = try findEnd(of: document)
    let outer = (limit: limit, isInput: isInput)
    limit = body
    isInput = true
    if document.isQuoted {
      try refusing("in a quoted here-document") { lexer throws(GivingUp) in
        while let byte = lexer.peek() {
          if byte == 0 { lexer.takeExpression(.bare, in: document.pipeline) } else { lexer.position += 1 }
        }
      }
    } else {
      try readUnquotedBody(of: document)
    }
    limit = outer.limit
    isInput = outer.isInput
    position = after
  }

  private mutating func readUnquotedBody(of document: HereDocument) throws(GivingUp) {
    var ignored = ShellWord()
    while let byte = peek() {
      switch byte {
      case 0: takeExpression(.bare, in: document.pipeline)
      case UInt8(ascii: "\\"):
        position += 1
        if peek() == 0 {
          takeExpression(.refused("behind a backslash"), in: document.pipeline)
        } else if peek() != nil {
          position += 1
        }
      case UInt8(ascii: "`"): try readBackticks(in: document.pipeline)
      case UInt8(ascii: "$"): try readDollar(into: &ignored, isQuoted: true, in: document.pipeline)
      default: position += 1
      }
    }
  }

  /// Where the body ends and where the script goes on.
  private func findEnd(of document: HereDocument) throws(GivingUp) -> (body: Int, after: Int) {
    var lineStart = position
    var isContinued = false
    while lineStart < limit {
      var lineEnd = lineStart
      while lineEnd < limit, bytes[lineEnd] != 0x0A { lineEnd += 1 }
      var contentStart = lineStart
      if document.stripsTabs {
        while contentStart < lineEnd, bytes[contentStart] == 0x09 { contentStart += 1 }
      }
      if bytes[contentStart..<lineEnd].elementsEqual(document.delimiter) {
        if isContinued { throw GivingUp("behind a here-document whose last line is continued") }
        return (lineStart, min(lineEnd + 1, limit))
      }
      isContinued = !document.isQuoted && lineEnd > lineStart && bytes[lineEnd - 1] == UInt8(ascii: "\\")
      lineStart = lineEnd + 1
    }
    throw GivingUp("in a here-document that is not closed")
  }
}
