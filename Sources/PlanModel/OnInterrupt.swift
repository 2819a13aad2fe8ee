/// What is done with a step that was in flight when execplan died.
package enum OnInterrupt: String, Hashable, Sendable, CaseIterable {
  case ask, rerun, verify, reattach, fail
}
