/// SQL in which every expression is a bound parameter, never part of the text.
package struct SQLText: Hashable, Sendable {
  /// The text with `?1`, `?2`, … where the author wrote `${{ … }}`; for PostgreSQL with `$1`, `$2`, ….
  package var text: String
  /// The expressions for them, in order.
  package var bindings: [Expression]
  /// The text as the author wrote it.
  package var template: Template

  package init(text: String, bindings: [Expression], template: Template) {
    self.text = text
    self.bindings = bindings
    self.template = template
  }
}
