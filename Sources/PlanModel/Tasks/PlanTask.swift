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

  /// The id of the step that `tasks: manual` makes of it.
  package var stepID: String { PlanTask.stepID(id.value) }

  /// An id of a step: what it may not hold becomes a dash.
  package static func stepID(_ id: String) -> String {
    var result: [UInt8] = []
    for byte in id.utf8 {
      let isLetter = (0x61...0x7A).contains(byte | 0x20)
      let isKept = isLetter || (0x30...0x39).contains(byte) || "_.-".utf8.contains(byte)
      result.append(isKept ? byte : UInt8(ascii: "-"))
    }
    if let first = result.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") {
      return String(decoding: result, as: UTF8.self)
    }
    return "task-" + String(decoding: result, as: UTF8.self)
  }

  /// The id without the phase that was put before it.
  package var localID: String {
    guard let phase = phase?.value, id.value.hasPrefix(phase + ".") else { return id.value }
    return String(id.value.dropFirst(phase.count + 1))
  }
}
