package import Diagnostics
package import PlanModel
internal import SourceText

/// Checks that what an expression reads is declared and available, and that its types fit.
///
/// Whether a step that is read is upstream is a question for the graph, and asked there.
package struct ExpressionChecker {
  private(set) var names: DeclaredNames
  /// Gives the steps when an expression reads one for the first time, since most plans hold no such expression.
  var declareSteps: (() -> [String: DeclaredNames.StepValues])?
  /// Reads of single items, `steps['fetch[eu]']`, whose steps are known only when all have been read.
  private(set) var itemReads: [Located<String>] = []
  /// Comparisons of names that may still be made to find a near one, so that a plan of a hundred
  /// thousand steps with as many misspelt references stays linear.
  var suggestionBudget = 2_000_000

  package init(_ names: DeclaredNames) {
    self.names = names
  }

  /// What is known of the values of a step; nil if there is no such step.
  mutating func values(ofStep step: String) -> DeclaredNames.StepValues? {
    if let declareSteps {
      names.steps = declareSteps()
      self.declareSteps = nil
    }
    return names.steps[step]
  }

  mutating func note(itemRead step: String, _ range: SourceRange) { itemReads.append(Located(step, range)) }

  /// Checks an expression that must be true or false.
  package mutating func checkCondition(
    _ expression: Expression, in field: FieldContext, into collector: inout DiagnosticCollector
  ) {
    let type = check(expression, in: field, into: &collector)
    guard type != .bool, type != .any else { return }
    collector.report(
      .expressionType, expression.range, "\"\(field.name)\" needs true or false, not \(type.phrase)",
      notes: type == .null ? [] : ["compare it with something, as in x == 'value' or x > 0"])
  }

  /// Checks a text whose value keeps its type when it is exactly one expression; gives that type.
  @discardableResult
  package mutating func checkValue(
    _ template: Template, in field: FieldContext, into collector: inout DiagnosticCollector
  ) -> ExpressionType {
    if let expression = template.soleExpression { return check(expression, in: field, into: &collector) }
    checkText(template, in: field, into: &collector)
    return .string
  }

  /// Checks a text in which every value stands as text, also when it is exactly one expression.
  package mutating func checkText(
    _ template: Template, in field: FieldContext, into collector: inout DiagnosticCollector
  ) {
    for expression in template.expressions {
      let type = check(expression, in: field, into: &collector)
      guard type.isCollection else { continue }
      collector.report(
        .expressionType, expression.range, "\(type.phrase) cannot stand in a text",
        notes: type == .list
          ? ["write join(…, ' ') or toJSON(…)", "for one argument an item, use \"exec:\""] : ["write toJSON(…)"])
    }
  }

  /// Checks an expression; gives the type of its value.
  @discardableResult
  package mutating func check(
    _ expression: Expression, in field: FieldContext, into collector: inout DiagnosticCollector
  ) -> ExpressionType {
    switch expression {
    case .literal(let value, _):
      return ExpressionType(of: value)
    case .reference(let reference, let range):
      return check(reference, range, in: field, into: &collector)
    case .unary(let op, let operand, _):
      let type = check(operand, in: field, into: &collector)
      switch op {
      case .not:
        require(type == .bool || type == .any, "\"!\" needs true or false", type, operand, &collector)
        return .bool
      case .negate:
        require(type.isNumeric || type == .any, "\"-\" needs a number", type, operand, &collector)
        return type.isNumeric ? type : .any
      }
    case .binary(let op, let left, let right, let range):
      return check(op, left, right, range, in: field, into: &collector)
    case .index(let base, let index, _):
      return checkIndex(base, index, in: field, into: &collector)
    case .call(let function, let arguments, let range):
      return check(function, arguments, range, in: field, into: &collector)
    }
  }

  func require(
    _ holds: Bool, _ need: String, _ type: ExpressionType, _ operand: Expression,
    _ collector: inout DiagnosticCollector, notes: [String] = []
  ) {
    guard !holds else { return }
    collector.report(.expressionType, operand.range, "\(need), not \(type.phrase)", notes: notes)
  }

  // MARK: Operators

  private mutating func check(
    _ op: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ range: SourceRange,
    in field: FieldContext, into collector: inout DiagnosticCollector
  ) -> ExpressionType {
    let types = (
      check(left, in: field, into: &collector), check(right, in: field, into: &collector)
    )
    switch op {
    case .and, .or:
      let need = "\"\(op.rawValue)\" needs true or false"
      require(types.0 == .bool || types.0 == .any, need, types.0, left, &collector)
      require(types.1 == .bool || types.1 == .any, need, types.1, right, &collector)
    case .equal, .notEqual:
      if !areComparable((left, types.0), (right, types.1)) {
        collector.report(
          .expressionType, range, "\(types.0.phrase) is never equal to \(types.1.phrase)",
          notes: ["values of different types cannot be compared"])
      }
      checkStatusLiteral(left, right, into: &collector)
      checkStatusLiteral(right, left, into: &collector)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let need = "\"\(op.rawValue)\" compares numbers"
      require(canBeNumber(left, types.0), need, types.0, left, &collector)
      require(canBeNumber(right, types.1), need, types.1, right, &collector)
    }
    return .bool
  }

  private func areComparable(
    _ left: (expression: Expression, type: ExpressionType), _ right: (expression: Expression, type: ExpressionType)
  ) -> Bool {
    let (a, b) = (left.type, right.type)
    if a == .any || b == .any || a == .null || b == .null || a == b { return true }
    if a.isCollection || b.isCollection { return false }
    if a.isNumeric && b.isNumeric || a.isText && b.isText { return true }
    if a.isNumeric, b.isText { return canBeNumber(right.expression, b) }
    if a.isText, b.isNumeric { return canBeNumber(left.expression, a) }
    // A text and a bool: "true" and "false" are what a program or the environment writes for them.
    if case .literal(.string(let text), _) = a.isText ? left.expression : right.expression {
      return text == "true" || text == "false"
    }
    return a == .string || b == .string
  }

  /// A text may hold a number unless it is known not to: `env` and values of steps are texts.
  private func canBeNumber(_ expression: Expression, _ type: ExpressionType) -> Bool {
    switch type {
    case .any, .int, .number: return true
    case .string:
      if case .literal(let value, _) = expression { return value.number != nil }
      if case .reference(.plan, _) = expression { return false }
      return true
    case .bool, .date, .path, .list, .map, .null: return false
    }
  }

  /// `steps.a.status == 'failled'` can never be true.
  private func checkStatusLiteral(
    _ side: Expression, _ other: Expression, into collector: inout DiagnosticCollector
  ) {
    let known = ["succeeded", "failed", "skipped"]
    guard case .reference(.stepStatus, _) = side, case .literal(.string(let text), let range) = other,
      !known.contains(text)
    else { return }
    collector.report(
      .expressionType, range, "a status is never \"\(text)\"",
      notes: NearestName.of(text, among: known).map { ["did you mean \"\($0)\"?"] }
        ?? ["it is one of \(known.joined(separator: ", "))"])
  }

  private mutating func checkIndex(
    _ base: Expression, _ index: Expression, in field: FieldContext, into collector: inout DiagnosticCollector
  ) -> ExpressionType {
    let baseType = check(base, in: field, into: &collector)
    let indexType = check(index, in: field, into: &collector)
    switch baseType {
    case .list:
      require(
        indexType == .int || indexType == .any || indexType == .number, "a list is indexed by a number", indexType,
        index, &collector)
    case .map:
      require(indexType.isText || indexType == .any, "a map is indexed by a text", indexType, index, &collector)
    case .any: break
    case .string, .int, .number, .bool, .date, .path, .null:
      collector.report(
        .expressionType, index.range, "\(baseType.phrase) has no parts to index",
        notes: baseType == .string ? ["a text that holds JSON is read with fromJSON(text)"] : [])
    }
    return .any
  }
}

extension ExpressionType {
  /// With its article, for messages.
  var phrase: String {
    switch self {
    case .string: "a text"
    case .int: "a whole number"
    case .number: "a number"
    case .bool: "true or false"
    case .date: "a date"
    case .path: "a path"
    case .list: "a list"
    case .map: "a map"
    case .null: "null"
    case .any: "a value"
    }
  }
}
