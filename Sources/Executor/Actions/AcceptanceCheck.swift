internal import PlanModel
internal import Planner
internal import SourceText

/// Looks whether what a `manual` or `agent` step must show is there, the same way for a person's word and for the end of
/// an agent's program.
struct AcceptanceCheck {
  let acceptance: Acceptance
  let context: StepContext

  init(_ acceptance: Acceptance, _ context: StepContext) {
    self.acceptance = acceptance
    self.context = context
  }

  /// The criteria in words, by their numbers from 1.
  func criteria() throws(EvaluationError) -> [(number: Int, text: String)] {
    var all: [(number: Int, text: String)] = []
    for (index, criterion) in acceptance.criteria.enumerated() {
      switch criterion {
      case .text(let template): all.append((index + 1, try template.renderText(in: context.scope)))
      case .check(let check): all.append((index + 1, check.title ?? CheckEvaluator.title(of: check)))
      }
    }
    return all
  }

  /// The patterns of artifacts that match nothing, those of hand-offs included, a line each.
  func missingArtifacts() throws(FileProbeError) -> [String] {
    var patterns = acceptance.artifacts
    if case .agent(let agent) = context.step.action {
      for path in agent.handoff.flatMap({ $0.artifacts ?? [] })
      where !patterns.contains(where: { $0.text == path.text }) {
        patterns.append(path)
      }
    }
    var missing: [String] = []
    for pattern in patterns where !pattern.isNegated {
      if try context.site.files.matches([pattern]).isEmpty { missing.append("nothing matches \"\(pattern.text)\"") }
    }
    return missing
  }

  /// The criteria that do not hold, a line each.
  ///
  /// - Parameters:
  ///   - met: the numbers of texts that a person confirms; nil: all.
  ///   - scratch: where scripts of checks may be written.
  ///   - isTimed: whether the timer of an attempt covers the checks.
  func unmet(met: Set<Int>?, scratch: String, isTimed: Bool) throws(EvaluationError) -> [String] {
    var details: [String] = []
    let evaluator = CheckEvaluator(context: context, scratch: scratch, isTimed: isTimed)
    for (index, criterion) in acceptance.criteria.enumerated() {
      switch criterion {
      case .text(let template):
        if let met, !met.contains(index + 1) {
          details.append("\(index + 1). not confirmed: \(try template.renderText(in: context.scope))")
        }
      case .check(let check):
        if let failure = CheckEvaluator.failure(in: evaluator.evaluate([check])) {
          details.append("\(index + 1). \(failure)")
        }
      }
    }
    return details.map { context.site.secrets.masked($0) }
  }

  /// The values that must be given and are not there.
  func missingValues(among given: [Value.Entry]) -> [Acceptance.Value] {
    acceptance.values.filter { wanted in !given.contains { $0.key == wanted.name.value } }
  }

  /// The command, without the program's name, that says that the work is done and goes on.
  static func command(plan: String, step: String, hasTexts: Bool, values: [String]) -> String {
    var words = "checkpoint \(plan) \(CommandWords.word(step))"
    if hasTexts { words += " --met all" }
    for value in values { words += " --value \(value)" }
    return words + " --continue"
  }

  /// What stands for the values in that command: `ticket=STRING`.
  static func valueWords(_ acceptance: Acceptance) -> [String] {
    acceptance.values.map { "\($0.name.value)=\($0.kind.rawValue.uppercased())" }
  }
}
