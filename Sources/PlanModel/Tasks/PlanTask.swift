package import SourceText

/// A piece of work that a plan lists and that this program does not carry out: a row of a task table.
///
/// It is shown, estimated and drawn like a step. Only `tasks: manual` makes steps of a plan's tasks.
package struct PlanTask: Hashable, Sendable {
  /// As it is written, apart from marks; where several tables use one id, the id of the phase stands before it.
  package var id: Located<String>
  package var title: String
  /// The ids of tasks that must be done before, each once.
  package var needs: [Located<String>] = []
  /// The ids of tasks that had better be done before.
  package var softNeeds: [Located<String>] = []
  /// What the plan says about dependencies that name no task, as text.
  package var otherNeeds: String?
  package var estimate: Estimate?
  /// The effort as it is written, where it is no working time: `M`, `5 points`.
  package var effort: String?
  /// As it is written; nil if the table says nothing.
  package var status: String?
  package var state: TaskState = .open
  package var owner: String?
  /// The id of the phase or component that it is listed under.
  package var phase: Located<String>?

  package init(id: Located<String>, title: String) {
    self.id = id
    self.title = title
  }

  /// The id without the phase that was put before it.
  package var localID: String {
    guard let phase = phase?.value, id.value.hasPrefix(phase + ".") else { return id.value }
    return String(id.value.dropFirst(phase.count + 1))
  }
}
