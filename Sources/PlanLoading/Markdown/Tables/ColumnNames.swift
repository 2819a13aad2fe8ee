/// The heads of columns that plans in public repositories use for the parts of a task.
///
/// They are compared in lower case, without marks, without what stands in parentheses, and with a blank
/// for `_` and `-`.
enum ColumnNames {
  /// The id, the surest names first.
  static let id = [
    "id", "task id", "ticket", "key", "#", "no", "no.", "nr", "nr.", "number", "ep", "编号", "番号", "번호", "序号",
  ]

  /// What is done, the surest names first.
  static let title = [
    "task", "title", "task name", "name", "story", "story/task", "work item", "workitem", "item", "deliverable",
    "description", "summary", "activity", "what", "任务", "标题", "作業", "タスク", "작업", "tarea",
  ]

  /// Columns that hold an id or a title where no other one does.
  static let subject = [
    "phase", "step", "milestone", "stage", "plan", "execplan", "workstream", "work stream", "epic", "slice", "order",
    "pr", "阶段", "步骤", "단계",
  ]

  static let needs = [
    "dependency", "dependencies", "depends", "depends on", "deps", "dep", "hard deps", "hard dependencies", "needs",
    "requires", "prerequisites", "prerequisite", "blocked by", "predecessor", "predecessors", "after", "依赖", "依存",
    "의존", "의존성", "dependencias",
  ]

  static let softNeeds = ["soft deps", "soft dependencies", "soft dependency", "soft depends on"]

  /// The other way round: what waits for this row.
  static let neededBy = [
    "blocks", "enables", "unblocks", "required by", "needed by", "successor", "successors", "blocking",
  ]

  static let effort = [
    "effort", "estimate", "estimated effort", "est", "est.", "duration", "time", "size", "complexity", "工作量", "工数",
    "预估", "예상", "estimación",
  ]

  static let status = ["status", "state", "progress", "done", "done?", "状态", "状態", "상태", "estado"]

  static let owner = ["owner", "assignee", "assigned to", "responsible", "who", "agent", "负责人", "担当", "담당"]

  static let path = ["path", "file", "plan path", "document"]

  /// The action of a step, in the tables that `show` writes.
  static let action = ["action"]

  /// The head of a column as it is compared.
  static func normalized(_ head: String) -> String {
    var text = ""
    var depth = 0
    for character in head.lowercased() {
      switch character {
      case "(", "（": depth += 1
      case ")", "）": depth = max(0, depth - 1)
      case "_", "-": if depth == 0 { text.append(" ") }
      default: if depth == 0 { text.append(character) }
      }
    }
    return text.split(separator: " ").joined(separator: " ")
  }
}
