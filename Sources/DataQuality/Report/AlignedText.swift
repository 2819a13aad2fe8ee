/// Rows of cells under one another, two blanks between columns.
struct AlignedText {
  private var rows: [[String]] = []
  /// Columns of numbers, set to the right.
  private let right: Set<Int>

  init(right: Set<Int>) { self.right = right }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  func lines(indent: Int) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        line += (column > 0 ? "  " : "") + (right.contains(column) ? blanks + cell : cell + blanks)
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
