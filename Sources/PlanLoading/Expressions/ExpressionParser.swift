package import Diagnostics
package import PlanModel
internal import SourceText

/// Reads one expression, `params.env == 'prod' && !exists('out/*.csv')`, by recursive descent over UTF-8.
///
/// From the weakest to the strongest: `||`, `&&`, `== !=`, `< <= > >=`, `! -`, then `.name` and `[index]`.
/// Comparisons do not chain. Texts stand in `'…'` or `"…"`; the quote itself is doubled in it (`'it''s'`)
/// and a backslash means nothing. Names after a dot are `[A-Za-z0-9_][A-Za-z0-9_-]*`; any other name is
/// written `params['odd name']`. A step id may hold dots: `steps.1.1.values.rows` reads up to the first
/// `.values` (or to a `.status` at the end); `steps['1.1'].values.rows` says the same.
package struct ExpressionParser {
  /// Bytes of one expression.
  package static let lengthLimit = 16 * 1024
  /// Levels of the syntax tree. Everything that walks the tree recurses, so this bounds the stack.
  package static let depthLimit = 64

  /// A part of the tree and how deep it is.
  struct Node {
    var expression: Expression
    var depth: Int
  }

  let bytes: [UInt8]
  let origin: TextOrigin
  let end: Int
  var position: Int
  /// Open parentheses, calls, indexes and signs around the current position.
  var nesting = 0
  /// Findings after which reading can go on: unknown names and numbers of arguments.
  var findings: [ExpressionSyntaxError] = []

  private init(bytes: [UInt8], range: Range<Int>, origin: TextOrigin) {
    self.bytes = bytes
    self.origin = origin
    self.position = range.lowerBound
    self.end = range.upperBound
  }

  /// Reads a bare expression that fills the whole text.
  package static func parse(_ origin: TextOrigin, into collector: inout DiagnosticCollector) -> Expression? {
    let bytes = Array(origin.text.utf8)
    return parse(bytes, 0..<bytes.count, origin, into: &collector)
  }

  /// Reads the expression that fills `range` of the text; nil when it has been reported as wrong.
  static func parse(
    _ bytes: [UInt8], _ range: Range<Int>, _ origin: TextOrigin, into collector: inout DiagnosticCollector
  ) -> Expression? {
    guard range.count <= lengthLimit else {
      collector.report(
        .expressionSyntax, origin.rangeOf(range), "the expression is longer than \(lengthLimit) bytes",
        notes: ["compute the value in a step and read it as steps.ID.values.NAME"])
      return nil
    }
    var parser = ExpressionParser(bytes: bytes, range: range, origin: origin)
    var result: Expression?
    do throws(ExpressionSyntaxError) {
      result = try parser.parseWhole()
    } catch {
      parser.findings.append(error)
    }
    for finding in parser.findings {
      collector.report(finding.rule, origin.rangeOf(finding.range), finding.message, notes: finding.notes)
    }
    return parser.findings.isEmpty ? result : nil
  }

  private mutating func parseWhole() throws(ExpressionSyntaxError) -> Expression {
    let node = try parseOr()
    skipSpace()
    guard position == end else { throw unexpectedAfterOperand() }
    return node.expression
  }

  // MARK: Operators

  mutating func parseOr() throws(ExpressionSyntaxError) -> Node {
    var operands = [try parseAnd()]
    while take("||") { operands.append(try parseAnd()) }
    return try balanced(.or, operands[...])
  }

  private mutating func parseAnd() throws(ExpressionSyntaxError) -> Node {
    var operands = [try parseEquality()]
    while take("&&") { operands.append(try parseEquality()) }
    return try balanced(.and, operands[...])
  }

  /// `&&` and `||` group as one likes, so a long chain becomes a shallow tree.
  private func balanced(
    _ op: Expression.BinaryOperator, _ operands: ArraySlice<Node>
  ) throws(ExpressionSyntaxError) -> Node {
    guard operands.count > 1 else { return operands[operands.startIndex] }
    let middle = operands.startIndex + operands.count / 2
    return try binary(op, balanced(op, operands[..<middle]), balanced(op, operands[middle...]))
  }

  private mutating func parseEquality() throws(ExpressionSyntaxError) -> Node {
    let left = try parseRelation()
    guard let op = takeOperator([("==", .equal), ("!=", .notEqual)]) else { return left }
    let node = try binary(op, left, parseRelation())
    let next = skipSpace()
    if takeOperator([("==", .equal), ("!=", .notEqual)]) != nil { throw chained(at: next) }
    return node
  }

  private mutating func parseRelation() throws(ExpressionSyntaxError) -> Node {
    let relations: [(StaticString, Expression.BinaryOperator)] = [
      ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater),
    ]
    let left = try parseUnary()
    guard let op = takeOperator(relations) else { return left }
    let node = try binary(op, left, parseUnary())
    let next = skipSpace()
    if takeOperator(relations) != nil { throw chained(at: next) }
    return node
  }

  private func chained(at start: Int) -> ExpressionSyntaxError {
    ExpressionSyntaxError(
      start..<position, "comparisons cannot be chained",
      notes: ["join two comparisons: 1 < steps.a.values.n && steps.a.values.n < 9"])
  }

  private mutating func parseUnary() throws(ExpressionSyntaxError) -> Node {
    let start = skipSpace()
    if peek() == UInt8(ascii: "!"), peek(1) != UInt8(ascii: "=") {
      position += 1
      let operand = try nested(at: start) { parser throws(ExpressionSyntaxError) in try parser.parseUnary() }
      return try node(.unary(.not, operand.expression, range(from: start)), operand.depth + 1, start)
    }
    if peek() == UInt8(ascii: "-") {
      position += 1
      let operand = try nested(at: start) { parser throws(ExpressionSyntaxError) in try parser.parseUnary() }
      switch operand.expression {
      case .literal(.int(let number), _):
        return Node(expression: .literal(.int(-number), range(from: start)), depth: 1)
      case .literal(.double(let number), _):
        return Node(expression: .literal(.double(-number), range(from: start)), depth: 1)
      default:
        return try node(.unary(.negate, operand.expression, range(from: start)), operand.depth + 1, start)
      }
    }
    return try parsePostfix()
  }

  // MARK: Building

  private func binary(
    _ op: Expression.BinaryOperator, _ left: Node, _ right: Node
  ) throws(ExpressionSyntaxError) -> Node {
    let whole = left.expression.range.union(right.expression.range)
    return try node(.binary(op, left.expression, right.expression, whole), max(left.depth, right.depth) + 1, position)
  }

  func node(_ expression: Expression, _ depth: Int, _ start: Int) throws(ExpressionSyntaxError) -> Node {
    guard depth <= ExpressionParser.depthLimit else { throw tooDeep(at: start) }
    return Node(expression: expression, depth: depth)
  }

  mutating func nested(
    at start: Int, _ body: (inout ExpressionParser) throws(ExpressionSyntaxError) -> Node
  ) throws(ExpressionSyntaxError) -> Node {
    guard nesting < ExpressionParser.depthLimit else { throw tooDeep(at: start) }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }

  private func tooDeep(at start: Int) -> ExpressionSyntaxError {
    ExpressionSyntaxError(
      min(start, end)..<min(start + 1, end),
      "the expression is nested deeper than \(ExpressionParser.depthLimit) levels",
      notes: ["compute the value in a step and read it as steps.ID.values.NAME"])
  }

  func range(from start: Int) -> SourceRange { origin.rangeOf(start..<max(start, position)) }
}
