package import Digest

/// What a person said to a question of a plan: a record, not a proof of who they are.
package struct ApprovalRecord: Hashable, Sendable {
  package enum Decision: String, Hashable, Sendable {
    case approved, rejected
  }

  /// 0 until it is recorded.
  package var id: Int64 = 0
  /// The plan's key.
  package var plan: String
  /// The id of the node that asks.
  package var step: String
  package var decision: Decision
  /// Of what was approved.
  package var digest: SHA256Digest
  /// By their own word.
  package var by: String
  /// What the system knows.
  package var user: String?
  package var host: String
  /// Of git.
  package var email: String?
  package var note: String?
  /// Milliseconds since 1970.
  package var at: Int64
  package var expiresAt: Int64?
  /// When somebody first saw that it had expired: it counts no more, whatever the clock says later.
  package var expiredAt: Int64?
  /// Whether it counts for every run.
  package var isStanding = false
  /// The run that it counts for; nil: the next new one, or every one.
  package var run: Int64?

  package init(
    plan: String, step: String, decision: Decision, digest: SHA256Digest, by: String, host: String, at: Int64
  ) {
    self.plan = plan
    self.step = step
    self.decision = decision
    self.digest = digest
    self.by = by
    self.host = host
    self.at = at
  }

  /// Whether it counts for a run.
  package func counts(for run: Int64?) -> Bool { isStanding || self.run == run }
}
