package import Digest
package import Journal
internal import PlanModel
package import Planner

/// Finds what a step's definition was, among the plans that a run has been executed with.
package enum StoredDefinition {
  package static func find(
    _ id: String, digest: SHA256Digest, run: Int64, in journal: any JournalReading
  ) throws(JournalError) -> StepDefinition? {
    var digests: [SHA256Digest] = []
    if let run = try journal.run(run) { digests.append(run.planDigest) }
    var sequence: Int64 = 0
    while true {
      let events = try journal.events(run: run, after: sequence, limit: 1000)
      for event in events where event.event.kind == .runStarted {
        if case .string(let hex)? = event.event.payload.first(where: { $0.key == "plan_digest" })?.value,
          let digest = SHA256Digest(hex: hex)
        {
          digests.append(digest)
        }
      }
      guard let last = events.last else { break }
      sequence = last.sequence
    }
    for plan in digests.reversed() {
      guard let text = try journal.planText(plan), let value = try? JSONReader.read(Array(text.utf8)),
        let definition = DefinitionText.definition(of: id, in: value), definition.digest == digest
      else { continue }
      return definition
    }
    return nil
  }

  /// Whether the plan that a run was executed with has steps under `finally`.
  static func hasFinally(_ run: Run, in journal: any JournalReading) throws(JournalError) -> Bool {
    guard let text = try journal.planText(run.planDigest), let value = try? JSONReader.read(Array(text.utf8)),
      case .list(let steps)? = value["steps"]
    else { return false }
    return steps.contains { $0["finally"] == .bool(true) }
  }
}
