internal import Markdown
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// Reads the rows of the tables that list tasks.
struct TaskTableReader {
  private let plan: MarkdownPlan
  private let phases: PhaseOutline
  private let calendar: WorkCalendar
  private(set) var drafts: [TaskDraft] = []
  /// What tables say about the states of tasks that other tables list: `| ID | Status |`.
  private(set) var states: [(name: TaskName, status: String)] = []
  /// The tables that list tasks.
  private(set) var tables: [MarkdownTable] = []

  init(_ plan: MarkdownPlan, _ phases: PhaseOutline, _ calendar: WorkCalendar) {
    self.plan = plan
    self.phases = phases
    self.calendar = calendar
  }

  mutating func read() {
    for (index, block) in plan.markdown.blocks.enumerated() {
      guard case .table = block.kind, let table = MarkdownTable(plan.markdown, block: index) else { continue }
      if let columns = TaskColumns(table) {
        read(table, columns)
        tables.append(table)
      } else {
        readStates(table)
      }
    }
  }

  private mutating func read(_ table: MarkdownTable, _ columns: TaskColumns) {
    let phase = phases.phase(holding: table.block)
    let list = table.block
    for (number, row) in table.rows.enumerated() {
      guard row.cells.contains(where: { !$0.isEmpty }) else { continue }
      var draft = draft(table, columns, row, number: number + 1, list: list)
      if let phase = phase ?? columns.phase.flatMap({ phases.phase(named: table.text(row, $0)) }) {
        draft.put(in: phase)
      }
      drafts.append(draft)
    }
  }

  private func draft(
    _ table: MarkdownTable, _ columns: TaskColumns, _ row: MarkdownTable.Row, number: Int, list: Int
  ) -> TaskDraft {
    let idColumn = columns.id ?? 0
    let cell = table.cell(row, idColumn)
    let subject = CellText(table.source, cell)
    var id = subject.text
    var title = table.text(row, columns.title)
    var isWholeTitle = false
    if columns.id == columns.title || title.isEmpty {
      (id, title) = TaskTableReader.split(subject.text)
      isWholeTitle = id == subject.text
    }
    if DependencyCell.isNone(id) { id = String(number) }
    var task = PlanTask(id: Located(TaskTableReader.shown(id), cell.isEmpty ? row.range : cell), title: title)
    let effort = table.text(row, columns.effort)
    if !DependencyCell.isNone(effort) {
      task.estimate = EffortText.estimate(effort, calendar)
      if task.estimate == nil { task.effort = effort }
    }
    let status = table.text(row, columns.status)
    if !DependencyCell.isNone(status) || status.lowercased() == "no" {
      task.status = status
      task.state = TaskStatus.state(status)
    }
    let owner = table.text(row, columns.owner)
    if !DependencyCell.isNone(owner) { task.owner = owner }
    var draft = TaskDraft(task, list: list)
    // Rows are also called by their title, where they have no id of their own.
    if isWholeTitle || TaskName(id).number == nil { draft.names.append(TaskName(title)) }
    draft.needs = columns.needs.map { table.cell(row, $0) }
    draft.softNeeds = columns.softNeeds.map { table.cell(row, $0) }
    draft.neededBy = columns.neededBy.map { table.cell(row, $0) }
    if let column = columns.path, let path = PlanPath.read(table.source, table.cell(row, column)) { draft.path = path }
    return draft
  }

  /// One kind of dash in ranges: `10–15`.
  private static func shown(_ id: String) -> String {
    id.replacing("–", with: "-").replacing("—", with: "-").replacing("‑", with: "-")
  }

  /// `P0 harness` and `Phase 2: API` are an id and a title; anything else is both.
  private static func split(_ text: String) -> (id: String, title: String) {
    let words = text.split(separator: " ", maxSplits: 2)
    guard let first = words.first else { return (text, text) }
    let generic = ["phase", "step", "task", "milestone", "stage", "plan", "pr", "story", "sprint"]
    var count = 1
    if words.count > 1, generic.contains(first.lowercased()), words[1].contains(where: \.isNumber) { count = 2 }
    var id = words.prefix(count).joined(separator: " ")
    while let last = id.last, ":.)".contains(last) { id.removeLast() }
    guard TaskName(id).number != nil, id.utf8.count <= 24 else { return (text, text) }
    let rest = words.dropFirst(count).joined(separator: " ").drop { ":—–- ".contains($0) }
    return (id, rest.isEmpty ? text : String(rest))
  }

  /// `| ID | Status | Notes |` beside a table of tasks with the same ids.
  private mutating func readStates(_ table: MarkdownTable) {
    let heads = table.header.cells.map { ColumnNames.normalized(CellText(table.source, $0).text) }
    guard let id = heads.firstIndex(where: { ColumnNames.id.contains($0) || $0 == "task" }),
      let status = heads.firstIndex(where: { ColumnNames.status.contains($0) }), id != status
    else { return }
    for row in table.rows {
      let text = table.text(row, status)
      if !DependencyCell.isNone(text) { states.append((TaskName(table.text(row, id)), text)) }
    }
  }
}
