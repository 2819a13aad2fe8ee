internal import PlanModel

/// Bounds on what a plan file may hold, so that a hostile one is refused rather than suffered.
package enum LoadLimits {
  package static let steps = Plan.stepLimit
  /// Bytes of a plan that another one calls.
  package static let calledPlan = 16 << 20
  /// Of one `foreach`.
  package static let items = 100_000
}
