/// A page made of a few kinds of blocks, to be written as plain text or as markdown.
struct ShowDocument {
  enum Block {
    /// Level 1 is the title.
    case heading(Int, String)
    case paragraph(String)
    case list([String])
    /// Lines with commands to copy: never broken.
    case commands([String])
    /// `**Owner**: Ana`; the text may be empty before a list.
    case labelled(String, String)
    /// Items with an empty box.
    case boxes([String])
    case table(header: [String], rows: [[String]])
  }

  private(set) var blocks: [Block] = []

  mutating func heading(_ level: Int, _ text: String) { blocks.append(.heading(level, text)) }
  mutating func paragraph(_ text: String) { if !text.isEmpty { blocks.append(.paragraph(text)) } }
  mutating func list(_ items: [String]) { if !items.isEmpty { blocks.append(.list(items)) } }
  mutating func commands(_ items: [String]) { if !items.isEmpty { blocks.append(.commands(items)) } }
  mutating func labelled(_ label: String, _ text: String?) {
    if let text, !text.isEmpty { blocks.append(.labelled(label, text)) }
  }
  mutating func labelled(_ label: String, list items: [String], boxes: Bool = false) {
    guard !items.isEmpty else { return }
    blocks.append(.labelled(label, ""))
    blocks.append(boxes ? .boxes(items) : .list(items))
  }

  /// - Parameter needed: columns that stay even if nothing stands in them.
  mutating func table(_ header: [String], _ rows: [[String]], keeping needed: Set<String> = []) {
    let kept = header.indices.filter { column in
      needed.contains(header[column]) || rows.contains { column < $0.count && !$0[column].isEmpty }
    }
    guard !rows.isEmpty, !kept.isEmpty else { return }
    blocks.append(
      .table(header: kept.map { header[$0] }, rows: rows.map { row in kept.map { $0 < row.count ? row[$0] : "" } }))
  }

  func text(_ style: Style, width: Int?) -> String {
    var parts: [String] = []
    for block in blocks {
      switch block {
      case .heading(_, let text): parts.append(style.paint(PrintableText.line(text), .heading) + "\n")
      case .paragraph(let text): parts.append(indented(PrintableText.block(text), width))
      case .list(let items):
        parts.append(
          items.map { LineWrap.hanging(PrintableText.line($0), first: "  - ", width: width) }.joined())
      case .commands(let items): parts.append(items.map { "  - \(PrintableText.line($0))\n" }.joined())
      case .labelled(let label, let text):
        parts.append(LineWrap.hanging(PrintableText.line("\(label): \(text)"), first: "  ", width: width))
      case .boxes(let items):
        parts.append(
          items.map { LineWrap.hanging(PrintableText.line($0), first: "  - [ ] ", width: width) }.joined())
      case .table(let header, let rows):
        var table = Table(header.enumerated().map { .init($1, isFlexible: $0 > 0) }, indent: 2)
        table.wraps = true
        table.rows = rows.map { row in row.map { Table.Cell($0) } }
        parts.append(table.text(style, width: width))
      }
    }
    var out = ""
    for (index, part) in parts.enumerated() {
      // A blank line stands before a heading, and not between it and what belongs to it.
      if index > 0, case .heading = blocks[index] { out += "\n" }
      out += part
    }
    return out
  }

  func markdown() -> String {
    blocks.map { block in
      switch block {
      case .heading(let level, let text):
        return String(repeating: "#", count: min(max(level, 1), 6)) + " \(ShowDocument.escaped(text))\n"
      case .paragraph(let text):
        return text.split(separator: "\n").map { ShowDocument.escaped(String($0)) + "\n" }.joined(separator: "\n")
      case .list(let items), .commands(let items): return items.map { "- \(ShowDocument.escaped($0))\n" }.joined()
      case .labelled(let label, let text):
        return "**\(label)**:" + (text.isEmpty ? "" : " " + ShowDocument.escaped(text)) + "\n"
      case .boxes(let items): return items.map { "- [ ] \(ShowDocument.escaped($0))\n" }.joined()
      case .table(let header, let rows):
        let lines = [header, header.map { _ in "---" }] + rows.map { $0.map(ShowDocument.escaped) }
        return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
      }
    }.joined(separator: "\n")
  }

  /// What markdown or HTML would read as markup is shown as it is.
  static func escaped(_ text: String) -> String {
    var out = ""
    var isNumber = true
    for (index, character) in PrintableText.line(text).enumerated() {
      defer { isNumber = isNumber && character.isASCII && character.isNumber }
      switch character {
      // `1. ` at the beginning would be an item of a list.
      case ".", ")": if isNumber, index > 0 { out += "\\" }
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&": out += "\\"
      // Only at its beginning would these make the line something else.
      case "#", "+",
        "-" where index == 0:
        out += "\\"
      default: break
      }
      out.append(character)
    }
    return out
  }

  private func indented(_ text: String, _ width: Int?) -> String {
    text.split(separator: "\n").map { LineWrap.hanging(String($0), first: "  ", width: width) }.joined()
  }
}
