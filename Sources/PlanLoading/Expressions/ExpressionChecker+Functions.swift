internal import Diagnostics
internal import PlanModel
internal import SourceText

extension ExpressionChecker {
  mutating func check(
    _ function: Function, _ arguments: [Expression], _ range: SourceRange, in field: FieldContext,
    into collector: inout DiagnosticCollector
  ) -> ExpressionType {
    if function == .has { return checkHas(arguments, into: &collector) }
    // Each such call is found by itself: those around it hold it, too.
    if arguments.allSatisfy({ $0.transformedSecret == nil }),
      let name = Expression.call(function, arguments, range).transformedSecret?.name
    {
      collector.report(
        .expressionNotAllowed, range,
        "\"\(function.rawValue)\" makes another text of the secret \"\(name)\", which nothing would mask",
        notes: ["declare what is needed as a secret of its own"])
    }
    var types: [ExpressionType] = []
    types.reserveCapacity(arguments.count)
    for argument in arguments { types.append(check(argument, in: field, into: &collector)) }

    /// The argument must be a text, or a scalar that has one.
    func needText(_ index: Int, _ collector: inout DiagnosticCollector) {
      guard index < types.count else { return }
      require(
        !types[index].isCollection && types[index] != .null, "\"\(function.rawValue)\" needs a text here", types[index],
        arguments[index], &collector)
    }

    switch function {
    case .contains:
      if let first = types.first, first == .map || first == .null {
        require(false, "\"contains\" searches a text or a list", first, arguments[0], &collector)
      }
      if types.first != .list, types.first != .any { needText(1, &collector) }
      return .bool
    case .startsWith, .endsWith:
      needText(0, &collector)
      needText(1, &collector)
      return .bool
    case .join:
      if let first = types.first {
        require(first == .list || first == .any, "\"join\" needs a list", first, arguments[0], &collector)
      }
      needText(1, &collector)
      return .string
    case .split:
      needText(0, &collector)
      needText(1, &collector)
      return .list
    case .format:
      for index in types.indices { needText(index, &collector) }
      checkFormat(arguments, into: &collector)
      return .string
    case .toJSON:
      return .string
    case .fromJSON:
      needText(0, &collector)
      return .any
    case .hashFiles:
      for index in types.indices { needText(index, &collector) }
      _ = allow(.files, "hashFiles", range, in: field, &collector)
      return .string
    case .exists:
      if let argument = arguments.first, !argument.isPresenceQuestion {
        needText(0, &collector)
        _ = allow(.files, "exists", range, in: field, &collector)
      }
      return .bool
    case .default:
      guard types.count == 2 else { return .any }
      return types[0] == types[1] ? types[0] : .any
    case .lower, .upper:
      needText(0, &collector)
      return .string
    case .failed, .succeeded:
      _ = allow(.outcome, "\(function.rawValue)()", range, in: field, &collector)
      return .bool
    case .skipped:
      if allow(.outcome, "skipped", range, in: field, &collector) {
        if case .literal(.string(let step), let place)? = arguments.first {
          checkStep(step, key: nil, place, &collector)
        } else if let argument = arguments.first {
          collector.report(.expressionType, argument.range, "\"skipped\" needs the id of a step in quotes")
        }
      }
      return .bool
    case .date:
      checkDate(arguments, types, into: &collector)
      return .date
    case .has:
      return .bool
    }
  }

  private mutating func checkHas(_ arguments: [Expression], into collector: inout DiagnosticCollector) -> ExpressionType
  {
    guard let argument = arguments.first else { return .bool }
    if case .reference(.secret(let name), let range) = argument {
      checkSecret(name, range, &collector)
    } else {
      collector.report(
        .expressionType, argument.range, "\"has\" asks for a secret, as in has(secrets.NAME)",
        notes: ["whether another value is there: exists(state.NAME)"])
    }
    return .bool
  }

  /// `{3}` in the text of `format` needs a fourth value.
  private func checkFormat(_ arguments: [Expression], into collector: inout DiagnosticCollector) {
    guard case .literal(.string(let text), let range)? = arguments.first else { return }
    do throws(EvaluationError) {
      _ = try FormatText.render(text, Array(repeating: "", count: arguments.count - 1), range)
    } catch {
      collector.report(.expressionType, range, error.message)
    }
  }

  private func checkDate(
    _ arguments: [Expression], _ types: [ExpressionType], into collector: inout DiagnosticCollector
  ) {
    if let type = types.first {
      require(
        type == .date || type == .string || type == .any, "\"date\" needs a date", type, arguments[0], &collector)
    }
    if case .literal(.string(let text), let range)? = arguments.first, CalendarDay(text) == nil {
      collector.report(.expressionType, range, "\"\(text)\" is not a date", notes: ["a date is written 2026-01-31"])
    }
    guard arguments.count > 1 else { return }
    if case .literal(.string(let text), let range) = arguments[1], CalendarDay.offset(text) == nil {
      collector.report(
        .expressionType, range, "\"\(text)\" is not an offset of days or weeks", notes: ["write '-1d' or '2w'"])
    } else {
      require(
        types[1] == .string || types[1] == .any, "the offset of \"date\" is a text such as '-1d'", types[1],
        arguments[1], &collector)
    }
  }
}
