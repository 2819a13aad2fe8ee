/// Cuts SQL into tokens as PostgreSQL's own client does, as far as quoting goes: what stands in quotes, between dollars
/// or in a comment is one token (postgresql.org/docs/current/sql-syntax-lexical.html). `standard_conforming_strings`
/// is taken to be on.
package struct PostgresTokens: Sequence, IteratorProtocol {
  package enum Kind: Hashable, Sendable {
    /// A key word or an unquoted name.
    case word
    /// A quoted text, with its letter before it, or a text between dollars.
    case text
    /// A quoted name.
    case name
    case comment
    /// `:name`; not the name behind `::`.
    case named
    /// `$1`.
    case numbered
    /// Begins a command of psql.
    case backslash
    case semicolon
    case open, close
    case openBracket, closeBracket
    case other
  }

  package struct Token: Hashable, Sendable {
    package var kind: Kind
    package var range: Range<Int>
    /// False when the text ends before its quote.
    package var isClosed = true
  }

  private let bytes: [UInt8]
  private var index = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package mutating func next() -> Token? {
    while index < bytes.count, PostgresTokens.isBlank(bytes[index]) { index += 1 }
    guard index < bytes.count else { return nil }
    let start = index
    let (kind, isClosed) = scan()
    return Token(kind: kind, range: start..<index, isClosed: isClosed)
  }

  private func byte(_ offset: Int) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }

  /// Moves behind the token at `index`.
  private mutating func scan() -> (Kind, isClosed: Bool) {
    let first = bytes[index]
    switch first {
    case UInt8(ascii: "'"): return (.text, quoted(first))
    case UInt8(ascii: "\""): return (.name, quoted(first))
    case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-"):
      while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      return (.comment, true)
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): return (.comment, comment())
    case UInt8(ascii: "$"): return dollar()
    case UInt8(ascii: ":"): return colon()
    case UInt8(ascii: "\\"): return one(.backslash)
    case UInt8(ascii: ";"): return one(.semicolon)
    case UInt8(ascii: "("): return one(.open)
    case UInt8(ascii: ")"): return one(.close)
    case UInt8(ascii: "["): return one(.openBracket)
    case UInt8(ascii: "]"): return one(.closeBracket)
    case _ where PostgresTokens.beginsWord(first): return word()
    case 0x30...0x39:
      // A digit begins a number, of which letters are no words.
      while let next = byte(0), PostgresTokens.isInWord(next) || next == UInt8(ascii: ".") { index += 1 }
      return (.other, true)
    default: return one(.other)
    }
  }

  private mutating func one(_ kind: Kind) -> (Kind, isClosed: Bool) {
    index += 1
    return (kind, true)
  }

  /// A quote inside is doubled; one that ends and begins again reads as two texts, which is the same here.
  private mutating func quoted(_ quote: UInt8, escapes: Bool = false) -> Bool {
    index += 1
    while let next = byte(0) {
      if escapes, next == UInt8(ascii: "\\") {
        index += byte(1) == nil ? 1 : 2
        continue
      }
      index += 1
      guard next == quote else { continue }
      if byte(0) != quote { return true }
      index += 1
    }
    return false
  }

  private mutating func comment() -> Bool {
    var depth = 0
    while let next = byte(0) {
      if next == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        index += 2
      } else if next == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        index += 2
        if depth == 0 { return true }
      } else {
        index += 1
      }
    }
    return false
  }

  private mutating func dollar() -> (Kind, isClosed: Bool) {
    let start = index
    index += 1
    if let next = byte(0), (0x30...0x39).contains(next) {
      while let next = byte(0), (0x30...0x39).contains(next) { index += 1 }
      return (.numbered, true)
    }
    if let next = byte(0), PostgresTokens.beginsWord(next) {
      while let next = byte(0), PostgresTokens.isInWord(next), next != UInt8(ascii: "$") { index += 1 }
    }
    guard byte(0) == UInt8(ascii: "$") else {
      index = start + 1
      return (.other, true)
    }
    index += 1
    let tag = bytes[start..<index]
    while index + tag.count <= bytes.count {
      if bytes[index..<index + tag.count] == tag {
        index += tag.count
        return (.text, true)
      }
      index += 1
    }
    index = bytes.count
    return (.text, false)
  }

  private mutating func colon() -> (Kind, isClosed: Bool) {
    if byte(1) == UInt8(ascii: ":") || byte(1) == UInt8(ascii: "=") {
      index += 2
      return (.other, true)
    }
    guard let next = byte(1), PostgresTokens.beginsWord(next) else { return one(.other) }
    index += 1
    while let next = byte(0), PostgresTokens.isInWord(next), next != UInt8(ascii: "$") { index += 1 }
    return (.named, true)
  }

  private mutating func word() -> (Kind, isClosed: Bool) {
    let start = index
    while let next = byte(0), PostgresTokens.isInWord(next) { index += 1 }
    guard byte(0) == UInt8(ascii: "'") else {
      // U&"d\0061t"
      return (.word, true)
    }
    let letters = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    guard ["e", "b", "x", "n"].contains(letters) else { return (.word, true) }
    return (.text, quoted(UInt8(ascii: "'"), escapes: letters == "e"))
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func beginsWord(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isInWord(_ byte: UInt8) -> Bool {
    beginsWord(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "$")
  }
}
