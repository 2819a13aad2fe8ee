package import SourceText

/// One entry of the comparator map `{eq ne lt le gt ge in contains matches}`; a scalar means `eq`.
package struct Comparison: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case eq, ne, lt, le, gt, ge
    case isIn = "in"
    case contains, matches
  }

  package var op: Operator
  package var operand: Operand
  package var range: SourceRange

  /// What a value is compared with.
  package enum Operand: Hashable, Sendable {
    case value(Value)
    case template(Template)
    case list([Template])
  }

  package init(_ op: Operator, _ operand: Operand, _ range: SourceRange = .fileStart) {
    self.op = op
    self.operand = operand
    self.range = range
  }
}
