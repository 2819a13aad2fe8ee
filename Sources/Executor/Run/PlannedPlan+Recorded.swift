package import Journal
package import PlanModel
package import Planner

/// The items that runs have found, from their record.
extension PlannedPlan {
  /// The plan with the items that a run has found.
  package func finding(itemsOf run: Run?, in journal: any JournalReading) throws(JournalError) -> PlannedPlan {
    guard let run, !templates.isEmpty else { return self }
    var items: [String: [ForeachItem]] = [:]
    for (template, _) in templates {
      let id = nodes[template].id
      guard let checkpoint = try journal.checkpoint(of: id, run: run.id) else { continue }
      items[id] = ForeachItem.recorded(in: checkpoint.values)
    }
    return finding(items)
  }

  /// The plan with the items of the run that `apply` would go on with.
  ///
  /// - Parameter repeats: whether a finished run is repeated from a step on (`--rerun-from`): then it is that one.
  package func finding(knownIn journal: any JournalReading, repeats: Bool) throws(JournalError) -> PlannedPlan {
    if templates.isEmpty { return self }
    var run = try journal.unfinishedRun(plan: plan.key)
    if run == nil, repeats, let latest = try journal.latestRun(plan: plan.key), latest.state == .succeeded {
      run = latest
    }
    return try finding(itemsOf: run, in: journal)
  }
}
