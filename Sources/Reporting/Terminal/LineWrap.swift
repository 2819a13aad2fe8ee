/// Breaks text at blanks, so that a terminal does not break it inside a word.
enum LineWrap {
  /// What a text is broken to at least, however narrow the place is.
  private static let leastWidth = 8

  /// The text after `first`, its further lines under the first one; without a width one line.
  static func hanging(_ text: String, first: String, width: Int?) -> String {
    let indent = DisplayWidth.of(first)
    guard let width, indent + DisplayWidth.of(text) > width else { return first + text + "\n" }
    return first + lines(text, width: width - indent).joined(separator: "\n" + String(repeating: " ", count: indent))
      + "\n"
  }

  /// Lines of at most this width; a word that is wider is cut into pieces. Blanks between words become one.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(width, leastWidth)
    var lines: [String] = []
    var line = ""
    var column = 0
    func end() {
      lines.append(line)
      line = ""
      column = 0
    }
    for word in text.split(separator: " ") {
      let size = DisplayWidth.of(String(word))
      if column > 0, column + 1 + size > width { end() }
      if column > 0 {
        line += " "
        column += 1
      }
      if size <= width {
        line += word
        column += size
        continue
      }
      for character in word {
        let size = DisplayWidth.of(String(character))
        if column + size > width { end() }
        line.append(character)
        column += size
      }
    }
    if column > 0 || lines.isEmpty { end() }
    return lines
  }
}
