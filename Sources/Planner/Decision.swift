/// What the planner says about a step.
package enum Decision: String, Hashable, Sendable, CaseIterable {
  case run, skip, wait, blocked
  case inDoubt = "in_doubt"
  /// Depends on a value or file that another step will produce.
  case unknown
  /// It would make what is there already, and is not the plan's.
  case conflict
}
