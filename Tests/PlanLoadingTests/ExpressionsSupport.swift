import Diagnostics
import PlanLoading
import PlanModel
import SourceText

/// What a reader said: one line a finding, `EP501 5-6 message`.
func lines(_ collector: DiagnosticCollector) -> [String] {
  collector.sorted().map { "\($0.rule.code) \($0.range.lowerBound)-\($0.range.upperBound) \($0.message)" }
}

func parsedExpression(_ text: String) -> (Expression?, DiagnosticCollector) {
  var collector = DiagnosticCollector()
  let expression = ExpressionParser.parse(TextOrigin(text: text), into: &collector)
  return (expression, collector)
}

func parsedTemplate(_ text: String) -> (ParsedTemplate?, DiagnosticCollector) {
  var collector = DiagnosticCollector()
  let template = TemplateParser.parse(TextOrigin(text: text), into: &collector)
  return (template, collector)
}

/// The tree with all parentheses written out, for tests of precedence.
func outline(_ expression: Expression?) -> String {
  switch expression {
  case nil: "nothing"
  case .literal(let value, _): JSONWriter.compact(value)
  case .reference(let reference, _): reference.text
  case .unary(let op, let operand, _): "(\(op.rawValue) \(outline(operand)))"
  case .binary(let op, let left, let right, _): "(\(outline(left)) \(op.rawValue) \(outline(right)))"
  case .index(let base, let index, _): "\(outline(base))[\(outline(index))]"
  case .call(let function, let arguments, _):
    "\(function.rawValue)(\(arguments.map { outline($0) }.joined(separator: ", ")))"
  }
}
