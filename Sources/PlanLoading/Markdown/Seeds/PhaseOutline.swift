internal import PlanDocument
internal import SourceText

/// The sections of a markdown plan that are phases or components.
struct PhaseOutline {
  struct Entry {
    var heading: PhaseLabel
    /// The place in `MarkdownPlan.sections`.
    var section: Int
    var range: SourceRange
  }

  private let plan: MarkdownPlan
  private(set) var entries: [Entry] = []
  /// For every section the entry that it belongs to.
  private var entryOfSection: [Int?]
  private var byName: [String: Int] = [:]

  init(_ plan: MarkdownPlan) {
    self.plan = plan
    entryOfSection = Array(repeating: nil, count: plan.sections.count)
    var ids: Set<String> = []
    var copies: [String: Int] = [:]
    for (index, section) in plan.sections.enumerated() {
      entryOfSection[index] = section.parent.flatMap { entryOfSection[$0] }
      guard section.level > 1,
        FirstWord.mayBe(PhaseLabel.firstWords, in: plan.source.bytes, section.heading.range),
        var heading = PhaseLabel(section.heading.value)
      else { continue }
      // A plan that repeats its phases, in an overview and again, means the same ones.
      if byName[heading.id] != nil, !heading.isComponent {
        entryOfSection[index] = byName[heading.id]
        continue
      }
      let id = heading.id
      while !ids.insert(heading.id).inserted {
        copies[id, default: 1] += 1
        heading.id = "\(id)-\(copies[id] ?? 2)"
      }
      entryOfSection[index] = entries.count
      for name in [heading.id, TaskName.folded(heading.title), TaskName.folded(heading.label)] where byName[name] == nil
      {
        byName[name] = entries.count
      }
      entries.append(Entry(heading: heading, section: index, range: section.heading.range))
    }
  }

  /// The entry whose section holds a block.
  func entry(holding block: Int) -> Int? { plan.section(holding: block).flatMap { entryOfSection[$0] } }

  /// The id of the phase that a block stands in.
  func phase(holding block: Int) -> Located<String>? {
    entry(holding: block).map { Located(entries[$0].heading.id, entries[$0].range) }
  }

  /// The phase that a text names: by id, title, label (`Phase 1`) or number.
  func entry(named text: String) -> Int? {
    let name = TaskName(text)
    if let found = byName[name.folded] { return found }
    guard let number = name.number else { return HeadingSlug.of(text).flatMap { byName[$0] } }
    if let found = byName["phase-\(number)"], name.prefix.isEmpty || "phase".hasPrefix(name.prefix) { return found }
    return nil
  }

  func phase(named text: String) -> Located<String>? {
    entry(named: text).map { Located(entries[$0].heading.id, entries[$0].range) }
  }
}
