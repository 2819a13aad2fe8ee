package import SourceText

/// A text with expressions in it: `out/${{ params.env }}.csv`.
package struct Template: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case literal(String)
    case expression(Expression)
  }

  /// Most texts hold no expression, and those need no array.
  private enum Content: Hashable, Sendable {
    case literal(String)
    /// What is not one literal.
    case mixed([Segment])
  }

  private let content: Content
  /// The range of the scalar that holds the text.
  package var range: SourceRange

  package init(_ segments: [Segment], _ range: SourceRange) {
    if segments.isEmpty {
      content = .literal("")
    } else if segments.count == 1, case .literal(let text) = segments[0] {
      content = .literal(text)
    } else {
      content = .mixed(segments)
    }
    self.range = range
  }

  package init(literal: String, _ range: SourceRange = .fileStart) {
    content = .literal(literal)
    self.range = range
  }

  package var segments: [Segment] {
    switch content {
    case .literal(let text): text.isEmpty ? [] : [.literal(text)]
    case .mixed(let segments): segments
    }
  }

  /// The text, if there is no expression in it.
  package var literal: String? {
    if case .literal(let text) = content { text } else { nil }
  }

  /// The expression, if the text is exactly one: its value then keeps its type.
  package var soleExpression: Expression? {
    guard case .mixed(let segments) = content, segments.count == 1, case .expression(let expression) = segments[0]
    else { return nil }
    return expression
  }

  /// For people, where values are not known: an expression is shown as `…`.
  package var readable: String {
    segments.map { segment in
      if case .literal(let text) = segment { return text }
      return "…"
    }.joined()
  }

  package var expressions: [Expression] {
    guard case .mixed(let segments) = content else { return [] }
    return segments.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }

  package var references: [Located<Reference>] { expressions.flatMap(\.references) }
}
