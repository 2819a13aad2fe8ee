/// Why a text is not a duration, a size or an estimate.
package struct ScalarProblem: Error, Hashable, Sendable {
  /// Lower case, no full stop.
  package var message: String
  /// What to write instead, when that is known; put in place of the whole text.
  package var replacement: String?

  package init(_ message: String, replacement: String? = nil) {
    self.message = message
    self.replacement = replacement
  }
}
