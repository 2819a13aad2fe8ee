package import SourceText

/// A repair that keeps the meaning the author must have had: replacements of byte ranges.
package struct FixIt: Hashable, Sendable {
  package struct Replacement: Hashable, Sendable {
    package var range: SourceRange
    package var text: String

    package init(_ range: SourceRange, with text: String) {
      self.range = range
      self.text = text
    }
  }

  /// What the repair does, in the imperative: `quote the value`.
  package var message: String
  package var replacements: [Replacement]
  /// Whether `validate --fix` may apply it without asking.
  package var isSafe: Bool

  package init(_ message: String, _ replacements: [Replacement], isSafe: Bool = true) {
    self.message = message
    self.replacements = replacements
    self.isSafe = isSafe
  }
}
