/// Reads rows in the text format of `COPY` as they come in pieces, up to a line with which the sender ends them
/// (postgresql.org/docs/current/sql-copy.html, "Text Format").
struct PostgresCopyReader {
  private let mark: [UInt8]
  /// The beginning of a line whose rest has not come yet.
  private var open: [UInt8] = []
  /// What stands on the line of the end, behind its mark.
  private(set) var end: String?

  /// - Parameter nonce: begins the last line; no row can, as nobody knows it.
  init(nonce: String) { mark = Array("\(nonce) ".utf8) }

  /// Takes a piece, and gives the body the fields of each row that is whole now; nil for no value.
  ///
  /// - Returns: whether the end has come.
  mutating func take(_ piece: [UInt8], _ body: ([String?]) -> Void) -> Bool {
    var rest = piece[...]
    while let feed = rest.firstIndex(of: 0x0A) {
      open.append(contentsOf: rest[..<feed])
      rest = rest[(feed + 1)...]
      if open.starts(with: mark) {
        end = String(decoding: open.dropFirst(mark.count), as: UTF8.self)
        return true
      }
      body(PostgresCopyReader.fields(open))
      open.removeAll(keepingCapacity: true)
    }
    open.append(contentsOf: rest)
    return false
  }

  static func fields(_ line: [UInt8]) -> [String?] {
    line.split(separator: 0x09, omittingEmptySubsequences: false).map { field in
      if field.elementsEqual("\\N".utf8) { return nil }
      guard field.contains(UInt8(ascii: "\\")) else { return String(decoding: field, as: UTF8.self) }
      var bytes: [UInt8] = []
      var isEscape = false
      for byte in field {
        if isEscape {
          bytes.append(plain(byte))
          isEscape = false
        } else if byte == UInt8(ascii: "\\") {
          isEscape = true
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// What a byte behind a backslash stands for.
  private static func plain(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "v"): 0x0B
    default: byte
    }
  }
}
