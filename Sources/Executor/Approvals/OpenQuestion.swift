internal import Journal
internal import PlanModel
internal import Planner

/// What a leg knows of a question to people; most nodes have none.
final class OpenQuestion {
  /// What they have said by now.
  var standing: ApprovalStanding
  /// Whether it stands in the journal that they are asked.
  var isAsked = false
  /// What was told already.
  var heard: Set<Int64> = []
  /// What is still to be told and recorded.
  var news: [Event] = []
  var unsaid: [JournalWrite] = []

  init(_ standing: ApprovalStanding) { self.standing = standing }

  var isRejected: Bool { if case .rejected = standing.answer { true } else { false } }
}
