extension Comparison {
  /// Whether the comparison holds for a value that was found.
  ///
  /// Throws when the operand has no value, when a number is due and there is none, and when a pattern is
  /// not a regular expression.
  package func holds(for found: Value, in scope: some EvaluationScope) throws(EvaluationError) -> Bool {
    let wanted = try operandValue(in: scope)
    switch op {
    case .eq: return found.equals(wanted)
    case .ne: return !found.equals(wanted)
    case .lt: return try ordering(of: found, to: wanted) == .less
    case .le: return try ordering(of: found, to: wanted) != .greater
    case .gt: return try ordering(of: found, to: wanted) == .greater
    case .ge: return try ordering(of: found, to: wanted) != .less
    case .isIn:
      guard case .list(let items) = wanted else { return found.equals(wanted) }
      return items.contains { found.equals($0) }
    case .contains:
      if case .list(let items) = found { return items.contains { $0.equals(wanted) } }
      let whole = try text(of: found)
      return ByteSearch(try text(of: wanted)).first(in: Array(whole.utf8)) != nil
    case .lines, .containsLines:
      return try mismatch(with: found, in: scope) == nil
    case .matches:
      let pattern = try text(of: wanted)
      let text = try text(of: found)
      do {
        return try RegularExpression.matches(pattern, in: text)
      } catch {
        throw EvaluationError(error.message, range)
      }
    }
  }

  /// Where a text is not as a transcript says; nil if it is, and for other comparisons.
  package func mismatch(
    with found: Value, in scope: some EvaluationScope
  ) throws(EvaluationError) -> Transcript.Mismatch? {
    guard op == .lines || op == .containsLines else { return nil }
    let expected = try text(of: try operandValue(in: scope))
    return try Transcript(expected, mode: op == .lines ? .whole : .part).mismatch(in: try text(of: found))
  }

  /// What the found value is compared with.
  package func operandValue(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    switch operand {
    case .value(let value): return value
    case .template(let template): return try template.render(in: scope)
    case .list(let templates):
      var items: [Value] = []
      for template in templates { items.append(try template.render(in: scope)) }
      return .list(items)
    }
  }

  private func ordering(of found: Value, to wanted: Value) throws(EvaluationError) -> Value.Ordering {
    if let ordering = found.ordering(to: wanted) { return ordering }
    let wrong = found.asNumber == nil ? found : wanted
    throw EvaluationError("\"\(op.rawValue)\" compares numbers, and \(wrong.shown) is not one", range)
  }

  private func text(of value: Value) throws(EvaluationError) -> String {
    guard let text = value.text else {
      throw EvaluationError("\"\(op.rawValue)\" needs a text, not the \(value.typeName) \(value.shown)", range)
    }
    return text
  }
}
