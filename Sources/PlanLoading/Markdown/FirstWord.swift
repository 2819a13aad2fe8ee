internal import SourceText

/// The word that a heading, an item or a line begins with, seen in its bytes: most begin with none that means anything,
/// and are read no further.
enum FirstWord {
  /// Whether a text can begin, behind a number and marks, with one of some words.
  ///
  /// It can as well where only reading the marks, or letters that are not of ASCII, would tell.
  ///
  /// - Parameters:
  ///   - words: in lower case, of letters only.
  ///   - range: the text in the file, one line or several.
  static func mayBe(_ words: [[UInt8]], in bytes: [UInt8], _ range: SourceRange) -> Bool {
    var start = range.lowerBound
    let end = min(range.upperBound, bytes.count)
    while start < end, isBeforeWord(bytes[start]) { start += 1 }
    var last = start
    while last < end, bytes[last].isLetter { last += 1 }
    let isCut = last < end && mayHideLetters(bytes[last])
    for word in words where isCut ? word.count >= last - start : word.count == last - start {
      if (start..<last).allSatisfy({ bytes[$0] | 0x20 == word[$0 - start] }) { return true }
    }
    return false
  }

  /// A blank, a part of a number such as `3.`, `1)` or `2.1`, or a mark of emphasis, code or a link.
  private static func isBeforeWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ")"): true
    default: isMark(byte)
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "\\"),
      UInt8(ascii: "["), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  /// Whether a word may go on behind a byte that a reader does not see, or with a letter that is not of ASCII.
  private static func mayHideLetters(_ byte: UInt8) -> Bool {
    isMark(byte) || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte >= 0x80
  }
}
