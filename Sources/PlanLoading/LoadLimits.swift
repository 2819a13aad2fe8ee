/// Bounds on what a plan file may hold, so that a hostile one is refused rather than suffered.
package enum LoadLimits {
  package static let steps = 200_000
  /// Of one `foreach`.
  package static let items = 100_000
}
