internal import Markdown
internal import PlanDocument
package import SourceText

extension RepositoryStandard {
  /// Where a repository keeps the standard of its plans, relative to its root; the first that is there counts.
  package static let paths = [
    "PLANS.md", ".agent/PLANS.md", ".agents/PLANS.md", "docs/PLANS.md", ".codex/PLANS.md", "plans/PLANS.md",
  ]

  /// Reads which sections the file demands: from a list under a heading "Required Sections", else from the first
  /// skeleton of a plan in a block of code.
  package init(reading source: SourceFile) {
    let plan = MarkdownPlan.read(source)
    path = source.path
    let reader = RequiredSectionsReader(plan: plan)
    let listed = reader.list()
    sections = listed.isEmpty ? reader.skeleton() : listed
    index = PlanIndexLine.entries(in: plan).map(\.entry)
  }
}

/// Finds the sections that a PLANS.md demands.
private struct RequiredSectionsReader {
  let plan: MarkdownPlan
  private var source: SourceFile { plan.source }

  /// The items of the lists below a heading that speaks of required sections. At least three of them must be
  /// sections of the standard: else the list is about something else.
  func list() -> [RepositoryStandard.RequiredSection] {
    for section in plan.sections where speaksOfSections(section.heading.value) {
      var result: [RepositoryStandard.RequiredSection] = []
      for index in section.body {
        let block = plan.markdown.blocks[index]
        guard block.kind == .item, index + 1 < block.next, isAtTop(index),
          let line = plan.markdown.lines(of: index + 1).first
        else { continue }
        let text = source.text(line)
        guard !isOptional(text) else { continue }
        let name = name(of: text)
        if !name.isEmpty, name.utf8.count <= 60 { result.append(required(name, at: line)) }
      }
      if isStandard(result) { return unique(result) }
    }
    return []
  }

  /// The headings of the first block of code that is a plan.
  func skeleton() -> [RepositoryStandard.RequiredSection] {
    for index in plan.markdown.blocks.indices {
      guard case .code = plan.markdown.blocks[index].kind else { continue }
      let lines = plan.markdown.lines(of: index)
      guard lines.count >= 6 else { continue }
      let level = sectionLevel(lines)
      let result = lines.compactMap { line -> RepositoryStandard.RequiredSection? in
        guard let heading = heading(line), heading.level == level, !isOptional(heading.text) else { return nil }
        return required(name(of: heading.text), at: line)
      }
      if isStandard(result) { return unique(result) }
    }
    return []
  }

  private func speaksOfSections(_ heading: String) -> Bool {
    let text = heading.lowercased()
    return (text.contains("section") && ["required", "mandatory", "must", "obligatory"].contains { text.contains($0) })
      || ["必需章节", "必须章节", "必填章节", "必須セクション", "필수 섹션", "secciones obligatorias"].contains { text.contains($0) }
  }

  private func isAtTop(_ item: Int) -> Bool {
    let list = plan.markdown.blocks[item].parent
    return plan.markdown.blocks[plan.markdown.blocks[list].parent].kind != .item
  }

  private func isOptional(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.contains("(optional") || text.contains("[optional") || text.contains("if applicable")
      || text.contains("(if needed") || text.contains("(可选") || text.contains("（可选")
  }

  /// The name in front of an explanation, without marks.
  private func name(of text: String) -> String {
    var name = text
    for mark in [": ", "：", " — ", " – ", " - ", " ("] {
      if let range = name.firstRange(of: mark) { name = String(name[..<range.lowerBound]) }
    }
    name = name.replacing("**", with: "").replacing("`", with: "").trimmed
    while let last = name.last, last == ":" || last == "." || last == ";" || last == "," { name.removeLast() }
    while name.first == "#" { name.removeFirst() }
    return name.trimmed
  }

  private func required(_ name: String, at line: SourceRange) -> RepositoryStandard.RequiredSection {
    let kind = SectionNames.kind(of: name.utf8)
    return .init(title: name, kind: kind, line: source.lineIndex(of: line.lowerBound) + 1)
  }

  private func isStandard(_ sections: [RepositoryStandard.RequiredSection]) -> Bool {
    Set(sections.map(\.kind)).subtracting([.other]).count >= 3
  }

  private func unique(_ sections: [RepositoryStandard.RequiredSection]) -> [RepositoryStandard.RequiredSection] {
    var seen: Set<String> = []
    return sections.filter { seen.insert($0.kind == .other ? $0.title : $0.kind.rawValue).inserted }
  }

  // MARK: Headings in code

  private func heading(_ line: SourceRange) -> (level: Int, text: String)? {
    let text = source.text(line).trimmed
    let level = text.prefix { $0 == "#" }.count
    guard (1...6).contains(level), text.dropFirst(level).first == " " else { return nil }
    return (level, text.dropFirst(level).trimmed)
  }

  /// The level of most headings that name a section of the standard.
  private func sectionLevel(_ lines: ArraySlice<SourceRange>) -> Int {
    var counts = [Int](repeating: 0, count: 7)
    for line in lines {
      if let heading = heading(line), SectionNames.kind(of: name(of: heading.text).utf8) != .other {
        counts[heading.level] += 1
      }
    }
    return counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 2
  }
}
