package import Journal
internal import PlanGraph
internal import PlanModel
package import Planner

extension SavedPlan.Position {
  /// Where the record of a plan stands.
  package init(_ journal: any JournalReading, plan key: String) throws(JournalError) {
    let position = try journal.position(plan: key)
    self.init(
      journal: try journal.uuid(), run: position.run, checkpoint: position.checkpoint,
      state: SavedPlan.digest(ofState: try journal.state(plan: key)))
  }
}

extension SavedPlan.Choices {
  /// What `plan` was asked for.
  package init(_ options: ExecutionOptions, probes: Bool) {
    self.init()
    only = options.selection.only
    from = options.selection.from
    until = options.selection.until
    phases = options.selection.phases
    skip = options.selection.skip
    let names = options.named.isEmpty && options.rerunFrom.isEmpty ? Array(options.rerun) : options.named
    rerun = names.sorted()
    rerunFrom = options.rerunFrom
    isForced = options.force
    changed =
      switch options.changed {
      case .refuse: .refuse
      case .rerun: .rerun
      case .keep: .keep
      }
    self.probes = probes
    onConflict = options.onConflict
  }

  /// The options of the command line that make the same choices, for a message.
  package var words: String {
    var words: [String] = []
    for list in SavedPlan.Choices.lists {
      words += self[keyPath: list.path].map { "--\(list.option) \(CommandWords.word($0))" }
    }
    words += rerunFrom.map { "--rerun-from \(CommandWords.word($0))" }
    if isForced { words.append("--force") }
    if changed != .refuse { words.append("--\(changed.rawValue)-changed") }
    if let onConflict { words.append("--on-conflict \(onConflict.rawValue)") }
    if probes { words.append("--probe") }
    return words.joined(separator: " ")
  }
}

extension ExecutionOptions {
  /// Chooses what a saved plan chose.
  package mutating func choose(_ choices: SavedPlan.Choices) {
    selection.only = choices.only
    selection.from = choices.from
    selection.until = choices.until
    selection.phases = choices.phases
    selection.skip = choices.skip
    rerun = Set(choices.rerun)
    named = choices.rerun
    rerunFrom = choices.rerunFrom
    force = choices.isForced
    onConflict = choices.onConflict
    changed =
      switch choices.changed {
      case .refuse: .refuse
      case .rerun: .rerun
      case .keep: .keep
      }
  }
}
