/// Which column of a table holds which part of a task.
struct TaskColumns {
  var id: Int?
  var title: Int?
  var needs: Int?
  var softNeeds: Int?
  var neededBy: Int?
  var effort: Int?
  var status: Int?
  var owner: Int?
  var path: Int?
  var phase: Int?

  /// Nil if the table lists no tasks.
  init?(_ table: MarkdownTable) {
    let heads = table.header.cells.map { ColumnNames.normalized(CellText(table.source, $0).text) }
    func column(_ names: [String]) -> Int? {
      for name in names {
        if let index = heads.firstIndex(of: name) { return index }
      }
      return nil
    }
    needs = column(ColumnNames.needs)
    softNeeds = column(ColumnNames.softNeeds)
    neededBy = column(ColumnNames.neededBy)
    effort = column(ColumnNames.effort)
    status = column(ColumnNames.status)
    owner = column(ColumnNames.owner)
    path = column(ColumnNames.path)
    phase = column(["phase", "阶段"])
    id = column(ColumnNames.id)
    title = column(ColumnNames.title)
    // `Task | Title`: the first is the id then.
    if id == nil, let first = title, heads[first] != "title", let other = heads.firstIndex(of: "title") {
      id = first
      title = other
    }
    let subject = heads.indices.first { ColumnNames.subject.contains(heads[$0]) && $0 != needs }
    if id == nil { id = title == nil || subject ?? .max < title ?? 0 ? subject : title }
    if title == nil { title = subject }
    if phase == id || phase == title { phase = nil }
    let saysNeeds = needs != nil || neededBy != nil || softNeeds != nil
    if saysNeeds { if id == nil { return nil } } else { if !isTaskList(heads) { return nil } }
  }

  /// A table without dependencies lists tasks only if it says so: an id, a task, and one more part.
  private func isTaskList(_ heads: [String]) -> Bool {
    guard let id, let title, id != title, ColumnNames.id.contains(heads[id]) else { return false }
    let namesTask = ["task", "story", "story/task", "work item", "任务", "タスク", "작업"].contains(heads[title])
    return namesTask && (effort != nil || status != nil || owner != nil)
  }
}
