internal import PlanModel

/// Reads the text of a `.env` file: `NAME=value` lines, with `export` before or not, comments, and quotes.
///
/// Nothing is expanded. In single quotes everything stands for itself; in double quotes `\n`, `\r`, `\t`, `\"`, `\\` and
/// `\$` are known. A quoted value may go over several lines. Without quotes ` #` begins a comment.
struct DotenvText {
  struct Problem: Error, Hashable {
    /// From 1.
    var line: Int
    /// Never holds anything of the file but names.
    var message: String
  }

  /// Bytes of a file.
  static let sizeLimit = 1 << 20

  private let bytes: ArraySlice<UInt8>
  private var place: Int
  private var line = 1

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  static func read(_ bytes: [UInt8]) throws(Problem) -> [Dotenv.Variable] {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard String(validating: bytes[start...], as: UTF8.self) != nil else {
      throw Problem(line: 1, message: "it is not UTF-8 text")
    }
    var text = DotenvText(bytes[start...])
    var variables: [Dotenv.Variable] = []
    while let variable = try text.next() { variables.append(variable) }
    return variables
  }

  private var byte: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private mutating func skipBlanks() {
    while let byte, byte == 0x20 || byte == 0x09 { place += 1 }
  }

  private mutating func skipLine() {
    while let byte, byte != 0x0A { place += 1 }
  }

  private mutating func next() throws(Problem) -> Dotenv.Variable? {
    while true {
      skipBlanks()
      guard let byte else { return nil }
      if byte == UInt8(ascii: "#") { skipLine() }
      if self.byte == 0x0D { place += 1 }
      guard let byte = self.byte else { return nil }
      if byte != 0x0A { break }
      place += 1
      line += 1
    }
    let start = line
    let name = try name()
    let value = try value()
    if value.utf8.contains(0) { throw Problem(line: start, message: "\"\(name)\" holds a NUL character") }
    if value.utf8.count > 96 * 1024 {
      throw Problem(line: start, message: "\"\(name)\" is longer than 98,304 bytes, which no program can get")
    }
    return Dotenv.Variable(name: name, value: value)
  }

  private mutating func name() throws(Problem) -> String {
    if bytes[place...].starts(with: "export ".utf8) || bytes[place...].starts(with: "export\t".utf8) {
      place += 6
      skipBlanks()
    }
    let start = place
    while let byte, byte != UInt8(ascii: "="), byte != 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { place += 1 }
    let name = bytes[start..<place]
    skipBlanks()
    guard byte == UInt8(ascii: "="), VariableName.isValid(name) else {
      // The line may hold a secret: it is not repeated.
      throw Problem(line: line, message: "this is not NAME=value")
    }
    place += 1
    let text = String(decoding: name, as: UTF8.self)
    if VariableName.isReserved(text) {
      throw Problem(line: line, message: "names that begin with EXECPLAN_ are set by execplan itself")
    }
    return text
  }

  private mutating func value() throws(Problem) -> String {
    skipBlanks()
    if let quote = byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      place += 1
      let value = try quoted(quote)
      skipBlanks()
      if byte == UInt8(ascii: "#") { skipLine() }
      if byte == 0x0D { place += 1 }
      guard byte == nil || byte == 0x0A else {
        throw Problem(line: line, message: "something stands behind the closing quote")
      }
      return value
    }
    let start = place
    var end = place
    while let byte, byte != 0x0A {
      if byte == UInt8(ascii: "#"), place == start || bytes[place - 1] == 0x20 || bytes[place - 1] == 0x09 { break }
      place += 1
      if byte != 0x20, byte != 0x09, byte != 0x0D { end = place }
    }
    skipLine()
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func quoted(_ quote: UInt8) throws(Problem) -> String {
    let start = line
    var value: [UInt8] = []
    while let byte {
      place += 1
      if byte == quote { return String(decoding: value, as: UTF8.self) }
      if byte == 0x0A { line += 1 }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = self.byte {
        place += 1
        if next == 0x0A { line += 1 }
        switch next {
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "r"): value.append(0x0D)
        case UInt8(ascii: "t"): value.append(0x09)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): value.append(next)
        default: value += [byte, next]
        }
      } else {
        value.append(byte)
      }
    }
    throw Problem(line: start, message: "the quote is not closed")
  }
}
