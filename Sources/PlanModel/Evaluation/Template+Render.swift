extension Template {
  /// The value of the text: exactly one expression keeps its type, anything else becomes a text.
  package func render(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    if let expression = soleExpression { return try expression.evaluate(in: scope) }
    return .string(try renderText(in: scope))
  }

  /// The text with every expression replaced by the text of its value.
  ///
  /// Throws for lists and maps, which have none.
  package func renderText(in scope: some EvaluationScope) throws(EvaluationError) -> String {
    if let literal { return literal }
    var result = ""
    for segment in segments {
      switch segment {
      case .literal(let text): result += text
      case .expression(let expression): result += try expression.evaluateText(in: scope)
      }
    }
    return result
  }
}

extension Expression {
  /// The text of the value; throws for lists and maps.
  package func evaluateText(in scope: some EvaluationScope) throws(EvaluationError) -> String {
    let value = try evaluate(in: scope)
    guard let text = value.text else {
      throw EvaluationError(
        "a \(value.typeName) cannot stand in a text; write join(…) or toJSON(…)", range)
    }
    return text
  }
}
