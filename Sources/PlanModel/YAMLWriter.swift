internal import SourceText

/// Writes values as block YAML for people and for agents to read.
package struct YAMLWriter {
  private var text = ""

  /// The value with a line break at its end; what is read back from it is the same value.
  package static func block(_ value: Value) -> String {
    var writer = YAMLWriter()
    writer.write(value, indent: 0, afterDash: false)
    return writer.text
  }

  private mutating func write(_ value: Value, indent: Int, afterDash: Bool) {
    switch value {
    case .map(let entries) where !entries.isEmpty:
      for (index, entry) in entries.enumerated() {
        if index > 0 || !afterDash { text += String(repeating: " ", count: indent) }
        text += YAMLWriter.scalar(.string(entry.key)) + ":"
        writeNested(entry.value, indent: indent)
      }
    case .list(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() {
        if index > 0 || !afterDash { text += String(repeating: " ", count: indent) }
        text += "- "
        write(item, indent: indent + 2, afterDash: true)
      }
    default: text += YAMLWriter.scalar(value) + "\n"
    }
  }

  private mutating func writeNested(_ value: Value, indent: Int) {
    switch value {
    case .map(let entries) where !entries.isEmpty:
      text += "\n"
      write(value, indent: indent + 2, afterDash: false)
    case .list(let items) where !items.isEmpty:
      text += "\n"
      write(value, indent: indent + 2, afterDash: false)
    default: text += " " + YAMLWriter.scalar(value) + "\n"
    }
  }

  private static func scalar(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int, .double: JSONWriter.compact(value)
    case .string(let text): isPlain(text) ? text : DoubleQuoted.text(text)
    case .list: "[]"
    case .map: "{}"
    }
  }

  /// Words that are no text without quotes, for readers of YAML 1.1, too.
  private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

  /// Whether a text is the same without quotes.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 1000, last != UInt8(ascii: " ") else {
      return false
    }
    let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    guard isLetter || first == UInt8(ascii: "/") || first == UInt8(ascii: "_") else { return false }
    let isSafe = bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: " _/.-*+@()".utf8.contains(byte)
      }
    }
    return isSafe && !reserved.contains(text.lowercased())
  }
}
