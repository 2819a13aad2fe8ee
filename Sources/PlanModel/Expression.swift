package import SourceText

/// The syntax tree of an expression, `params.env == 'prod'`, with the place of every part.
package indirect enum Expression: Hashable, Sendable {
  case literal(Value, SourceRange)
  case reference(Reference, SourceRange)
  case unary(UnaryOperator, Expression, SourceRange)
  case binary(BinaryOperator, Expression, Expression, SourceRange)
  /// `list[0]`, `map['key']`, and `value.key` where the value is computed.
  case index(Expression, Expression, SourceRange)
  case call(Function, [Expression], SourceRange)

  package enum UnaryOperator: String, Hashable, Sendable {
    case not = "!"
    case negate = "-"
  }

  package enum BinaryOperator: String, Hashable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
  }

  package var range: SourceRange {
    switch self {
    case .literal(_, let range), .reference(_, let range), .unary(_, _, let range), .binary(_, _, _, let range),
      .index(_, _, let range), .call(_, _, let range):
      range
    }
  }

  /// All references in the tree, in source order.
  package var references: [Located<Reference>] {
    switch self {
    case .literal: []
    case .reference(let reference, let range): [Located(reference, range)]
    case .unary(_, let operand, _): operand.references
    case .binary(_, let left, let right, _), .index(let left, let right, _): left.references + right.references
    case .call(_, let arguments, _): arguments.flatMap(\.references)
    }
  }
}
