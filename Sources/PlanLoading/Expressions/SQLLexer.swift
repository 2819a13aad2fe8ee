/// Follows SQL text just far enough to know quoted texts, quoted names and comments, as SQLite reads them.
///
/// A quote inside a quoted text is doubled; leaving and entering again gives the same state, so doubling
/// needs no case of its own. `]` has no doubled form. Block comments do not nest.
struct SQLLexer {
  enum State: Equatable {
    case plain
    /// Up to the next byte like this one.
    case quoted(UInt8)
    case lineComment
    case blockComment
  }

  private(set) var state: State = .plain
  /// The text has parameters of its own, `?`, `:name`, `@name` or `$name`.
  private(set) var hasParameters = false
  /// The byte that was read last; nil at the beginning and behind a parameter.
  private(set) var last: UInt8?
  /// The byte before, as far as it can begin or end a comment mark.
  private var mark: UInt8?

  mutating func read(_ text: some Sequence<UInt8>) {
    for byte in text { read(byte) }
  }

  /// A parameter stands here: what was read before forms no comment mark with what follows.
  mutating func readParameter() {
    last = nil
    mark = nil
  }

  private mutating func read(_ byte: UInt8) {
    let before = mark
    last = byte
    mark = byte
    switch state {
    case .plain:
      if byte == UInt8(ascii: "?") { hasParameters = true }
      if let before, ":@$".utf8.contains(before), ASCII.isWord(byte) { hasParameters = true }
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): state = .quoted(byte)
      case UInt8(ascii: "["): state = .quoted(UInt8(ascii: "]"))
      case UInt8(ascii: "-") where before == UInt8(ascii: "-"): state = .lineComment
      case UInt8(ascii: "*") where before == UInt8(ascii: "/"):
        state = .blockComment
        mark = nil
      default: break
      }
    case .quoted(let close):
      if byte == close {
        state = .plain
        mark = nil
      }
    case .lineComment:
      if byte == 0x0A { state = .plain }
    case .blockComment:
      if byte == UInt8(ascii: "/"), before == UInt8(ascii: "*") {
        state = .plain
        mark = nil
      }
    }
  }
}
