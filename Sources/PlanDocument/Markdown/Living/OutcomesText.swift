internal import Markdown
package import SourceText

/// What stands in Outcomes & Retrospective.
package struct OutcomesText: Sendable {
  package enum State: Hashable, Sendable {
    case filled
    /// "None yet", "To be written at the end".
    case placeholder
    case empty
  }

  package let state: State
  /// The heading of the section.
  package let heading: SourceRange
  /// The text of the section; empty after the heading if there is none.
  package let text: SourceRange
}

/// Reads Outcomes & Retrospective.
struct OutcomesReader {
  let plan: MarkdownPlan

  /// Nil if there is no such section; of several the last one that is filled.
  func read() -> OutcomesText? {
    var result: OutcomesText?
    for section in plan.sections where section.kind == .outcomes {
      let text = read(section)
      if result == nil || text.state == .filled { result = text }
    }
    return result
  }

  private func read(_ section: Section) -> OutcomesText {
    let blocks = plan.markdown.blocks
    var range: SourceRange?
    var isPlaceholder = true
    for index in section.body {
      if case .heading = blocks[index].kind { continue }
      for line in plan.markdown.lines(of: index) where !line.isEmpty {
        range = range?.union(line) ?? line
        let text = plan.source.bytes[line.lowerBound..<line.upperBound]
        isPlaceholder = isPlaceholder && PlaceholderText.isPlaceholder(text)
      }
      // The cells of a table have no lines.
      if blocks[index].kind == .table {
        range = range?.union(blocks[index].range) ?? blocks[index].range
        isPlaceholder = false
      }
      if let range, range.upperBound - range.lowerBound > PlaceholderText.maximumLength * 2 { isPlaceholder = false }
    }
    let heading = section.heading.range
    guard let range else {
      return OutcomesText(
        state: .empty, heading: heading, text: SourceRange(start: heading.upperBound, end: heading.upperBound))
    }
    return OutcomesText(state: isPlaceholder ? .placeholder : .filled, heading: heading, text: range)
  }
}
