/// Follows the output of a running attempt as text that is safe to show.
package struct OutputTail: ~Copyable {
  private var reader: OutputReader
  /// The beginning of a character whose other bytes have not been written yet; at most 3.
  private var held: [UInt8] = []
  /// The last line with something on it, whole or not, at most `lineLimit` bytes of it.
  package private(set) var lastLine = ""
  private var openLine: [UInt8] = []

  /// Bytes of a line that are kept for `lastLine`.
  package static let lineLimit = 4096

  /// - Throws: when the file cannot be opened.
  package init(path: String, from offset: Int64 = 0) throws(SystemError) {
    reader = try OutputReader(path: path, from: offset)
  }

  /// Where the next text begins, for a later `init(path:from:)`.
  package var offset: Int64 { reader.offset - Int64(held.count) }

  /// Moves on so that at most `count` bytes are left.
  package mutating func skip(toLast count: Int64) {
    let before = reader.offset
    reader.skip(toLast: count)
    if reader.offset != before {
      held = []
      openLine = []
    }
  }

  /// What was written since the last call, sanitised; empty when there is nothing new. Call it again until it is
  /// empty.
  package mutating func read() throws(SystemError) -> String {
    guard let piece = try reader.next() else { return "" }
    var bytes = held + piece
    let whole = bytes.count - OutputTail.incompleteSuffix(of: bytes)
    held = Array(bytes[whole...])
    bytes.removeLast(held.count)
    return show(bytes)
  }

  /// All that is left, with an unfinished character as U+FFFD. For after the end of the program.
  package mutating func finish() throws(SystemError) -> String {
    var text = ""
    while case let piece = try read(), !piece.isEmpty || !held.isEmpty {
      text += piece
      if piece.isEmpty {
        text += show(held)
        held = []
      }
    }
    return text
  }

  private mutating func show(_ bytes: [UInt8]) -> String {
    let text = TerminalText.sanitized(bytes)
    var rest = Substring(text).utf8
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      keep(rest[..<end])
      openLine = []
      rest = rest[rest.index(after: end)...]
    }
    keep(rest)
    return text
  }

  private mutating func keep(_ part: Substring.UTF8View) {
    openLine.append(contentsOf: part.prefix(max(0, OutputTail.lineLimit - openLine.count)))
    if openLine.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
      lastLine = String(decoding: openLine, as: UTF8.self)
    }
  }

  /// How many bytes at the end begin a character that needs more bytes.
  static func incompleteSuffix(of bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
      let byte = bytes[bytes.count - length]
      if byte & 0b1100_0000 == 0b1000_0000 { continue }
      let needed = byte >= 0xF0 && byte <= 0xF4 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
      return byte < 0xF5 && needed > length ? length : 0
    }
    return 0
  }
}
