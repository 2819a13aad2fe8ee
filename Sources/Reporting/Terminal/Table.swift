/// Rows of cells in aligned columns.
package struct Table: Sendable {
  package enum Alignment: Sendable { case left, right }

  package struct Cell: Sendable, ExpressibleByStringLiteral {
    /// Made harmless and put on one line.
    package var text: String
    package var role: Style.Role?

    package init(_ text: String, _ role: Style.Role? = nil) {
      self.text = PrintableText.line(text)
      self.role = role
    }

    package init(stringLiteral text: String) { self.init(text) }
  }

  package struct Column: Sendable {
    package var title: String
    package var alignment: Alignment
    /// Gives way when the table is wider than the terminal.
    package var isFlexible: Bool

    package init(_ title: String, _ alignment: Alignment = .left, isFlexible: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.isFlexible = isFlexible
    }
  }

  /// The blank columns between two cells.
  private static let gap = 2
  /// A flexible column is not made narrower than this.
  private static let leastFlexibleWidth = 8
  /// Text in a narrower column is broken so often that nobody can read it.
  private static let leastWrappingWidth = 12

  package var columns: [Column]
  package var rows: [[Cell]] = []
  package var indent: Int
  package var hasHeader: Bool
  /// What is too long for its column goes on in the next line instead of being cut.
  package var wraps = false

  package init(_ columns: [Column], indent: Int = 0, hasHeader: Bool = true) {
    self.columns = columns
    self.indent = indent
    self.hasHeader = hasHeader
  }

  /// The lines of the table, each ended by LF; at most `width` columns wide, if a width is given.
  package func text(_ style: Style = .plain, width: Int? = nil) -> String {
    let widths = columnWidths(limit: width)
    var out = ""
    if hasHeader { append(columns.map { Cell($0.title, .heading) }, widths, style, to: &out) }
    for row in rows { append(row, widths, style, to: &out) }
    return out
  }

  /// The text of each row by itself, the columns of all aligned; for tables with lines between their rows.
  func rowTexts(_ style: Style, width: Int?) -> [String] {
    let widths = columnWidths(limit: width)
    return rows.map { row in
      var out = ""
      append(row, widths, style, to: &out)
      return out
    }
  }

  private func columnWidths(limit: Int?) -> [Int] {
    var widths = columns.map { hasHeader ? DisplayWidth.of($0.title) : 0 }
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], DisplayWidth.of(cell.text))
      }
    }
    guard let limit else { return widths }
    let flexible = columns.indices.filter { columns[$0].isFlexible }
    let excess = widths.reduce(indent) { $0 + $1 + Table.gap } - Table.gap - limit
    guard excess > 0, !flexible.isEmpty else { return widths }
    // The widest flexible columns give way first, down to one common width: the largest that fits.
    var low = Table.leastFlexibleWidth
    var high = flexible.map { widths[$0] }.max() ?? low
    while low < high {
      let middle = (low + high + 1) / 2
      let freed = flexible.reduce(0) { $0 + max(0, widths[$1] - middle) }
      if freed >= excess { low = middle } else { high = middle - 1 }
    }
    // Lines that the terminal breaks are better than columns of syllables.
    if wraps, low < Table.leastWrappingWidth { return widths }
    for index in flexible { widths[index] = min(widths[index], low) }
    return widths
  }

  private func append(_ cells: [Cell], _ widths: [Int], _ style: Style, to out: inout String) {
    guard wraps, zip(cells, widths).contains(where: { DisplayWidth.of($0.text) > $1 }) else {
      return appendLine(cells, widths, style, to: &out)
    }
    let lines = zip(cells, widths).map { LineWrap.lines($0.text, width: $1) }
    for number in 0..<(lines.map(\.count).max() ?? 0) {
      let row = zip(cells, lines).map { cell, lines in Cell(number < lines.count ? lines[number] : "", cell.role) }
      appendLine(row, widths, style, to: &out)
    }
  }

  private func appendLine(_ cells: [Cell], _ widths: [Int], _ style: Style, to out: inout String) {
    out += String(repeating: " ", count: indent)
    // Blanks are held back, so that no line ends in them.
    var blanks = 0
    for (index, cell) in cells.enumerated() where index < widths.count {
      let text = DisplayWidth.truncated(cell.text, to: widths[index])
      let padding = max(0, widths[index] - DisplayWidth.of(text))
      if columns[index].alignment == .right { blanks += padding }
      if !text.isEmpty {
        out += String(repeating: " ", count: blanks) + style.paint(text, cell.role)
        blanks = 0
      }
      blanks += Table.gap
      if columns[index].alignment == .left { blanks += padding }
    }
    out += "\n"
  }
}
