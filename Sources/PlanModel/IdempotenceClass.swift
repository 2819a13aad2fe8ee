/// What repeating a step does: decides what happens in a new run, and to a step in doubt.
package enum IdempotenceClass: String, Hashable, Sendable, CaseIterable {
  /// Probes, and only changes what differs.
  case convergent
  /// `creates`, `unless`, or inputs and outputs say whether there is something to do.
  case guarded
  /// `idempotent: true`, the author's word; or a request whose method may be repeated.
  case declared
  /// Effect and token commit together.
  case transactional
  /// A person does it.
  case waits
  /// Nothing is known: repeating it may repeat its effect.
  case none
}
