package import Digest

/// One execution of a plan; resuming continues the same run.
package struct Run: Hashable, Sendable {
  package var id: Int64
  /// The plan's key.
  package var plan: String
  /// Where the plan's file was, relative to the project root.
  package var path: String
  package var state: RunState
  /// Milliseconds since 1970, UTC.
  package var startedAt: Int64
  package var finishedAt: Int64?
  package var params: [Value.Entry]
  package var profile: String?
  /// The digest of the canonical plan that the run executes.
  package var planDigest: SHA256Digest
  /// The finished run of which it repeats a part (`--rerun-from`); what stands before that part is taken from there.
  package var rerunOf: Int64?
  /// By the order in which they were settled.
  package var conflicts: [SettledConflict]

  package init(
    id: Int64, plan: String, path: String, state: RunState, startedAt: Int64, finishedAt: Int64? = nil,
    params: [Value.Entry] = [], profile: String? = nil, planDigest: SHA256Digest,
    rerunOf: Int64? = nil, conflicts: [SettledConflict] = []
  ) {
    self.id = id
    self.plan = plan
    self.path = path
    self.state = state
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.params = params
    self.profile = profile
    self.planDigest = planDigest
    self.rerunOf = rerunOf
    self.conflicts = conflicts
  }
}
