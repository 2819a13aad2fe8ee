package import PlanModel
package import SourceText

/// A template together with where each `${{ … }}` of it stands, marks included.
package struct ParsedTemplate: Sendable {
  package var template: Template
  /// One a expression, in order.
  package var placeholders: [SourceRange]

  package init(template: Template, placeholders: [SourceRange]) {
    self.template = template
    self.placeholders = placeholders
  }
}
