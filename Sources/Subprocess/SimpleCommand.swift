/// A script of one plain command, which the default shell would do nothing to but start it.
///
/// Starting it directly saves the shell's own start. It must not be seen otherwise, so what is not surely plain is not
/// taken. Whoever asks checks the rest: the shell is the default one, `ProcessEnvironment.changesShells` is false and
/// the program is found in the step's own `PATH`. `SpawnError.unknownFormat` then means: let the shell run it.
package enum SimpleCommand {
  /// The words of the command, or nil when a shell is needed.
  ///
  /// Taken are words of `[A-Za-z0-9_./:=@%+,-]`, quotes of both kinds without expansions, and `${NAME}` in double
  /// quotes for the names of `bindings`.
  /// - Parameter bindings: values of the variables that stand for the plan's expressions.
  package static func parse(_ text: String, bindings: [String: String] = [:]) -> [String]? {
    var scanner = Scanner(bytes: Array(text.utf8), bindings: bindings)
    guard let words = scanner.words(), let name = words.first, isProgramName(name) else { return nil }
    return words
  }

  /// True when bash takes the word as a program's name and nothing else.
  private static func isProgramName(_ word: String) -> Bool {
    // `-` and `+` would be options of bash itself, as the text is an argument of it; `%1` is a job.
    guard let first = word.utf8.first, !"-+%".utf8.contains(first) else { return false }
    return !word.utf8.contains(UInt8(ascii: "=")) && !BashWords.builtins.contains(word)
      && !BashWords.keywords.contains(word)
  }

  private struct Scanner {
    let bytes: [UInt8]
    let bindings: [String: String]
    var index = 0

    mutating func words() -> [String]? {
      var end = bytes.count
      while end > 0, isBlank(bytes[end - 1]) || bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
      var words: [String] = []
      while true {
        while index < end, isBlank(bytes[index]) { index += 1 }
        guard index < end else { return words }
        guard let word = word(upTo: end) else { return nil }
        words.append(word)
      }
    }

    private mutating func word(upTo end: Int) -> String? {
      var word: [UInt8] = []
      while index < end, !isBlank(bytes[index]) {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "'"):
          guard let part = singleQuoted() else { return nil }
          word += part
        case UInt8(ascii: "\""):
          guard let part = doubleQuoted() else { return nil }
          word += part
        case _ where isPlain(byte): word.append(byte)
        default: return nil
        }
      }
      return String(decoding: word, as: UTF8.self)
    }

    private mutating func singleQuoted() -> [UInt8]? {
      guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "'")) else { return nil }
      defer { index = close + 1 }
      let content = bytes[index..<close]
      return content.allSatisfy(isQuotable) ? Array(content) : nil
    }

    private mutating func doubleQuoted() -> [UInt8]? {
      var content: [UInt8] = []
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return content
        case UInt8(ascii: "$"):
          guard let value = binding() else { return nil }
          content += value
        case UInt8(ascii: "`"), UInt8(ascii: "\\"): return nil
        case _ where isQuotable(byte): content.append(byte)
        default: return nil
        }
      }
      return nil
    }

    /// The value of `{NAME}` at the index.
    private mutating func binding() -> [UInt8]? {
      guard index < bytes.count, bytes[index] == UInt8(ascii: "{"),
        let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")),
        let value = bindings[String(decoding: bytes[(index + 1)..<close], as: UTF8.self)], !value.utf8.contains(0)
      else { return nil }
      index = close + 1
      return Array(value.utf8)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// A line feed would make two lines of the script; bash uses two of the other control characters for itself.
    private func isQuotable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    private func isPlain(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "_./:=@%+,-".utf8.contains(byte)
      }
    }
  }
}
