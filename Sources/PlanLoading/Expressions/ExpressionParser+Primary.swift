internal import Diagnostics
internal import PlanModel

extension ExpressionParser {
  /// An operand and the `.name` and `[index]` behind it.
  mutating func parsePostfix() throws(ExpressionSyntaxError) -> Node {
    let start = skipSpace()
    var result = try parsePrimary()
    while true {
      if peek() == UInt8(ascii: "."), let next = peek(1), ASCII.isWord(next) {
        position += 1
        let nameStart = position
        let name = takeName()
        let key = Expression.literal(.string(name), range(from: nameStart))
        result = try node(.index(result.expression, key, range(from: start)), result.depth + 1, nameStart)
      } else if peek() == UInt8(ascii: "[") {
        let open = position
        position += 1
        let index = try nested(at: open) { parser throws(ExpressionSyntaxError) in try parser.parseOr() }
        try expect("]", "\"]\"")
        let depth = max(result.depth, index.depth) + 1
        result = try node(.index(result.expression, index.expression, range(from: start)), depth, open)
      } else {
        return result
      }
    }
  }

  private mutating func parsePrimary() throws(ExpressionSyntaxError) -> Node {
    let start = skipSpace()
    guard let byte = peek() else { throw expected("a value") }
    switch byte {
    case UInt8(ascii: "("):
      position += 1
      let inner = try nested(at: start) { parser throws(ExpressionSyntaxError) in try parser.parseOr() }
      try expect(")", "\")\"")
      return inner
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      let value = try takeString()
      return Node(expression: .literal(.string(value), range(from: start)), depth: 1)
    case _ where ASCII.isDigit(byte):
      let value = try takeNumber()
      return Node(expression: .literal(value, range(from: start)), depth: 1)
    case _ where ASCII.isWord(byte):
      return try parseName()
    case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{"):
      throw expected("a value", notes: ["this is an expression already; leave out the inner \"${{ }}\""])
    case UInt8(ascii: "$"):
      throw expected(
        "a value", notes: ["expressions do not see shell variables; declare it under \"env:\" and use env.NAME"])
    default:
      throw expected("a value")
    }
  }

  // MARK: Literals

  /// A text in quotes; the position is at the opening one.
  mutating func takeString() throws(ExpressionSyntaxError) -> String {
    let start = position
    let quote = bytes[position]
    var content: [UInt8] = []
    position += 1
    while position < end {
      let byte = bytes[position]
      position += 1
      if byte != quote {
        content.append(byte)
      } else if peek() == quote {
        content.append(quote)
        position += 1
      } else {
        return String(decoding: content, as: UTF8.self)
      }
    }
    let mark = String(decoding: [quote], as: UTF8.self)
    throw ExpressionSyntaxError(
      start..<end, "the text has no closing \(mark)", notes: ["a \(mark) in a text is doubled"])
  }

  private mutating func takeNumber() throws(ExpressionSyntaxError) -> Value {
    let start = position
    var isWhole = true
    takeDigits()
    if peek() == UInt8(ascii: "."), let next = peek(1), ASCII.isDigit(next) {
      isWhole = false
      position += 1
      takeDigits()
    }
    if let e = peek(), e | 0x20 == UInt8(ascii: "e") {
      let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      if let next = peek(1 + sign), ASCII.isDigit(next) {
        isWhole = false
        position += 1 + sign
        takeDigits()
      }
    }
    if let next = peek(), ASCII.isWord(next) {
      throw ExpressionSyntaxError(
        start..<here.upperBound, "expected a number, found \"\(text(start..<here.upperBound))\"",
        notes: ["a text is written in quotes"])
    }
    let digits = text(start..<position)
    if isWhole, let number = Int(digits) { return .int(number) }
    guard let number = Double(digits), number.isFinite else {
      throw ExpressionSyntaxError(start..<position, "the number \"\(digits)\" is too large")
    }
    return .double(number)
  }

  private mutating func takeDigits() {
    while let byte = peek(), ASCII.isDigit(byte) { position += 1 }
  }

  mutating func takeName() -> String {
    let start = position
    while let byte = peek(), ASCII.isName(byte) { position += 1 }
    return text(start..<position)
  }

  // MARK: Names

  private mutating func parseName() throws(ExpressionSyntaxError) -> Node {
    let start = position
    while let byte = peek(), ASCII.isWord(byte) { position += 1 }
    let name = text(start..<position)
    let nameEnd = position
    if skipSpace() < end, peek() == UInt8(ascii: "(") { return try parseCall(name, start..<nameEnd) }
    position = nameEnd
    switch name {
    case "true": return Node(expression: .literal(.bool(true), range(from: start)), depth: 1)
    case "false": return Node(expression: .literal(.bool(false), range(from: start)), depth: 1)
    case "null": return Node(expression: .literal(.null, range(from: start)), depth: 1)
    default:
      let reference = try parseReference(root: name, start..<nameEnd)
      return Node(expression: reference.map { .reference($0, range(from: start)) } ?? placeholder(start), depth: 1)
    }
  }

  /// Stands for a name that has been reported, so that reading goes on; such a tree is never handed out.
  private func placeholder(_ start: Int) -> Expression { .literal(.null, range(from: start)) }

  private mutating func parseCall(_ name: String, _ nameRange: Range<Int>) throws(ExpressionSyntaxError) -> Node {
    let open = position
    position += 1
    var arguments: [Expression] = []
    var depth = 0
    if !take(")") {
      repeat {
        let argument = try nested(at: open) { parser throws(ExpressionSyntaxError) in try parser.parseOr() }
        arguments.append(argument.expression)
        depth = max(depth, argument.depth)
      } while take(",")
      try expect(")", "\",\" or \")\"")
    }
    guard let function = Function(rawValue: name) else {
      findings.append(unknown("function", name, nameRange, among: Function.allCases.map(\.rawValue)))
      return Node(expression: placeholder(nameRange.lowerBound), depth: depth + 1)
    }
    if !function.arity.contains(arguments.count) {
      findings.append(
        ExpressionSyntaxError(
          nameRange.lowerBound..<position, "\"\(name)\" takes \(countText(function.arity)), not \(arguments.count)",
          rule: .expressionArity, notes: ["it is called so: \(function.signature)"]))
    }
    return try node(.call(function, arguments, range(from: nameRange.lowerBound)), depth + 1, open)
  }

  private func countText(_ arity: ClosedRange<Int>) -> String {
    func plural(_ count: Int) -> String { "\(count) argument\(count == 1 ? "" : "s")" }
    if arity.lowerBound == arity.upperBound {
      return arity.lowerBound == 0 ? "no arguments" : plural(arity.lowerBound)
    }
    return "\(arity.lowerBound) to \(plural(arity.upperBound))"
  }

  func unknown(
    _ what: String, _ name: String, _ range: Range<Int>, among known: [String], notes: [String] = []
  ) -> ExpressionSyntaxError {
    var notes = notes
    if let near = NearestName.of(name, among: known) { notes.insert("did you mean \"\(near)\"?", at: 0) }
    notes.append("known: \(known.joined(separator: ", "))")
    return ExpressionSyntaxError(range, "unknown \(what) \"\(name)\"", rule: .expressionName, notes: notes)
  }
}
