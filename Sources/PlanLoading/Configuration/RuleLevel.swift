package import Diagnostics

/// What a configuration makes of the findings of a rule.
package enum RuleLevel: String, Hashable, Sendable, CaseIterable {
  case off, info, warning, error

  /// Nil: the findings are left out.
  package var severity: Severity? { Severity(rawValue: rawValue) }
}
