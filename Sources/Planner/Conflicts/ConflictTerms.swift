internal import Digest
package import PlanModel
internal import SourceText

/// How conflicts with what is there already are settled.
package struct ConflictTerms: Sendable {
  package var claims = PathClaims()
  /// `--on-conflict`
  package var wish: OnConflict?
  /// `--yes`
  package var answersYes = false
  /// What was decided before in this run, by step. It holds for the same conflict of the same definition only.
  package var settled: [String: SettledConflict] = [:]
  /// What somebody at the terminal answers now, by step.
  package var answers: [String: SettledConflict] = [:]
  /// Why what is at a path can't be kept when a step replaces it; nil: it can.
  package var loss: @Sendable (_ path: String, _ step: Step) -> String? = { _, _ in nil }
  /// `strategy: greenfield`: also what is there as desired must be the plan's.
  package var isGreenfield = false

  /// Whether the plan has a `strategy`, or the command line an answer: then what programs declare to make counts, too.
  package var coversPrograms = false

  package init() {}

  /// What is done about a conflict of a step, and who says so; nil: somebody must be asked.
  ///
  /// Who gives the command knows best, then who was asked, then the plan.
  ///
  /// - Parameters:
  ///   - detail: what is in the way, for people.
  ///   - definition: the digest of the step's definition.
  ///   - isForced: whether the step is done anew whatever was decided before.
  func choice(
    for step: Step, _ detail: String, definition: SHA256Digest, isForced: Bool
  ) -> (choice: OnConflict, source: SettledConflict.Source)? {
    if let wish { return wish == .stop ? nil : (wish, .flag) }
    if let answer = answers[step.id.value] { return (answer.choice, answer.source) }
    if !isForced, let before = settled[step.id.value], before.detail == detail, before.definition == definition {
      return (before.choice, before.source)
    }
    if let choice = step.onConflict, choice != .stop { return (choice, .plan) }
    return answersYes ? (.overwrite, .yes) : nil
  }
}
