package import Markdown
package import SourceText

/// What a markdown plan holds, found by its form: nothing here knows the keys and actions of a step.
package struct MarkdownPlan: Sendable {
  package let markdown: MarkdownDocument
  /// The first heading of level 1.
  package let title: Located<String>?
  /// All headings, in the order of the text.
  package let sections: [Section]

  package init(_ markdown: MarkdownDocument) {
    self.markdown = markdown
    sections = SectionReader(markdown).read()
    title = sections.first { $0.level == 1 }?.heading
  }

  package var source: SourceFile { markdown.source }

  /// The innermost section that a block stands in; nil above the first heading.
  package func section(holding block: Int) -> Int? {
    var low = 0
    var high = sections.count
    while low < high {
      let middle = (low + high) / 2
      if sections[middle].block <= block { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The kind of the nearest section around a block that is one of the twelve; `other` if there is none.
  package func kind(holding block: Int) -> SectionKind {
    var index = section(holding: block)
    while let current = index {
      if sections[current].kind != .other { return sections[current].kind }
      index = sections[current].parent
    }
    return .other
  }

  /// The sections of a kind, in the order of the text.
  package func sections(_ kind: SectionKind) -> [Section] { sections.filter { $0.kind == kind } }
}
