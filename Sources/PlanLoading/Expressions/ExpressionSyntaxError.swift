internal import Diagnostics

/// The first place at which a text stops being an expression.
struct ExpressionSyntaxError: Error {
  var rule: Rule
  /// UTF-8 offsets in the decoded text.
  var range: Range<Int>
  var message: String
  var notes: [String]

  init(_ range: Range<Int>, _ message: String, rule: Rule = .expressionSyntax, notes: [String] = []) {
    self.rule = rule
    self.range = range
    self.message = message
    self.notes = notes
  }
}
