internal import PlanModel

/// What a person said where a plan asks, for those who look at it later.
package struct ReportedApproval: Hashable, Sendable {
  /// The step that asks.
  package var step: String
  /// `approved` or `rejected`.
  package var decision: String
  /// By their own word.
  package var by: String
  /// What the system and git know.
  package var user: String?
  package var host: String
  package var email: String?
  package var note: String?
  /// Milliseconds since 1970, UTC; as all times.
  package var at: Int64
  package var expiresAt: Int64?
  /// When it was first seen that it had expired.
  package var expiredAt: Int64?
  /// Whether it counts for every run.
  package var isStanding: Bool
  /// Of what was approved, hexadecimal.
  package var digest: String

  package init(
    step: String, decision: String, by: String, user: String?, host: String, email: String?, note: String?, at: Int64,
    expiresAt: Int64?, expiredAt: Int64?, isStanding: Bool, digest: String
  ) {
    self.step = step
    self.decision = decision
    self.by = by
    self.user = user
    self.host = host
    self.email = email
    self.note = note
    self.at = at
    self.expiresAt = expiresAt
    self.expiredAt = expiredAt
    self.isStanding = isStanding
    self.digest = digest
  }

  /// `ana (root@build1, ana@example.org)`
  var person: String {
    let account = user.map { "\($0)@\(host)" } ?? host
    return "\(by) (\([account, email].compactMap(\.self).joined(separator: ", ")))"
  }

  /// What else is to be said of it.
  var remarks: [String] {
    var remarks = note.map { [$0] } ?? []
    if isStanding { remarks.append("for every run") }
    if let expiredAt {
      remarks.append("expired, seen at \(Timestamp.absolute(expiredAt))")
    } else if let expiresAt {
      remarks.append("until \(Timestamp.absolute(expiresAt))")
    }
    return remarks
  }

  func write(to json: inout JSONText) {
    json.object { json in
      json.member("step_id", step)
      json.member("decision", decision)
      json.member("by", by)
      json.member("user", user)
      json.member("host", host)
      json.member("email", email)
      json.member("note", note)
      json.member("at", time: at)
      json.member("expires_at", time: expiresAt)
      json.member("expired_at", time: expiredAt)
      json.member("standing", isStanding)
      json.member("digest", digest)
    }
  }
}
