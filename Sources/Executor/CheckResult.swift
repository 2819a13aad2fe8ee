package import PlanModel

/// What one check found.
package struct CheckResult: Hashable, Sendable {
  package var title: String
  package var severity: Check.Severity
  /// Nil: it holds. Else what was looked for and what was found.
  package var failure: String?

  package init(title: String, severity: Check.Severity, failure: String?) {
    self.title = title
    self.severity = severity
    self.failure = failure
  }
}
