package import Markdown
package import SourceText

/// What a markdown plan holds, found by its form: nothing here knows the keys and actions of a step.
package struct MarkdownPlan: Sendable {
  package let markdown: MarkdownDocument
  /// The first heading of level 1.
  package let title: Located<String>?
  /// All headings, in the order of the text. Headings in code and in list items are none.
  package let sections: [Section]
  /// Which of the sections belong together: first the plan's own set, then other plans in the file and parts
  /// (milestones) that repeat sections. Never empty.
  package let parts: [PlanPart]
  /// All code, in the order of the text.
  package let codeBlocks: [CodeBlock]
  /// Where the fences of the file are not as they must have been meant.
  package let repairs: [FenceRepair]

  package init(_ markdown: MarkdownDocument, repairs: [FenceRepair] = []) {
    self.markdown = markdown
    self.repairs = repairs
    sections = SectionReader(markdown).read()
    parts = PartReader(sections).read()
    var codeReader = CodeReader(markdown, sections)
    codeBlocks = codeReader.read()
    title = sections.first { $0.level == 1 }?.heading
  }

  /// Reads a file, with what has to be repaired of its fences.
  package static func read(_ source: SourceFile) -> MarkdownPlan {
    var reader = FenceReader(source)
    let (markdown, repairs) = reader.read()
    return MarkdownPlan(markdown, repairs: repairs)
  }

  /// The plan's own sections: of several plans in the file those of the first.
  package var own: PlanPart { parts[0] }

  /// The first of the plan's own sections of a kind.
  package func ownSection(_ kind: SectionKind) -> Section? {
    own.sections.lazy.map { sections[$0] }.first { $0.kind == kind }
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
