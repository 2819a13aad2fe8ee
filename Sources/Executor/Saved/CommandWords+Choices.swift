package import PlanModel
package import Planner

/// Commands that ask for the same steps, parameters and answers as this invocation.
extension CommandWords {
  package func plan(_ choices: SavedPlan.Choices) -> String { joined(["plan \(plan)", parameters, choices.words]) }

  package func apply(_ choices: SavedPlan.Choices, _ mode: ExecutionOptions.Mode = .plain) -> String {
    let how =
      switch mode {
      case .plain: ""
      case .resume: "--resume"
      case .fresh: "--fresh"
      }
    return joined(["apply \(plan)", how, parameters, choices.words])
  }

  /// With an answer to what is there already in place of the one that was given.
  package func apply(
    _ choices: SavedPlan.Choices, _ mode: ExecutionOptions.Mode = .plain, answering answer: OnConflict
  ) -> String {
    var choices = choices
    choices.onConflict = answer
    return apply(choices, mode)
  }

  private func joined(_ words: [String]) -> String { words.filter { !$0.isEmpty }.joined(separator: " ") }
}
