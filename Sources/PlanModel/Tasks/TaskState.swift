/// What the status that a person wrote beside a task means.
package enum TaskState: String, Hashable, Sendable, CaseIterable {
  case open
  case active
  case blocked
  case done
  /// Cancelled, replaced by another task, or put off.
  case dropped
}
