internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// What taking back the latest run of a plan means: the steps in their order, and whether it may begin. It only reads.
package struct RollbackOpening: Sendable {
  package enum Decision: Sendable {
    case goOn
    case nothing(String)
    case refuse(Refusal)
  }

  package var decision: Decision
  package var run: Int64?
  package var title = ""
  /// In the order in which they are taken back.
  package var entries: [RollbackEntry] = []
  /// The undos as a plan of their own.
  var planned: PlannedPlan?
  var leg = RollbackLeg(goal: .everything, isContinued: false, agreement: "")
  var opening = Opening(
    decision: .start, position: RunPosition(), history: [:], state: [:], latest: nil, attempts: [:], unlaunched: [],
    doubtful: [:], notes: [])

  /// Puts something else in the place of secrets of the plan.
  package var masked: @Sendable ([UInt8]) -> [UInt8] = { $0 }

  /// The command that asks for the same again.
  package var again = ""
  /// Whether it is refused because of what somebody changed since.
  package var isHeldByChanges = false

  /// The digest of what it does.
  package var digest: String { planned?.digest.hex ?? "" }
}
