internal import Markdown
internal import SourceText

/// Finds the sections of a markdown plan by its headings.
struct SectionReader {
  private let markdown: MarkdownDocument

  init(_ markdown: MarkdownDocument) {
    self.markdown = markdown
  }

  func read() -> [Section] {
    var headings: [(block: Int, level: Int, text: Located<String>)] = []
    for index in markdown.children(of: 0) {
      let block = markdown.blocks[index]
      guard case .heading(let level) = block.kind else { continue }
      let lines = markdown.lines(of: index)
      let text =
        lines.count == 1
        ? markdown.source.text(lines[lines.startIndex])
        : lines.map { markdown.source.text($0) }.joined(separator: " ")
      let range = SourceRange(
        start: lines.first?.lowerBound ?? block.range.lowerBound, end: lines.last?.upperBound ?? block.range.upperBound)
      headings.append((index, level, Located(text, range)))
    }
    var ends = [Int](repeating: markdown.blocks.count, count: headings.count)
    var parents = [Int?](repeating: nil, count: headings.count)
    var open: [Int] = []
    for (index, heading) in headings.enumerated() {
      while let last = open.last, headings[last].level >= heading.level {
        ends[last] = heading.block
        open.removeLast()
      }
      parents[index] = open.last
      open.append(index)
    }
    var sections: [Section] = []
    sections.reserveCapacity(headings.count)
    for (index, heading) in headings.enumerated() {
      let bytes = Array(heading.text.value.utf8)
      let name = HeadingText.normalized(bytes)
      // The first heading of a file is its title, whatever it says.
      let isTitle = heading.level == 1 && index == 0
      var kind =
        isTitle || bytes.count > SectionNames.maximumLength ? SectionKind.other : SectionNames.kind(ofName: name)
      // "Lessons Learned" in the Retrospective is a part of it; a chain of parents has six links at most.
      var around = parents[index]
      while kind != .other, let parent = around {
        if sections[parent].kind == kind { kind = .other }
        around = parents[parent]
      }
      sections.append(
        Section(
          kind: kind, heading: heading.text, name: name, level: heading.level, block: heading.block,
          body: markdown.blocks[heading.block].next..<ends[index], parent: parents[index]))
    }
    return sections
  }
}
