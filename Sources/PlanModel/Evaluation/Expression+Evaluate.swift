internal import SourceText

extension Expression {
  /// The value of the expression.
  ///
  /// Throws when operands do not fit, when a name has no value (outside `default` and `exists`), and when
  /// the scope cannot know a value yet. `&&` and `||` look at the right side only when they must.
  package func evaluate(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    switch self {
    case .literal(let value, _):
      return value
    case .reference(let reference, let range):
      do throws(EvaluationError) {
        if let value = try scope.value(of: reference) { return value }
      } catch {
        throw error.placed(at: range)
      }
      throw .absent(reference, range)
    case .unary(.not, let operand, _):
      return .bool(try !operand.evaluateBool(in: scope, for: "!"))
    case .unary(.negate, let operand, _):
      return try operand.evaluateNegated(in: scope)
    case .binary(.and, let left, let right, _):
      guard try left.evaluateBool(in: scope, for: "&&") else { return .bool(false) }
      return .bool(try right.evaluateBool(in: scope, for: "&&"))
    case .binary(.or, let left, let right, _):
      if try left.evaluateBool(in: scope, for: "||") { return .bool(true) }
      return .bool(try right.evaluateBool(in: scope, for: "||"))
    case .binary(.equal, let left, let right, _):
      return .bool(try left.evaluate(in: scope).equals(right.evaluate(in: scope)))
    case .binary(.notEqual, let left, let right, _):
      return .bool(try !left.evaluate(in: scope).equals(right.evaluate(in: scope)))
    case .binary(let op, let left, let right, _):
      return .bool(try Expression.compare(op, left, right, in: scope))
    case .index(let base, let index, let range):
      return try base.evaluate(in: scope).part(at: index.evaluate(in: scope), range)
    case .call(let function, let arguments, let range):
      return try FunctionCall(function: function, arguments: arguments, range: range).evaluate(in: scope)
    }
  }

  /// The truth of a condition; throws when the value is neither true nor false.
  package func evaluateCondition(in scope: some EvaluationScope) throws(EvaluationError) -> Bool {
    try evaluateBool(in: scope, for: "the condition")
  }

  private func evaluateBool(in scope: some EvaluationScope, for what: String) throws(EvaluationError) -> Bool {
    let value = try evaluate(in: scope)
    guard case .bool(let flag) = value else {
      throw EvaluationError("\(what) needs true or false, not \(value.shown)", range)
    }
    return flag
  }

  private func evaluateNegated(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    let value = try evaluate(in: scope)
    switch value.asNumber {
    case .int(let number):
      let (result, overflow) = (0).subtractingReportingOverflow(number)
      return overflow ? .double(-Double(number)) : .int(result)
    case .double(let number):
      return .double(-number)
    default:
      throw EvaluationError("\"-\" needs a number, not \(value.shown)", range)
    }
  }

  private static func compare(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: some EvaluationScope
  ) throws(EvaluationError) -> Bool {
    let values = (try left.evaluate(in: scope), try right.evaluate(in: scope))
    guard let ordering = values.0.ordering(to: values.1) else {
      let (wrong, range) = values.0.asNumber == nil ? (values.0, left.range) : (values.1, right.range)
      throw EvaluationError("\"\(op.rawValue)\" compares numbers, and \(wrong.shown) is not one", range)
    }
    switch op {
    case .less: return ordering == .less
    case .lessOrEqual: return ordering != .greater
    case .greater: return ordering == .greater
    case .greaterOrEqual: return ordering != .less
    case .equal, .notEqual, .and, .or: return ordering == .equal
    }
  }

  /// Whether `exists(…)` of it asks for a value rather than for a file.
  package var isPresenceQuestion: Bool {
    var expression = self
    while case .index(let base, _, _) = expression { expression = base }
    if case .reference = expression { return true }
    return false
  }
}

extension EvaluationError {
  /// The same error with a place, unless it has one.
  func placed(at place: SourceRange) -> EvaluationError {
    range == .fileStart ? EvaluationError(kind, message, place) : self
  }
}

extension Value {
  /// `list[0]`, `map['key']`; throws an absence when there is no such part.
  func part(at index: Value, _ range: SourceRange) throws(EvaluationError) -> Value {
    switch self {
    case .list(let items):
      guard case .int(let position) = index.asNumber else {
        throw EvaluationError("a list is indexed by a whole number, not \(index.shown)", range)
      }
      guard items.indices.contains(position) else {
        throw EvaluationError(.absent(nil), "the list has no item \(position), only \(items.count)", range)
      }
      return items[position]
    case .map(let entries):
      guard let key = index.text else {
        throw EvaluationError("a map is indexed by a text, not \(index.shown)", range)
      }
      guard let entry = entries.first(where: { $0.key == key }) else {
        throw EvaluationError(.absent(nil), "the map has no key \"\(key)\"", range)
      }
      return entry.value
    case .null, .bool, .int, .double, .string:
      throw EvaluationError("\(shown) has no parts to index", range)
    }
  }
}
