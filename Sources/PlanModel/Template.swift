package import SourceText

/// A text with expressions in it: `out/${{ params.env }}.csv`.
package struct Template: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case literal(String)
    case expression(Expression)
  }

  package var segments: [Segment]
  /// The range of the scalar that holds the text.
  package var range: SourceRange

  package init(_ segments: [Segment], _ range: SourceRange) {
    self.segments = segments
    self.range = range
  }

  package init(literal: String, _ range: SourceRange = .fileStart) {
    self.init(literal.isEmpty ? [] : [.literal(literal)], range)
  }

  /// The text, if there is no expression in it.
  package var literal: String? {
    switch segments.count {
    case 0: return ""
    case 1:
      if case .literal(let text) = segments[0] { return text }
      return nil
    default: return nil
    }
  }

  /// The expression, if the text is exactly one: its value then keeps its type.
  package var soleExpression: Expression? {
    guard segments.count == 1, case .expression(let expression) = segments[0] else { return nil }
    return expression
  }

  package var expressions: [Expression] {
    segments.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }

  package var references: [Located<Reference>] { expressions.flatMap(\.references) }
}
