/// A question to people; the run waits for `execplan approve`.
package struct ApproveAction: Hashable, Sendable {
  /// What is asked.
  package var message: Template
  /// Who may answer; empty: anybody.
  package var approvers: [String]
  /// How long an approval may be used once it was given.
  package var expires: Duration?
  /// How many people must agree.
  package var quorum: Int

  package init(message: Template, approvers: [String] = [], expires: Duration? = nil, quorum: Int = 1) {
    self.message = message
    self.approvers = approvers
    self.expires = expires
    self.quorum = quorum
  }
}
