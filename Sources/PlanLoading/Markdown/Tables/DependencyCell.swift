internal import SourceText

/// The parts of a cell, or a line, that says what something depends on.
struct DependencyCell {
  struct Item {
    /// Without marks and without what stands in parentheses behind it.
    var text: String
    var range: SourceRange
  }

  private(set) var items: [Item] = []
  /// The whole cell as a reader sees it; empty if it says that there are none.
  let text: String

  init(_ source: SourceFile, _ range: SourceRange) {
    let whole = CellText(source, range).text
    text = DependencyCell.isNone(whole) ? "" : whole
    if text.isEmpty { return }
    for part in DependencyCell.parts(source, range) {
      var item = DependencyCell.withoutRemark(CellText(source, part).text)
      // An item of a list.
      if item.hasPrefix("- ") { item.removeFirst(2) }
      if !item.isEmpty, !DependencyCell.isNone(item) { items.append(Item(text: item, range: part)) }
    }
  }

  private static let none: Set<String> = [
    "", "-", "–", "—", "--", "none", "n/a", "na", "nil", "nothing", "no", "tbd", "无", "なし", "없음", "ninguna", "keine",
    "∅",
  ]

  /// Whether a cell says that there is nothing, also with a remark: `— (can start early)`.
  static func isNone(_ text: String) -> Bool {
    var word = withoutRemark(text).lowercased()
    while word.last == "." { word.removeLast() }
    return none.contains(word)
  }

  /// The text before an opening parenthesis; all of it if it begins with one.
  private static func withoutRemark(_ text: String) -> String {
    let end = text.firstIndex { $0 == "(" || $0 == "（" } ?? text.endIndex
    let kept = end == text.startIndex ? text[...] : text[..<end]
    return String(kept.reversed().drop { $0 == " " }.reversed())
  }

  /// Splits at commas, semicolons, line breaks, `&`, `+` and `and`, not inside brackets and code.
  private static func parts(_ source: SourceFile, _ range: SourceRange) -> [SourceRange] {
    var parts: [SourceRange] = []
    var start = range.lowerBound
    var index = start
    var depth = 0
    var isCode = false
    let bytes = source.bytes
    func close(_ end: Int, skip: Int) {
      let part = MarkdownTable.trimmed(source, SourceRange(start: start, end: end))
      if !part.isEmpty { parts.append(part) }
      start = end + skip
    }
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "`"): isCode.toggle()
      case UInt8(ascii: "("), UInt8(ascii: "["): if !isCode { depth += 1 }
      case UInt8(ascii: ")"), UInt8(ascii: "]"): if !isCode { depth = max(0, depth - 1) }
      default:
        let rest = bytes[index..<range.upperBound]
        if depth == 0, !isCode, let separator = separators.first(where: { rest.starts(with: $0) }) {
          close(index, skip: separator.count)
          index += separator.count
          continue
        }
      }
      index += 1
    }
    close(range.upperBound, skip: 0)
    return parts
  }

  private static let separators: [[UInt8]] = [
    ",", ";", "\n", "，", "、", "；", "<br>", "<br/>", "<br />", " & ", " + ", " and ", " und ", " y ",
  ].map { Array($0.utf8) }
}
