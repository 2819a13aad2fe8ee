/// Questions about single bytes, for the readers that work on UTF-8.
enum ASCII {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// `[A-Za-z0-9_]`
  static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }

  /// `[A-Za-z0-9_-]`
  static func isName(_ byte: UInt8) -> Bool { isWord(byte) || byte == UInt8(ascii: "-") }

  /// `[A-Za-z0-9_.-]`
  static func isStepID(_ byte: UInt8) -> Bool { isName(byte) || byte == UInt8(ascii: ".") }

  /// What markdown lets a backslash escape.
  static func isPunctuation(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && !isLetter(byte) && !isDigit(byte) }
}
