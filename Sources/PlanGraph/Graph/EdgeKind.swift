/// Why one node comes before another.
package enum EdgeKind: String, Hashable, Sendable, CaseIterable {
  /// Declared in `needs`.
  case needs
  /// An output of one is an input of the other.
  case file
  /// `order: listed`.
  case order
  /// Phases run in listed order, each with its gate at its end.
  case phase
  /// A gate waits for all steps that are none.
  case gate
  /// A step at the end of a called plan comes after its other steps, whatever they came to.
  case end
  /// People are asked before.
  case approval
}
