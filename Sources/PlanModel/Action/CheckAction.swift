/// Checks that must hold for the step to succeed.
package struct CheckAction: Hashable, Sendable {
  package var checks: [Check]

  package init(checks: [Check]) {
    self.checks = checks
  }
}
