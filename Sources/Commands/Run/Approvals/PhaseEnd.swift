internal import Executor
internal import PlanModel
internal import Reporting

/// The end of a phase, as an event tells it, for people.
struct PhaseEnd {
  let event: Event

  init(_ event: Event) { self.event = event }

  private func member(_ key: String) -> Value? { event.payload.first { $0.key == key }?.value }

  func line(_ style: Style) -> String {
    var parts: [String] = []
    if case .int(let steps)? = member("steps") { parts.append(PeopleText.count(Int(steps), "step")) }
    if case .list(let deliverables)? = member("deliverables") { parts += deliverables.map(PhaseEnd.text) }
    if case .string(let next)? = member("next") {
      parts.append("next: phase \(next)" + (member("next_waits") == .bool(true) ? ", once it is approved" : ""))
    }
    return ProgressLines.said(
      "phase \(member("phase")?.string ?? "")", "done: \(parts.joined(separator: "; "))", at: event.at, style: style)
  }

  /// `data/rows.csv 2c26b46b68ff`, or the name alone where no step recorded a file of it.
  private static func text(_ deliverable: Value) -> String {
    guard case .list(let files)? = deliverable["files"], !files.isEmpty else {
      return deliverable["name"]?.string ?? ""
    }
    return files.map { file in
      (file["path"]?.string ?? "") + (file["sha256"]?.string.map { " \($0.prefix(12))" } ?? "")
    }.joined(separator: ", ")
  }
}
