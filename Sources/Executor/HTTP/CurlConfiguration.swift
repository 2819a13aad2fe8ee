/// The configuration of curl as it reads it from standard input (`--config -`): one option a line.
///
/// So no address, no header and no body is ever among its arguments, where every user of the machine could read it.
struct CurlConfiguration {
  private(set) var bytes: [UInt8] = []

  struct Problem: Error {
    var message: String
  }

  /// Bytes of one line; curl 7.71 to 8.4 read 100 KiB (`MAX_CONFIG_LINE_LENGTH` in tool_parsecfg.c).
  static let lineLimit = 96 * 1024

  /// An option that is on or off.
  mutating func flag(_ name: String) {
    bytes += Array(name.utf8) + [UInt8(ascii: "\n")]
  }

  mutating func option(_ name: String, _ value: String) throws(Problem) {
    try option(name, Array(value.utf8))
  }

  /// - Throws: for what no line of the configuration can hold.
  mutating func option(_ name: String, _ value: [UInt8]) throws(Problem) {
    guard !value.contains(0) else { throw Problem(message: "a NUL byte can't be sent in \"\(name)\"") }
    let line = Array("\(name) = \"".utf8) + CurlConfiguration.quoted(value) + Array("\"\n".utf8)
    guard line.count <= CurlConfiguration.lineLimit else {
      throw Problem(message: "\"\(name)\" has \(value.count) bytes, and curl can be told at most 96 KiB")
    }
    bytes += line
  }

  /// What stands between the quotes: curl knows `\\`, `\"`, `\t`, `\n`, `\r` and `\v` there, and takes every other byte
  /// as it is.
  static func quoted(_ value: [UInt8]) -> [UInt8] {
    var quoted: [UInt8] = []
    quoted.reserveCapacity(value.count + 8)
    for byte in value {
      switch byte {
      case UInt8(ascii: "\\"): quoted += Array("\\\\".utf8)
      case UInt8(ascii: "\""): quoted += Array("\\\"".utf8)
      case 0x09: quoted += Array("\\t".utf8)
      case 0x0A: quoted += Array("\\n".utf8)
      case 0x0D: quoted += Array("\\r".utf8)
      case 0x0B: quoted += Array("\\v".utf8)
      default: quoted.append(byte)
      }
    }
    return quoted
  }
}
