/// What is done about processes that a dead leg left running.
package enum OrphanPolicy: String, Hashable, Sendable, CaseIterable {
  /// Start nothing, and say what runs.
  case refuse
  /// Wait until they have ended by themselves.
  case wait
  /// End them: SIGTERM, and SIGKILL after the grace time.
  case kill
}
