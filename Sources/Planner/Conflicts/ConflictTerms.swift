package import PlanModel
internal import SourceText

/// How conflicts with what is there already are settled.
package struct ConflictTerms: Sendable {
  package var claims = PathClaims()
  /// `--on-conflict`
  package var wish: OnConflict?
  /// `--yes`
  package var answersYes = false
  /// What was decided before in this run or at the terminal, by step.
  package var settled: [String: SettledConflict] = [:]
  /// `strategy: greenfield`: also what is there as desired must be the plan's.
  package var isGreenfield = false

  /// Whether the plan has a `strategy`, or the command line an answer: then what programs declare to make counts, too.
  package var coversPrograms = false

  package init() {}

  /// What is done about a conflict of a step, and who says so; nil: somebody must be asked.
  ///
  /// Who gives the command knows best, then who was asked, then the plan.
  package func choice(for step: Step) -> (choice: OnConflict, source: SettledConflict.Source)? {
    if let wish { return wish == .stop ? nil : (wish, .flag) }
    if let settled = settled[step.id.value] { return (settled.choice, settled.source) }
    if let choice = step.onConflict, choice != .stop { return (choice, .plan) }
    return answersYes ? (.overwrite, .yes) : nil
  }
}
