extension Template {
  /// A canonical text of the template for digests: what is known before the run is put in, the rest stays
  /// symbolic.
  ///
  /// The text is a JSON array of strings (text) and arrays (what is computed at run time), so that no text
  /// can look like an expression; one typed value alone is `{"value": …}`. Two ways to write the same text,
  /// with a parameter and without, fold to the same.
  package func folded(in scope: some EvaluationScope) -> String {
    var json = JSONWriter()
    if let expression = soleExpression {
      expression.writeFolded(to: &json, in: scope)
      return String(decoding: json.bytes, as: UTF8.self)
    }
    json.beginArray()
    var text = ""
    for segment in segments {
      switch segment {
      case .literal(let literal): text += literal
      case .expression(let expression):
        if let value = expression.staticValue(in: scope), let known = value.text {
          text += known
          continue
        }
        if !text.isEmpty { json.string(text) }
        text = ""
        expression.writeSymbolic(to: &json, in: scope)
      }
    }
    if !text.isEmpty { json.string(text) }
    json.endArray()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension Expression {
  /// A canonical text of the expression for digests; see `Template.folded(in:)`.
  package func folded(in scope: some EvaluationScope) -> String {
    var json = JSONWriter()
    writeFolded(to: &json, in: scope)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  fileprivate func writeFolded(to json: inout JSONWriter, in scope: some EvaluationScope) {
    if case .string(let text)? = staticValue(in: scope) {
      json.beginArray()
      if !text.isEmpty { json.string(text) }
      json.endArray()
    } else {
      writeSymbolic(to: &json, in: scope)
    }
  }

  /// The value, if it rests on nothing but parameters, `env` and `plan`.
  fileprivate func staticValue(in scope: some EvaluationScope) -> Value? {
    guard isStatic else { return nil }
    return try? evaluate(in: scope)
  }

  /// Whether the value is known before anything runs and does not depend on files.
  package var isStatic: Bool {
    switch self {
    case .literal: return true
    case .reference(let reference, _): return reference.isStatic
    case .unary(_, let operand, _): return operand.isStatic
    case .binary(_, let left, let right, _), .index(let left, let right, _): return left.isStatic && right.isStatic
    case .call(let function, let arguments, _):
      switch function {
      case .hashFiles, .failed, .succeeded, .skipped, .has: return false
      case .exists: return arguments.allSatisfy { $0.isPresenceQuestion && $0.isStatic }
      default: return arguments.allSatisfy(\.isStatic)
      }
    }
  }

  fileprivate func writeSymbolic(to json: inout JSONWriter, in scope: some EvaluationScope) {
    if let value = staticValue(in: scope) {
      json.beginObject()
      json.key("value")
      json.value(value)
      json.endObject()
      return
    }
    json.beginArray()
    switch self {
    case .literal(let value, _):
      json.string("literal")
      json.value(value)
    case .reference(let reference, _):
      for part in reference.parts { json.string(part) }
    case .unary(let op, let operand, _):
      json.string(op.rawValue)
      operand.writeSymbolic(to: &json, in: scope)
    case .binary(let op, let left, let right, _):
      json.string(op.rawValue)
      left.writeSymbolic(to: &json, in: scope)
      right.writeSymbolic(to: &json, in: scope)
    case .index(let base, let index, _):
      json.string("[]")
      base.writeSymbolic(to: &json, in: scope)
      index.writeSymbolic(to: &json, in: scope)
    case .call(let function, let arguments, _):
      json.string("\(function.rawValue)()")
      for argument in arguments { argument.writeSymbolic(to: &json, in: scope) }
    }
    json.endArray()
  }
}

extension Reference {
  /// The names that make it up; unlike the text, two references never share them.
  fileprivate var parts: [String] {
    switch self {
    case .parameter(let name): ["params", name]
    case .environment(let name): ["env", name]
    case .secret(let name): ["secrets", name]
    case .stepValue(let step, let key): ["steps", step, "values", key]
    case .stepStatus(let step): ["steps", step, "status"]
    case .state(let name): ["state", name]
    case .run(let member): ["run", member.rawValue]
    case .plan(let member): ["plan", member.rawValue]
    case .ownValue(let name): ["values", name]
    case .item(let member): ["item", member.rawValue]
    }
  }
}
