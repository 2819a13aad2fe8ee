/// A piece of a help page, before it is laid out for a terminal or a manual page.
package enum HelpBlock: Hashable, Sendable {
  case heading(String)
  /// Wrapped to the width of the page.
  case paragraph(String)
  /// Terms with what they mean, in two columns.
  case definitions([Definition])
  /// Lines that stay as they are.
  case literal([String])

  /// One row of a two-column list.
  package struct Definition: Hashable, Sendable {
    package let term: String
    package let meaning: String

    package init(_ term: String, _ meaning: String) {
      self.term = term
      self.meaning = meaning
    }
  }
}
