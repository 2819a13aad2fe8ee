internal import Diagnostics
internal import PlanModel
internal import SourceText

/// Turns what the rows say about dependencies into the ids of tasks.
struct DependencyResolver {
  /// More needs than people write, and as many as can be drawn: ranges over ranges would make their square.
  private static let limit = 200_000

  private let source: SourceFile
  private let index: TaskIndex
  private let names: [String]
  /// How bad it is when a dependency can't be read: worse if it decides about steps.
  private let severity: Severity
  /// For every row the rows that it needs, each once, with the place that says so.
  private(set) var needs: [[Located<Int>]]
  private(set) var softNeeds: [[Located<Int>]]
  /// What names no task, by row.
  private(set) var prose: [[String]]
  private var seen: [Set<Int>]
  private var softSeen: [Set<Int>]
  private var count = 0
  /// Each unknown name is held against all ids, so only some are.
  private var suggestions = 0

  init(_ source: SourceFile, _ drafts: [TaskDraft], _ groups: [TaskIndex.Group], severity: Severity) {
    self.source = source
    self.severity = severity
    index = TaskIndex(drafts, groups)
    names = drafts.map(\.task.id.value)
    needs = Array(repeating: [], count: drafts.count)
    softNeeds = needs
    prose = Array(repeating: [], count: drafts.count)
    seen = Array(repeating: [], count: drafts.count)
    softSeen = seen
  }

  mutating func resolve(_ drafts: [TaskDraft], into collector: inout DiagnosticCollector) {
    for (row, draft) in drafts.enumerated() {
      if let range = draft.needs { resolve(range, row, .needs, &collector) }
      if let range = draft.softNeeds { resolve(range, row, .soft, &collector) }
      if let range = draft.neededBy { resolve(range, row, .neededBy, &collector) }
    }
    cutCycles(&collector)
  }

  /// Leaves out the needs that close circles.
  private mutating func cutCycles(_ collector: inout DiagnosticCollector) {
    let closings = CycleCut.closings(needs.map { $0.map(\.value) })
    for (number, closing) in closings.enumerated() where number < 20 {
      let path = closing.path.map { $0.map { names[$0] } ?? "…" }.joined(separator: " -> ")
      collector.report(
        .taskCycle, needs[closing.node][closing.place].range, "these tasks wait for each other: \(path)",
        severity: severity, notes: ["remove one of these dependencies"])
    }
    for closing in closings.sorted(by: { ($0.node, $0.place) > ($1.node, $1.place) }) {
      needs[closing.node].remove(at: closing.place)
    }
  }

  private enum Direction { case needs, soft, neededBy }

  private mutating func resolve(
    _ range: SourceRange, _ row: Int, _ direction: Direction, _ collector: inout DiagnosticCollector
  ) {
    let cell = DependencyCell(source, range)
    // An id or a title may hold a comma itself.
    if cell.items.count > 1, case .task(let target)? = index.find(TaskName(cell.text), from: row) {
      add(target, row, range, direction, &collector)
      return
    }
    var word = ""
    for item in cell.items where count < Self.limit {
      if let targets = targets(item.text, row, word: word) {
        for target in targets where targets.count == 1 || target != row {
          add(target, row, item.range, direction, &collector)
        }
        // `Phases 0, 1`: the word counts for the numbers behind it.
        if let blank = item.text.firstIndex(of: " ") { word = String(item.text[..<blank]) }
      } else {
        prose[row].append(item.text)
        reportUnknown(item, &collector)
      }
    }
  }

  // MARK: What an item means

  /// Nil if it names no task.
  ///
  /// - Parameter word: `Milestones` for the `2` in `Milestones 0, 2`.
  private func targets(_ text: String, _ row: Int, word: String) -> [Int]? {
    let name = TaskName(text)
    if name.prefix.isEmpty, name.number != nil, !word.isEmpty {
      if let target = group(word, text, row) { return members(target) }
      if let range = range(word + " " + text, row) { return range }
    }
    if let target = index.find(name, from: row) { return members(target) }
    if let range = range(text, row) { return range }
    // `T1/T2`, and `P0 harness` where the id stands before a title.
    let parts = text.split(separator: "/", maxSplits: 8).map { index.find(TaskName(String($0)), from: row) }
    if parts.count > 1, !parts.contains(nil) { return parts.compactMap(\.self).flatMap(members) }
    let words = text.split(separator: " ", maxSplits: 2)
    guard words.count > 1 else { return nil }
    if words.count == 2, let target = group(String(words[0]), String(words[1]), row) { return members(target) }
    for count in [2, 1] where count < words.count {
      let start = TaskName(words.prefix(count).joined(separator: " "))
      guard start.number != nil, !start.prefix.isEmpty || start.folded.contains(".") else { continue }
      if let target = index.find(start, from: row) { return members(target) }
    }
    return nil
  }

  private func group(_ word: String, _ number: String, _ row: Int) -> TaskIndex.Target? {
    index.find(TaskName(word + " " + number), from: row)
      ?? (word.hasSuffix("s") ? index.find(TaskName(word.dropLast() + " " + number), from: row) : nil)
  }

  private func members(_ target: TaskIndex.Target) -> [Int] {
    switch target {
    case .task(let row): [row]
    case .group(let rows): rows
    }
  }

  /// `EP-1–EP-3`, `1–4`, `T1 to T4`, `Phase 0-2`: both ends and what stands between them.
  private func range(_ text: String, _ row: Int) -> [Int]? {
    guard text.utf8.count <= 80 else { return nil }
    for separator in ["–", "—", "..", " to ", " through ", " - ", "-", "~"] {
      for split in text.ranges(of: separator) {
        let first = String(text[..<split.lowerBound])
        let last = String(text[split.upperBound...])
        guard !first.isEmpty, !last.isEmpty, let rows = range(from: first, to: last, row) else { continue }
        return rows
      }
    }
    return nil
  }

  private func range(from first: String, to last: String, _ row: Int) -> [Int]? {
    let start = TaskName(first)
    let stop = TaskName(last)
    guard start.number != nil, let number = stop.number else { return nil }
    // The second end may leave the prefix out.
    guard let lower = group(first: start, text: first, row) else { return nil }
    let words = first.split(separator: " ")
    let upper: TaskIndex.Target?
    if !stop.prefix.isEmpty {
      upper = index.find(stop, from: row)
    } else if words.count == 2 {
      upper = group(String(words[0]), last, row)
    } else {
      upper = index.find(start.with(number: number), from: row)
    }
    guard let upper else { return nil }
    let low = members(lower)
    let high = members(upper)
    guard let least = (low + high).min(), let greatest = (low + high).max() else { return nil }
    return (least...greatest).filter { $0 != row }
  }

  private func group(first: TaskName, text: String, _ row: Int) -> TaskIndex.Target? {
    if let target = index.find(first, from: row) { return target }
    // `Phases 0-2`
    let words = text.split(separator: " ")
    guard words.count == 2 else { return nil }
    return group(String(words[0]), String(words[1]), row)
  }

  private mutating func add(
    _ target: Int, _ row: Int, _ range: SourceRange, _ direction: Direction, _ collector: inout DiagnosticCollector
  ) {
    guard count < Self.limit else { return }
    if target == row {
      collector.report(
        .taskNeedsItself, range, "the task \"\(names[row])\" depends on itself", severity: severity,
        notes: ["name another task, or none"])
      return
    }
    switch direction {
    case .needs: if seen[row].insert(target).inserted { needs[row].append(Located(target, range)) }
    case .soft: if softSeen[row].insert(target).inserted { softNeeds[row].append(Located(target, range)) }
    case .neededBy: if seen[target].insert(row).inserted { needs[target].append(Located(row, range)) }
    }
    count += 1
    if count == Self.limit {
      collector.report(
        .unknownTask, range, "the tasks of this file depend on more than \(Self.limit) others; the rest is not read",
        severity: severity, notes: ["name fewer tasks, or the phase that they belong to"])
    }
  }

  /// What looks like an id of this file and is none; other words are prose.
  private mutating func reportUnknown(_ item: DependencyCell.Item, _ collector: inout DiagnosticCollector) {
    let name = TaskName(item.text)
    guard name.looksLikeID, index.prefixes.contains(name.prefix) else { return }
    suggestions += 1
    let near = suggestions > 50 ? nil : NearestName.of(item.text, among: names)
    collector.report(
      .unknownTask, item.range, "no task of this file is called \"\(item.text)\"", severity: severity,
      notes: near.map { ["did you mean \"\($0)\"?"] } ?? ["name a task by its id, or write — for none"])
  }
}
