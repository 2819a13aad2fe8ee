internal import Journal
internal import PlanModel
internal import Planner

/// What a leg knows of a question to people; most nodes have none.
final class OpenQuestion {
  /// What they have said by now.
  var standing = ApprovalStanding(.open(""))
  /// What it is about, once somebody has said something.
  var topic: ApprovalTopic?
  /// The files that it is about, as they were when `standing` was found; nil: they could not be read.
  var files: [ApprovalSubject.Part]?
  /// How long the last look took.
  var lookTime = Duration.zero
  /// Whether it stands in the journal that they are asked.
  var isAsked = false
  /// What was told already, and whether it was void then.
  var heard: [Int64: Bool] = [:]
  /// What is still to be told and recorded.
  var news: [Event] = []
  var unsaid: [JournalWrite] = []

  var isRejected: Bool { if case .rejected = standing.answer { true } else { false } }
}
