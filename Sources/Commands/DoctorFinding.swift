/// One line of what `doctor` found.
package struct DoctorFinding: Hashable, Sendable {
  package enum Status: String, Sendable, CaseIterable {
    case ok, warn, fail
  }

  package let status: Status
  /// What was looked at: `git`.
  package let subject: String
  /// What is there: a path, a version.
  package let detail: String
  /// What to do, if it is not ok.
  package let advice: String?

  package init(_ status: Status, _ subject: String, _ detail: String, advice: String? = nil) {
    self.status = status
    self.subject = subject
    self.detail = detail
    self.advice = advice
  }
}
