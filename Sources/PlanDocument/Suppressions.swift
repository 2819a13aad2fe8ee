package import Diagnostics
package import SourceText

/// The comments of a file that suppress findings.
///
/// - On a line of its own a comment counts for the next line that is neither blank nor a comment.
/// - At the end of a line it counts for that line.
/// - If a text block (`|` or `>`) begins on that line, it counts for the whole block.
/// - Before the first key it counts for the whole file.
///
/// Comments inside a script count in the same way.
package struct Suppressions: Sendable {
  /// In the order of their places.
  package let all: [Suppression]
  /// Those of the whole file, by rule.
  private var ofFile: [String: [Int]] = [:]
  /// Those of the line on which they begin to count, by line and rule.
  private var ofLine: [Int: [String: [Int]]] = [:]
  /// The first and last lines of text blocks that a comment counts for; they do not overlap.
  private var blocks: [ClosedRange<Int>] = []

  package init(of source: SourceFile) {
    var reader = SuppressionReader(source: source)
    self.init(reader.read())
  }

  /// The comments of a markdown file: `<!-- execplan:ignore EP601 reason -->` in its text, where the head of the file
  /// ends with the first heading, and `# execplan:ignore` in its front matter and its code.
  package init(of plan: MarkdownPlan) {
    var reader = SuppressionReader(source: plan.source)
    self.init(reader.read(plan))
  }

  private init(_ all: [Suppression]) {
    self.all = all
    for (index, suppression) in all.enumerated() {
      switch suppression.scope {
      case .file:
        ofFile[suppression.rule, default: []].append(index)
      case .lines(let lines):
        ofLine[lines.lowerBound, default: [:]][suppression.rule, default: []].append(index)
        if lines.count > 1, blocks.last != lines { blocks.append(lines) }
      }
    }
  }

  package var isEmpty: Bool { all.isEmpty }

  /// Whether a comment switches the finding off.
  package func suppresses(_ diagnostic: Diagnostic, in source: SourceFile) -> Bool {
    !all.isEmpty && !matches(of: diagnostic, in: source).isEmpty
  }

  /// The suppressions that match none of the findings of the file.
  package func unused(after diagnostics: some Sequence<Diagnostic>, in source: SourceFile) -> [Suppression] {
    if all.isEmpty { return [] }
    var isUsed = [Bool](repeating: false, count: all.count)
    for diagnostic in diagnostics {
      for index in matches(of: diagnostic, in: source) { isUsed[index] = true }
    }
    return all.indices.filter { !isUsed[$0] }.map { all[$0] }
  }

  private func matches(of diagnostic: Diagnostic, in source: SourceFile) -> [Int] {
    let line = source.lineIndex(of: diagnostic.range.lowerBound)
    var places = [ofFile]
    if let exact = ofLine[line] { places.append(exact) }
    if let block = block(holding: line), block.lowerBound != line, let ofBlock = ofLine[block.lowerBound] {
      places.append(ofBlock)
    }
    let rule = diagnostic.rule
    return places.flatMap { place in
      [rule.code, rule.name, "\(rule.code)-\(rule.name)"].flatMap { place[$0] ?? [] }
    }
  }

  private func block(holding line: Int) -> ClosedRange<Int>? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].upperBound < line { low = middle + 1 } else { high = middle }
    }
    return low < blocks.count && blocks[low].contains(line) ? blocks[low] : nil
  }
}
