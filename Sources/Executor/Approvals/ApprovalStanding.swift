package import Digest
package import Journal
package import Planner

/// What people have said to one question by now, and what it comes to.
package struct ApprovalStanding: Sendable {
  package var answer: ApprovalAnswer
  /// The approvals that count, a person each.
  package var counted: [ApprovalRecord] = []
  package var rejection: ApprovalRecord?
  /// What was said and counts no more, with why.
  package var void: [(record: ApprovalRecord, why: String)] = []
  /// Approvals of which it is seen for the first time that they have expired.
  package var expired: [Int64] = []
  /// Of what people are asked about now; nil: the files of it can't be read.
  package var digest: SHA256Digest?

  /// The last thing that was said when it was made.
  var last: Int64?

  package init(_ answer: ApprovalAnswer) { self.answer = answer }

  /// Whether it may come to something else by itself.
  var mayExpire: Bool { counted.contains { $0.expiresAt != nil } }

  /// Everything that was said about what is asked, by its time.
  var heard: [ApprovalRecord] {
    (counted + (rejection.map { [$0] } ?? []) + void.map(\.record)).sorted { $0.id < $1.id }
  }
}
