internal import PlanModel
internal import SourceText

/// A task as it was found, before what it depends on is known.
struct TaskDraft {
  var task: PlanTask
  /// What it can be called in other rows.
  var names: [TaskName]
  /// Tasks of one list have one number.
  var list: Int
  /// The cells or lines that say what it depends on.
  var needs: SourceRange?
  var softNeeds: SourceRange?
  /// What waits for it.
  var neededBy: SourceRange?
  /// The plan file that the row is about, as it is written.
  var path: Located<String>?

  init(_ task: PlanTask, list: Int) {
    self.task = task
    self.list = list
    names = TaskDraft.names(task.id.value)
  }

  /// Sets the phase, whose id may stand before the task's: `loader.T1`.
  mutating func put(in phase: Located<String>) {
    task.phase = phase
    names.append(TaskName(phase.value + "." + task.id.value))
  }

  /// The id, and for `10–15` each number in it.
  private static func names(_ id: String) -> [TaskName] {
    let whole = TaskName(id)
    let ends = whole.folded.split(separator: "-").map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first < last, last - first < 200 else {
      return [whole]
    }
    return [whole] + (first...last).map { TaskName(String($0)) }
  }
}
