package import PlanModel

/// What one check found.
package struct CheckResult: Hashable, Sendable {
  package var title: String
  package var severity: Check.Severity
  /// Nil: it holds. Else what was looked for and what was found.
  package var failure: String?
  /// What a check of rows counted; nil for others.
  package var rows: Rows?

  /// Rows of a table, good and bad.
  package struct Rows: Hashable, Sendable {
    package var bad: Int
    package var lookedAt: Int
    /// Some of the bad ones, a line each, bounded in number and length.
    package var samples: [String]

    package init(bad: Int, lookedAt: Int, samples: [String]) {
      self.bad = bad
      self.lookedAt = lookedAt
      self.samples = samples
    }
  }

  package init(title: String, severity: Check.Severity, failure: String?, rows: Rows? = nil) {
    self.title = title
    self.severity = severity
    self.failure = failure
    self.rows = rows
  }
}
