internal import PlanModel

extension ExpressionParser {
  /// Moves over blanks and line ends; gives the position behind them.
  @discardableResult
  mutating func skipSpace() -> Int {
    while position < end, ASCII.isSpace(bytes[position]) { position += 1 }
    return position
  }

  func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < end ? bytes[position + ahead] : nil
  }

  /// Takes `text` if it comes next, blanks before it included.
  mutating func take(_ text: StaticString) -> Bool {
    skipSpace()
    let count = text.utf8CodeUnitCount
    guard end - position >= count else { return false }
    let matches = text.withUTF8Buffer { buffer in
      for index in 0..<count where unsafe buffer[index] != bytes[position + index] { return false }
      return true
    }
    if matches { position += count }
    return matches
  }

  mutating func takeOperator(
    _ operators: [(StaticString, Expression.BinaryOperator)]
  ) -> Expression.BinaryOperator? {
    for (text, op) in operators where take(text) { return op }
    return nil
  }

  mutating func expect(_ text: StaticString, _ what: String) throws(ExpressionSyntaxError) {
    guard !take(text) else { return }
    throw expected(what)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The range of the character at the position; empty at the end.
  var here: Range<Int> {
    var stop = min(position + 1, end)
    while stop < end, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
    return min(position, end)..<stop
  }

  func expected(_ what: String, notes: [String] = []) -> ExpressionSyntaxError {
    let found = position < end ? "found \"\(text(here))\"" : "the expression ends here"
    return ExpressionSyntaxError(here, "expected \(what), \(found)", notes: notes)
  }

  /// What to say about a character that cannot follow a complete operand.
  func unexpectedAfterOperand() -> ExpressionSyntaxError {
    switch peek() {
    case UInt8(ascii: "="):
      expected("an operator", notes: ["values are compared with \"==\""])
    case UInt8(ascii: "&"):
      expected("an operator", notes: ["conditions are joined with \"&&\""])
    case UInt8(ascii: "|"):
      expected("an operator", notes: ["conditions are joined with \"||\""])
    case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "-"):
      expected(
        "an operator",
        notes: ["expressions do not calculate; join texts with format('{0}-{1}', a, b), compute numbers in a step"])
    case UInt8(ascii: "?"):
      expected("an operator", notes: ["there is no \"? :\"; use default(value, fallback) or two steps with \"when\""])
    default:
      expected("an operator or the end of the expression")
    }
  }
}
