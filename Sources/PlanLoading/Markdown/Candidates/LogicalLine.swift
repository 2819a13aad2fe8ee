internal import SourceText

/// One command of a shell text as it is written: a line with all that it goes on over, by a backslash, an open quote or
/// a here-document.
struct LogicalLine {
  /// The first line, without blanks and a prompt around it.
  let first: String
  /// The lines that a backslash or an open quote joins, without the text of a here-document.
  private(set) var text: String
  /// The place of the first line.
  let range: SourceRange
  /// Inside `for … done`, `if … fi` and the like, hence no command of its own to be judged.
  let isInside: Bool
  let prompt: ShellPrompt?

  var isComment: Bool { prompt == nil && first.hasPrefix("#") }

  /// The commands of a block. Blank lines are left out.
  static func of(_ lines: [SourceRange], in source: SourceFile) -> [LogicalLine] {
    var result: [LogicalLine] = []
    var depth = 0
    var quote: UInt8?
    var delimiter: String?
    var continues = false
    for range in lines {
      var bytes = source.bytes[range.lowerBound..<range.upperBound]
      var text = trimmed(String(decoding: bytes, as: UTF8.self))
      if let end = delimiter {
        if text == end { delimiter = nil }
        continue
      }
      let isContinued = continues || quote != nil
      if isContinued, let last = result.indices.last {
        if continues { result[last].text.removeLast() }
        result[last].text += (continues ? "" : "\n") + text
      } else if !isContinued {
        if text.isEmpty { continue }
        let prompt = ShellPrompt(text)
        if let prompt {
          bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }.dropFirst(prompt.length)
          text = trimmed(String(text.utf8.dropFirst(prompt.length)) ?? "")
        }
        result.append(LogicalLine(first: text, text: text, range: range, isInside: depth > 0, prompt: prompt))
        if prompt == nil, text.hasPrefix("#") { continue }
      }
      quote = openQuote(bytes, quote)
      continues = quote == nil && text.hasSuffix("\\")
      if quote == nil {
        delimiter = hereDocument(text)
        depth = max(0, depth + change(text))
      }
    }
    return result
  }

  /// The quote that is open after a line.
  private static func openQuote(_ bytes: ArraySlice<UInt8>, _ open: UInt8?) -> UInt8? {
    var quote = open
    var isEscaped = false
    var previous: UInt8 = 0x20
    for byte in bytes {
      defer { previous = byte }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        isEscaped = true
      } else if let current = quote {
        if byte == current { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "#"), previous == 0x20 {
        break
      }
    }
    return quote
  }

  /// The word that ends a here-document which begins on a line.
  private static func hereDocument(_ text: String) -> String? {
    guard let mark = text.firstRange(of: "<<"), !text[mark.upperBound...].hasPrefix("<") else { return nil }
    var rest = text[mark.upperBound...].drop { $0 == "-" || $0 == "~" || $0 == " " }
    rest = rest.drop { $0 == "'" || $0 == "\"" || $0 == "\\" }
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return word.isEmpty ? nil : String(word)
  }

  /// How a line changes the depth of compound commands.
  private static func change(_ text: String) -> Int {
    let words = text.split { $0 == " " || $0 == ";" || $0 == "\t" }
    guard let first = words.first else { return 0 }
    var depth = 0
    if ["for", "while", "until", "if", "case"].contains(first), words.count > 1 { depth += 1 }
    if words.contains(where: { ["done", "fi", "esac"].contains($0) }) { depth -= 1 }
    return depth
  }

  private static func trimmed(_ text: String) -> String {
    let rest = text.drop { $0 == " " || $0 == "\t" }
    var end = rest[...]
    while let last = end.last, last == " " || last == "\t" || last == "\r" { end.removeLast() }
    return String(end)
  }
}
