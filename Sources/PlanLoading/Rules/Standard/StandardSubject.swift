internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText
internal import YAML

/// A markdown plan as the rules of the standard look at it.
struct StandardSubject {
  let plan: MarkdownPlan
  let living: LivingSections
  let profile: StandardProfile
  let files: (any FileQuestions)?
  /// For each section its kind, or that of the nearest one around it.
  let kinds: [SectionKind]
  /// The headings that most likely mean a section which is not there.
  let misspelt: [(section: Section, kind: SectionKind)]
  /// Whether the front matter has a title.
  let hasFrontTitle: Bool

  init(_ document: PlanDocument, _ plan: MarkdownPlan, _ profile: StandardProfile, _ files: (any FileQuestions)?) {
    self.plan = plan
    self.profile = profile
    self.files = files
    living = LivingSections(plan)
    misspelt = MisspeltHeadings.find(plan)
    hasFrontTitle = document.root?["title"] != nil
    var kinds: [SectionKind] = []
    kinds.reserveCapacity(plan.sections.count)
    for section in plan.sections {
      kinds.append(section.kind == .other ? section.parent.map { kinds[$0] } ?? .other : section.kind)
    }
    self.kinds = kinds
  }

  var source: SourceFile { plan.source }
  var isCodex: Bool { profile.level == .codex }

  /// The severity under `lenient`, or that under `codex`.
  func severity(_ lenient: Severity, codex: Severity) -> Severity { isCodex ? codex : lenient }

  /// Where findings about the plan as a whole stand.
  var titleRange: SourceRange { plan.title?.range ?? plan.sections.first?.heading.range ?? .fileStart }

  /// `line 12`, `lines 12, 15 and 19`, `lines 12, 15, 19, 21, 24 and 7 more`.
  func lineList(_ ranges: some Collection<SourceRange>) -> String {
    var lines: [Int] = []
    for range in ranges {
      let line = source.lineIndex(of: range.lowerBound) + 1
      if lines.last != line { lines.append(line) }
    }
    guard lines.count > 1 else { return "line \(lines.first ?? 1)" }
    let shown = lines.prefix(lines.count > 6 ? 5 : lines.count - 1).map(String.init).joined(separator: ", ")
    return lines.count > 6
      ? "lines \(shown) and \(lines.count - 5) more" : "lines \(shown) and \(lines[lines.count - 1])"
  }

  /// The innermost section that a place stands in; nil above the first heading.
  func section(at offset: Int) -> Int? {
    var low = 0
    var high = plan.sections.count
    while low < high {
      let middle = (low + high) / 2
      if plan.sections[middle].heading.range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The blocks with lines of text, headings and code left out, that stand in sections which a test accepts.
  func eachParagraph(where isWanted: (SectionKind) -> Bool, _ body: (Int, SectionKind) -> Void) {
    let blocks = plan.markdown.blocks
    var section = -1
    for index in blocks.indices {
      while section + 1 < plan.sections.count, plan.sections[section + 1].block <= index { section += 1 }
      guard case .paragraph = blocks[index].kind else { continue }
      let kind = section < 0 ? .other : kinds[section]
      if isWanted(kind) { body(index, kind) }
    }
  }
}
