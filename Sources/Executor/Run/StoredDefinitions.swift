package import Digest
package import Journal
internal import PlanModel
package import Planner

/// What the definitions of steps were, in the plans that a run has been executed with.
package struct StoredDefinitions {
  /// By id, one table a plan.
  private var plans: [[String: Value]] = []

  package init(run id: Int64, in journal: any JournalReading) throws(JournalError) {
    for digest in try StoredDefinitions.digests(of: id, journal) {
      guard let text = try journal.planText(digest), let plan = try? JSONReader.read(Array(text.utf8)),
        case .list(let steps)? = plan["steps"]
      else { continue }
      var table: [String: Value] = [:]
      table.reserveCapacity(steps.count)
      for step in steps {
        if case .string(let name)? = step["id"] { table[name] = step }
      }
      plans.append(table)
    }
  }

  /// The definition of a step that has this digest.
  package func definition(of id: String, digest: SHA256Digest) -> StepDefinition? {
    for plan in plans {
      guard let definition = plan[id].flatMap(DefinitionText.definition(ofStep:)), definition.digest == digest else {
        continue
      }
      return definition
    }
    return nil
  }

  /// The plans of a run: the present one, and those of the events that began its legs.
  private static func digests(
    of id: Int64, _ journal: any JournalReading
  ) throws(JournalError) -> Set<SHA256Digest> {
    var digests: Set<SHA256Digest> = []
    if let run = try journal.run(id) { digests.insert(run.planDigest) }
    var sequence: Int64 = 0
    while true {
      let events = try journal.events(run: id, after: sequence, limit: 1000)
      for event in events where event.event.kind == .runStarted {
        if case .string(let hex)? = event.event.payload.first(where: { $0.key == "plan_digest" })?.value,
          let digest = SHA256Digest(hex: hex)
        {
          digests.insert(digest)
        }
      }
      guard let last = events.last else { return digests }
      sequence = last.sequence
    }
  }
}
