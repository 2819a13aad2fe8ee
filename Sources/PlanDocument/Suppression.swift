package import SourceText

/// One rule that a comment `# execplan:ignore EP401 reason` switches off for a line or a file.
package struct Suppression: Sendable {
  /// A code or the name of a rule, as it is written.
  package let rule: String
  /// Where the code or name stands.
  package let range: SourceRange
  /// The text after the codes; empty if there is none.
  package let reason: String
  package let scope: Scope

  package enum Scope: Hashable, Sendable {
    /// The comment stands before the first key.
    case file
    /// The lines from the one that the comment is for to the end of the text block that begins there,
    /// as indices from 0.
    case lines(ClosedRange<Int>)
  }
}
