internal import Diagnostics
internal import Markdown
internal import SourceText

/// A script that markdown reads as a paragraph, because it is indented by four columns below an item whose text
/// begins further in.
struct RepairedScript {
  let part: CodePart
  /// The columns to add to each line.
  private let missing: Int
  private let lineStarts: [Int]

  /// Nil if a paragraph is no such script.
  ///
  /// - Parameter follows: whether the paragraph stands where a script is due.
  init?(_ markdown: MarkdownDocument, _ block: Int, follows: Bool) {
    let parent = markdown.blocks[block].parent
    guard follows, markdown.blocks[parent].kind == .item, block != parent + 1 else { return nil }
    guard let content = RepairedScript.column(of: markdown.blocks[parent + 1].range, in: markdown.source) else {
      return nil
    }
    var starts: [Int] = []
    var least = Int.max
    for line in markdown.lines(of: block) {
      guard let indentation = markdown.indentation(of: line.lowerBound) else { return nil }
      starts.append(line.lowerBound - indentation)
      least = min(least, indentation)
    }
    guard least >= 4, least > content, least < content + 4 else { return nil }
    let source = markdown.source
    let lines = starts.map { start in
      SourceRange(start: start + least, end: source.lineRange(source.lineIndex(of: start)).upperBound)
    }
    guard let first = lines.first, RepairedScript.looksLikeCommand(source.text(first)) else { return nil }
    missing = content + 4 - least
    lineStarts = starts
    let range = markdown.blocks[block].range
    part = CodePart(language: "", languageRange: range, lines: lines, range: range)
  }

  /// The columns before the text of an item.
  private static func column(of range: SourceRange, in source: SourceFile) -> Int? {
    range.lowerBound - source.lineRange(source.lineIndex(of: range.lowerBound)).lowerBound
  }

  /// Whether a line is a command rather than a sentence.
  private static func looksLikeCommand(_ line: String) -> Bool {
    guard let word = line.split(separator: " ").first, let first = word.utf8.first else { return false }
    if line.hasSuffix(".") || line.hasSuffix(":") || word.hasSuffix(",") { return false }
    let isLower = (0x61...0x7A).contains(first)
    return isLower || word.contains("/") || word.contains("=") || first == UInt8(ascii: "#")
      || first == UInt8(ascii: "[") || first == UInt8(ascii: "$")
  }

  func diagnostic(step: String) -> Diagnostic {
    let indent = String(repeating: " ", count: missing)
    return Diagnostic(
      .scriptAsText, part.range, "the script of \"\(step)\" is a paragraph to every other reader of markdown",
      notes: ["indent it by \(missing) more columns, so that it is a block of code"],
      fix: FixIt(
        "indent the script by \(missing) more columns",
        lineStarts.map { FixIt.Replacement(SourceRange(start: $0, end: $0), with: indent) }))
  }
}
