/// Shell text in which no expression is ever parsed as shell source.
///
/// The loader has replaced each expression by a reference to an environment variable, quoted as its
/// place in the text needs it; the variables travel beside the text.
package struct ShellScript: Hashable, Sendable {
  /// The text with `"${EXECPLAN_X1}"` where the author wrote `${{ … }}`.
  package var text: String
  /// `EXECPLAN_X1`, `EXECPLAN_X2`, … in order.
  package var bindings: [Expression]
  /// The text as the author wrote it, for people and digests.
  package var template: Template

  package init(text: String, bindings: [Expression], template: Template) {
    self.text = text
    self.bindings = bindings
    self.template = template
  }

  package static func variable(_ index: Int) -> String { "EXECPLAN_X\(index + 1)" }
}
