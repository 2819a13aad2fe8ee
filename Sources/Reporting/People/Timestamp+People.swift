package import PlanModel

extension Timestamp {
  /// For people: `2026-08-30 12:03:44Z`.
  package static func absolute(_ milliseconds: Int64) -> String {
    "\(rfc3339(milliseconds).prefix(10)) \(timeOfDay(milliseconds))"
  }

  /// The time of day only, for the lines of a log: `12:03:44Z`.
  package static func timeOfDay(_ milliseconds: Int64) -> String {
    // The date and its T stand before it, the milliseconds behind it.
    "\(rfc3339(milliseconds).dropFirst(11).prefix(8))Z"
  }
}
