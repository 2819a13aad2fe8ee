internal import PlanModel

/// A rough reading of SQL for the rules: good enough for warnings, never for execution.
enum SQLStatements {
  /// The first word of every statement, upper case; comments and quoted text passed over.
  static func firstWords(of text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var atStart = true
    let bytes = Array(text.utf8)
    var index = 0
    func end() {
      if atStart, !word.isEmpty {
        words.append(String(decoding: word, as: UTF8.self).uppercased())
        atStart = false
      }
      word = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
        end()
        index += 1
        while index < bytes.count, bytes[index] != byte { index += 1 }
      case UInt8(ascii: "-") where next == UInt8(ascii: "-"):
        end()
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        end()
        index += 2
        while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/")) {
          index += 1
        }
        index += 1
      case UInt8(ascii: ";"):
        end()
        atStart = true
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): word.append(byte)
      default: end()
      }
      index += 1
    }
    end()
    return words
  }

  /// Whether nothing stands in a text but comments, blanks and semicolons.
  static func holdsOnlyComments(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    while let byte = rest.first {
      if [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";")].contains(byte) {
        rest = rest.dropFirst()
      } else if rest.starts(with: "--".utf8) {
        rest = rest.drop { $0 != 0x0A }
      } else if rest.starts(with: "/*".utf8) {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
        rest = rest.dropFirst(2)
      } else {
        return false
      }
    }
    return true
  }
}
