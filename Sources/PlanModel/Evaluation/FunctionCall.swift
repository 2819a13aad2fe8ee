internal import SourceText

/// One call of a function of the expression language.
struct FunctionCall {
  let function: Function
  let arguments: [Expression]
  let range: SourceRange

  func evaluate(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    // The parser checks the number; a tree that was built otherwise must not trap.
    guard function.arity.contains(arguments.count) else {
      throw EvaluationError("\"\(function.rawValue)\" does not take \(arguments.count) arguments", range)
    }
    switch function {
    case .contains: return .bool(try contains(in: scope))
    case .startsWith: return .bool(try text(0, in: scope).utf8.starts(with: text(1, in: scope).utf8))
    case .endsWith:
      return .bool(try text(0, in: scope).utf8.reversed().starts(with: text(1, in: scope).utf8.reversed()))
    case .join: return .string(try join(in: scope))
    case .split: return try split(in: scope)
    case .format:
      var values: [String] = []
      for index in arguments.indices.dropFirst() { values.append(try text(index, in: scope)) }
      return .string(try FormatText.render(text(0, in: scope), values, arguments[0].range))
    case .toJSON: return .string(JSONWriter.compact(try arguments[0].evaluate(in: scope)))
    case .fromJSON: return try fromJSON(in: scope)
    case .hashFiles:
      var globs: [String] = []
      for index in arguments.indices { globs.append(try text(index, in: scope)) }
      return .string(try located { () throws(EvaluationError) in try scope.hashFiles(globs) })
    case .exists: return .bool(try exists(in: scope))
    case .default: return try valueOrFallback(in: scope)
    case .lower: return .string(try text(0, in: scope).lowercased())
    case .upper: return .string(try text(0, in: scope).uppercased())
    case .failed: return .bool(try located { () throws(EvaluationError) in try scope.hasFailed() })
    case .succeeded: return .bool(try located { () throws(EvaluationError) in try scope.hasSucceeded() })
    case .skipped:
      let step = try text(0, in: scope)
      return .bool(try located { () throws(EvaluationError) in try scope.isSkipped(step) })
    case .has:
      guard case .reference(.secret(let name), _) = arguments[0] else {
        throw EvaluationError("\"has\" asks for a secret, as in has(secrets.NAME)", arguments[0].range)
      }
      return .bool(try located { () throws(EvaluationError) in try scope.secretExists(name) })
    case .date: return try date(in: scope)
    }
  }

  // MARK: Arguments

  /// The text of an argument; throws for lists and maps.
  private func text(_ index: Int, in scope: some EvaluationScope) throws(EvaluationError) -> String {
    let value = try arguments[index].evaluate(in: scope)
    guard let text = value.text else {
      throw EvaluationError(
        "\"\(function.rawValue)\" needs a text, not the \(value.typeName) \(value.shown)", arguments[index].range)
    }
    return text
  }

  private func located<Answer>(
    _ body: () throws(EvaluationError) -> Answer
  ) throws(EvaluationError) -> Answer {
    do throws(EvaluationError) { return try body() } catch { throw error.placed(at: range) }
  }

  // MARK: Functions

  private func contains(in scope: some EvaluationScope) throws(EvaluationError) -> Bool {
    let whole = try arguments[0].evaluate(in: scope)
    if case .list(let items) = whole {
      let item = try arguments[1].evaluate(in: scope)
      return items.contains { $0.equals(item) }
    }
    return try ByteSearch(text(1, in: scope)).first(in: Array(text(0, in: scope).utf8)) != nil
  }

  private func join(in scope: some EvaluationScope) throws(EvaluationError) -> String {
    let value = try arguments[0].evaluate(in: scope)
    guard case .list(let items) = value else {
      throw EvaluationError("\"join\" needs a list, not \(value.shown)", arguments[0].range)
    }
    var texts: [String] = []
    texts.reserveCapacity(items.count)
    for item in items {
      guard let text = item.text else {
        throw EvaluationError(
          "\"join\" cannot put the \(item.typeName) \(item.shown) into a text", arguments[0].range)
      }
      texts.append(text)
    }
    return texts.joined(separator: arguments.count > 1 ? try text(1, in: scope) : ",")
  }

  private func split(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    let whole = Array(try text(0, in: scope).utf8)
    let separator = ByteSearch(try text(1, in: scope))
    guard !separator.pattern.isEmpty else {
      throw EvaluationError("\"split\" needs a separator that is not empty", arguments[1].range)
    }
    var parts: [Value] = []
    var start = 0
    while let found = separator.first(in: whole, from: start) {
      parts.append(.string(String(decoding: whole[start..<found], as: UTF8.self)))
      start = found + separator.pattern.count
    }
    parts.append(.string(String(decoding: whole[start...], as: UTF8.self)))
    return .list(parts)
  }

  private func fromJSON(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    let source = try text(0, in: scope)
    do throws(JSONError) {
      return try JSONReader.read(Array(source.utf8))
    } catch {
      throw EvaluationError(
        "\(Value.string(source).shown) is not JSON: \(error.message) at byte \(error.offset)", arguments[0].range)
    }
  }

  private func exists(in scope: some EvaluationScope) throws(EvaluationError) -> Bool {
    guard arguments[0].isPresenceQuestion else {
      let glob = try text(0, in: scope)
      return try located { () throws(EvaluationError) in try scope.fileExists(matching: glob) }
    }
    do throws(EvaluationError) {
      return try arguments[0].evaluate(in: scope) != .null
    } catch {
      if error.isAbsence { return false }
      throw error
    }
  }

  private func valueOrFallback(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    do throws(EvaluationError) {
      let value = try arguments[0].evaluate(in: scope)
      if value != .null { return value }
    } catch {
      guard error.isAbsence else { throw error }
    }
    return try arguments[1].evaluate(in: scope)
  }

  private func date(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    let source = try text(0, in: scope)
    guard var day = CalendarDay(source) else {
      throw EvaluationError(
        "\(Value.string(source).shown) is not a date; a date is written 2026-01-31", arguments[0].range)
    }
    if arguments.count > 1 {
      let text = try text(1, in: scope)
      guard let days = CalendarDay.offset(text) else {
        throw EvaluationError(
          "\(Value.string(text).shown) is not an offset of days or weeks; write '-1d' or '2w'", arguments[1].range)
      }
      guard let moved = day.advanced(by: days) else {
        throw EvaluationError("the date lies outside the years 1 to 9999", range)
      }
      day = moved
    }
    return .string(day.text)
  }
}
