package import SourceText

/// A declared path or glob, relative to the project root: `data/**/*.csv`, `src/{a,b}.txt`, `!dist/tmp/**`.
///
/// Expressions in it are static (`params`, `env`, `plan`) and already put in.
package struct PathPattern: Hashable, Sendable {
  /// Without a leading `!`.
  package var text: String
  /// `!pattern` takes away what patterns before it have matched.
  package var isNegated: Bool
  package var range: SourceRange

  package init(_ text: String, isNegated: Bool = false, _ range: SourceRange = .fileStart) {
    self.text = text
    self.isNegated = isNegated
    self.range = range
  }

  /// Whether it names one path and matches nothing else.
  package var isLiteral: Bool {
    !text.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{")
    }
  }

  /// Whether an expression stands in it whose value is not known: an item that a run has still to find, or a parameter
  /// that has no value yet.
  package var isOpen: Bool { text.contains("${{") }
}
