internal import Diagnostics
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// The phases and components of a markdown plan with what it says about them.
struct PhaseList {
  private let plan: MarkdownPlan
  private let outline: PhaseOutline
  private let calendar: WorkCalendar
  private(set) var phases: [Phase] = []
  private(set) var stories: [TaskDraft] = []
  /// The phases by id, title and label.
  private var byName: [String: Int] = [:]

  init(_ plan: MarkdownPlan, _ outline: PhaseOutline, _ calendar: WorkCalendar) {
    self.plan = plan
    self.outline = outline
    self.calendar = calendar
  }

  /// - Parameter hasTasks: the ids of phases that tables list tasks of.
  mutating func read(hasTasks: Set<String>) {
    let isForm = plan.form != nil
    var waiting: [(phase: Int, dependencies: SourceRange)] = []
    for (index, sections) in sectionsByEntry().enumerated() {
      let entry = outline.entries[index]
      let isWanted = isForm || entry.heading.isComponent || hasTasks.contains(entry.heading.id)
      // Most milestones are prose, which need not be read.
      guard isWanted || PhaseContents.mayHoldStories(plan, sections: sections) else { continue }
      let contents = PhaseContents(plan, sections: sections)
      guard isWanted || !contents.stories.isEmpty else { continue }
      var phase = Phase(id: Located(entry.heading.id, entry.range))
      phase.title = entry.heading.title
      phase.isComponent = entry.heading.isComponent
      if phase.isComponent { phase.needs = [] }
      phase.objective = contents.objective
      phase.owner = contents.owner
      setEffort(entry.heading.schedule ?? contents.effort, of: &phase)
      phase.deliverables = contents.deliverables
      phase.criteria = contents.criteria
      if let dependencies = contents.dependencies { waiting.append((phases.count, dependencies)) }
      for story in contents.stories { stories.append(draft(story, phase)) }
      append(phase, label: entry.heading.label)
    }
    for (phase, dependencies) in waiting { setNeeds(of: phase, dependencies) }
  }

  /// The sections of every phase: its own, and those below it that belong to no other.
  private func sectionsByEntry() -> [[Int]] {
    var sections = [[Int]](repeating: [], count: outline.entries.count)
    for (index, section) in plan.sections.enumerated() {
      if let entry = outline.entry(holding: section.block) { sections[entry].append(index) }
    }
    return sections
  }

  private mutating func append(_ phase: Phase, label: String) {
    for name in [phase.id.value, phase.title ?? "", label] {
      let key = TaskName.folded(name)
      if byName[key] == nil { byName[key] = phases.count }
    }
    phases.append(phase)
  }

  private func setEffort(_ text: String?, of phase: inout Phase) {
    guard let text, !DependencyCell.isNone(text) else { return }
    phase.estimate = EffortText.estimate(text, calendar)
    if phase.estimate == nil { phase.effort = text }
  }

  private func draft(_ story: StoryLine, _ phase: Phase) -> TaskDraft {
    var task = PlanTask(id: Located(story.id, story.range), title: story.name)
    if let effort = story.effort {
      task.estimate = EffortText.estimate(effort, calendar)
      if task.estimate == nil { task.effort = effort }
    }
    var draft = TaskDraft(task, list: -1 - phase.id.range.lowerBound)
    draft.put(in: phase.id)
    return draft
  }

  /// What cannot be read as phases stays as text; a component without phases before it waits for none.
  private mutating func setNeeds(of phase: Int, _ dependencies: SourceRange) {
    let cell = DependencyCell(plan.source, dependencies)
    if cell.items.isEmpty {
      phases[phase].needs = []
      return
    }
    // A title may hold a comma or an "and" itself.
    if let found = find(cell.text), found != phase {
      phases[phase].needs = [Located(phases[found].id.value, dependencies)]
      return
    }
    var needs: [Located<String>] = []
    var isWhole = true
    var word = ""
    for item in cell.items {
      let name = TaskName(item.text)
      let found = find(item.text) ?? (name.prefix.isEmpty && !word.isEmpty ? find(word + " " + item.text) : nil)
      if let found, found != phase {
        if !needs.contains(where: { $0.value == phases[found].id.value }) {
          needs.append(Located(phases[found].id.value, item.range))
        }
        if let blank = item.text.firstIndex(of: " ") { word = String(item.text[..<blank]) }
      } else {
        isWhole = false
      }
    }
    if !needs.isEmpty { phases[phase].needs = needs }
    if !isWhole { phases[phase].dependencies = cell.text }
  }

  /// Leaves out what phases need, where that makes a circle with the order in which they are listed.
  mutating func cutCycles(_ collector: inout DiagnosticCollector) {
    var places: [String: Int] = [:]
    for (index, phase) in phases.enumerated() { places[phase.id.value] = index }
    let needs = phases.enumerated().map { index, phase in
      phase.needs.map { $0.compactMap { places[$0.value] } } ?? (index > 0 ? [index - 1] : [])
    }
    for closing in CycleCut.closings(needs).sorted(by: { ($0.node, $0.place) > ($1.node, $1.place) }) {
      guard let need = phases[closing.node].needs?.remove(at: closing.place) else {
        phases[closing.node].needs = []
        continue
      }
      let path = closing.path.map { $0.map { phases[$0].title ?? phases[$0].id.value } ?? "…" }
      collector.report(
        .taskCycle, need.range, "these wait for each other: \(path.joined(separator: " -> "))",
        notes: ["remove one of these dependencies"])
    }
  }

  private func find(_ text: String) -> Int? {
    let name = TaskName(text)
    if let found = byName[name.folded] { return found }
    if text.hasPrefix("Phases ") || text.hasPrefix("Milestones ") {
      return byName[name.folded.replacing("s ", with: " ", maxReplacements: 1)]
    }
    return name.prefix == "p" ? name.number.flatMap { byName["phase \($0)"] } : nil
  }

  // MARK: The older forms

  /// The rows of `Phase | Duration | Key Deliverables`: details of phases with headings, or phases of their own, which
  /// stand before those: the table is the order of the work.
  mutating func add(_ rows: [NotesReader.PhaseRow]) {
    var added: [(phase: Phase, label: String)] = []
    var ids = Set(phases.map(\.id.value))
    for row in rows {
      let heading = PhaseLabel(row.name.value)
      if let found = find(row.name.value) ?? heading.flatMap({ find($0.label) ?? find($0.title) }) {
        if phases[found].estimate == nil { setEffort(row.duration, of: &phases[found]) }
        if phases[found].deliverables.isEmpty { phases[found].deliverables = row.deliverables }
        continue
      }
      let id = heading?.id ?? HeadingSlug.of(row.name.value) ?? "phase-\(phases.count + added.count + 1)"
      guard ids.insert(id).inserted else { continue }
      var phase = Phase(id: Located(id, row.name.range))
      phase.title = heading?.title ?? row.name.value
      setEffort(row.duration, of: &phase)
      phase.deliverables = row.deliverables
      added.append((phase, heading?.label ?? ""))
    }
    if added.isEmpty { return }
    let before = phases
    phases = []
    byName = byName.mapValues { $0 + added.count }
    for (phase, label) in added { append(phase, label: label) }
    phases += before
  }

  /// `before Serving`, `after Phase 2`, `end of Testing`.
  func place(_ timing: String) -> PlanNotes.QualityGate.Place? {
    let words = timing.split(separator: " ").map(String.init)
    for (index, word) in words.enumerated() {
      let isBefore = ["before", "start", "pre"].contains(word.lowercased())
      guard isBefore || ["after", "end"].contains(word.lowercased()) else { continue }
      var rest = words[(index + 1)...]
      while let first = rest.first, ["of", "the", "each"].contains(first.lowercased()) { rest.removeFirst() }
      guard let found = find(rest.joined(separator: " ")) else { continue }
      let id = phases[found].id.value
      return isBefore ? .before(phase: id) : .after(phase: id)
    }
    return nil
  }
}
