package import SourceText

/// One entry of the comparator map `{eq ne lt le gt ge in contains matches lines contains_lines}`; a scalar means `eq`.
package struct Comparison: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case eq, ne, lt, le, gt, ge
    case isIn = "in"
    case contains, matches
    /// The whole text, line by line, as a `Transcript`.
    case lines
    /// Lines of a `Transcript` somewhere in the text.
    case containsLines = "contains_lines"
  }

  package var op: Operator
  package var operand: Operand
  package var range: SourceRange
  /// The line of the plan on which the lines of the operand begin, from 1; nil if they do not stand there line by line.
  package var firstLine: Int?

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
