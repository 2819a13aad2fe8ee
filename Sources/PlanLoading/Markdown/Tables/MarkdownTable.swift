internal import Markdown
internal import SourceText

/// A table of a markdown file by its cells.
struct MarkdownTable {
  struct Row {
    /// The line of the row.
    var range: SourceRange
    /// Without the blanks around them.
    var cells: [SourceRange]
  }

  let source: SourceFile
  /// The index of its block.
  let block: Int
  let header: Row
  let rows: [Row]

  init?(_ document: MarkdownDocument, block: Int) {
    source = document.source
    self.block = block
    var rows: [Row] = []
    for child in document.children(of: block) {
      guard case .tableRow = document.blocks[child].kind else { continue }
      rows.append(MarkdownTable.row(document.source, document.blocks[child].range))
    }
    guard let header = rows.first else { return nil }
    self.header = header
    self.rows = Array(rows.dropFirst())
  }

  /// The cell of a column; empty if the row is shorter.
  func cell(_ row: Row, _ column: Int) -> SourceRange {
    column < row.cells.count ? row.cells[column] : SourceRange(start: row.range.upperBound, end: row.range.upperBound)
  }

  func text(_ row: Row, _ column: Int?) -> String {
    guard let column else { return "" }
    return CellText(source, cell(row, column)).text
  }

  /// Splits a line at its pipes; GitHub splits at those in code too, unless they are escaped.
  private static func row(_ source: SourceFile, _ range: SourceRange) -> Row {
    var cells: [SourceRange] = []
    let end = source.lineRange(source.lineIndex(of: range.lowerBound)).upperBound
    var start = range.lowerBound
    if start < end, source.bytes[start] == UInt8(ascii: "|") { start += 1 }
    var index = start
    while index < end {
      if source.bytes[index] == UInt8(ascii: "\\") {
        index = min(index + 2, end)
        continue
      }
      if source.bytes[index] == UInt8(ascii: "|") {
        cells.append(trimmed(source, SourceRange(start: start, end: index)))
        start = index + 1
      }
      index += 1
    }
    let rest = trimmed(source, SourceRange(start: start, end: end))
    if !rest.isEmpty { cells.append(rest) }
    return Row(range: SourceRange(start: range.lowerBound, end: end), cells: cells)
  }

  /// A range without the blanks at both ends.
  static func trimmed(_ source: SourceFile, _ range: SourceRange) -> SourceRange {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, ASCII.isSpace(source.bytes[lower]) { lower += 1 }
    while upper > lower, ASCII.isSpace(source.bytes[upper - 1]) { upper -= 1 }
    return SourceRange(start: lower, end: upper)
  }
}
