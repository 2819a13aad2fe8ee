/// Lays help out as plain text.
package enum HelpText {
  /// No line is longer, unless one word or a literal line is.
  package static let width = 80
  /// Where the second column starts.
  private static let column = 28

  package static func render(_ blocks: [HelpBlock]) -> String {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      switch block {
      case .heading(let text):
        lines += (index > 0 ? [""] : []) + [text + ":"]
      case .paragraph(let text):
        if index > 0 { lines.append("") }
        lines += wrap(text, width: width)
      case .literal(let text):
        if index > 0, case .paragraph = blocks[index - 1] { lines.append("") }
        lines += text.map { "  " + $0 }
      case .definitions(let rows):
        lines += rows.flatMap(row)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ definition: HelpBlock.Definition) -> [String] {
    let term = "  " + definition.term
    let meaning = wrap(definition.meaning, width: width - column)
    let indent = String(repeating: " ", count: column)
    if term.count + 2 > column { return [term] + meaning.map { indent + $0 } }
    let first = term + String(repeating: " ", count: column - term.count) + (meaning.first ?? "")
    return [first] + meaning.dropFirst().map { indent + $0 }
  }

  /// Breaks at spaces only.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    lines.append(line)
    return lines
  }
}
