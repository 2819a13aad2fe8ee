internal import PlanModel
internal import SourceText

extension TableAssessment {
  /// What is to be found out for an expectation; what is counted is added to the one pass.
  ///
  /// - Throws: when the database answers nothing any more.
  func outcomes(of expectation: TableExpectation, _ subject: inout Subject) throws -> [PendingOutcome] {
    func pending(_ name: String, _ content: PendingOutcome.Content, isOneOfSeveral: Bool = false) -> PendingOutcome {
      var title = [expectation.keyword, name].filter { !$0.isEmpty }.joined(separator: " ")
      if let own = expectation.title { title = isOneOfSeveral ? "\(own) (\(name))" : own }
      return PendingOutcome(
        title: title, expectation: expectation, severity: expectation.severity ?? severity, content: content)
    }
    let dialect = database.dialect
    do {
      switch expectation.kind {
      case .notNull(let columns):
        return columns.map { column in
          let content = content(column, subject) { column in
            let condition = dialect.isMissing(column)
            return .rows(
              condition: condition, bad: subject.rows(where: condition), lookedAt: 0, words: "have no value",
              noun: "rows", .rows(column))
          }
          return pending(column.value, content, isOneOfSeveral: columns.count > 1)
        }
      case .columns(let columns):
        return columns.map { column in
          let content = content(column.name, subject) { found in
            guard let condition = dialect.isNot(column.type, found) else { return .holds("it is there") }
            return values(condition, found, "are not \(column.type.words)", &subject)
          }
          let name = column.type == .any ? column.name.value : "\(column.name.value) \(column.type.rawValue)"
          return pending(name, content, isOneOfSeveral: columns.count > 1)
        }
      case .acceptedValues(let column, let operands):
        let accepted = try accepted(operands)
        return [
          pending(
            column.value,
            content(column, subject) { column in
              let list = Words.list(accepted.map(Words.value))
              return values(dialect.isNoneOf(column, accepted), column, "are none of \(list)", &subject)
            })
        ]
      case .range(let column, let min, let max):
        let (low, high) = (try bound(min, "min"), try bound(max, "max"))
        return [
          pending(
            column.value,
            content(column, subject) { column in
              let condition = dialect.isOutside(column, low, high)
              return .rows(
                condition: condition, bad: subject.rows(where: condition),
                lookedAt: subject.counter(dialect.values(column)),
                words: TableAssessment.words(low, high), noun: "values", .rows(column))
            })
        ]
      case .references(let column, let target, let key):
        return [pending(column.value, try references(column, target, key, &subject))]
      case .unique(let columns):
        let names = columns.compactMap { subject.column($0.value) }
        let missing = columns.first { subject.column($0.value) == nil }
        return [
          pending(
            columns.map(\.value).joined(separator: ", "),
            missing.map { .failed(noColumn($0.value, subject)) } ?? .unique(names))
        ]
      case .rowCount(let min, let max, let tolerance):
        return [pending("", .rowCount(min: try bound(min, "min"), max: try bound(max, "max"), tolerance: tolerance))]
      case .freshness(let column, let maxAge):
        return [
          pending(
            column.value,
            content(column, subject) { column in
              .freshness(newest: subject.counter(dialect.newest(column)), maxAge: maxAge)
            })
        ]
      case .distribution(let column, let drift):
        return [pending(column.value, content(column, subject) { .distribution($0, drift) })]
      case .sql(let query):
        let line = query.template.literal?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return [pending(line.count > 50 ? line.prefix(49) + "…" : line, .sql(query))]
      }
    } catch let loss as TableLoss {
      throw loss
    } catch {
      return [
        pending(expectation.columns.joined(separator: ", "), .failed(environment.masked(Words.error(error))))
      ]
    }
  }

  /// The content for a column of the table, or that there is none.
  private func content(
    _ column: Located<String>, _ subject: Subject, _ make: (TableColumn) -> PendingOutcome.Content
  ) -> PendingOutcome.Content {
    subject.column(column.value).map(make) ?? .failed(noColumn(column.value, subject))
  }

  private func noColumn(_ name: String, _ subject: Subject) -> String {
    "there is no column \"\(name)\"; the table has \(Words.list(subject.columnNames, limit: 10))"
  }

  /// Bad values of a column; which they are says more than the rows.
  private func values(
    _ condition: String, _ column: TableColumn, _ words: String, isAlone: Bool = false, _ subject: inout Subject
  ) -> PendingOutcome.Content {
    .rows(
      condition: condition, bad: subject.rows(where: condition, isAlone: isAlone),
      lookedAt: subject.counter(database.dialect.values(column)), words: words, noun: "values", .values(column))
  }

  private func references(
    _ column: Located<String>, _ target: TableExpectation.Target, _ key: Located<String>, _ subject: inout Subject
  ) throws -> PendingOutcome.Content {
    let table: TableName
    switch target {
    case .table(let name): table = name
    case .csv(let path):
      guard let name = environment.references[path.text] else { return .failed("\"\(path.text)\" was not read") }
      table = name
    }
    guard let columns = try database.columns(of: table) else { return .failed(try noTable(table).description) }
    let other = Subject(table: table, columns: columns, dialect: database.dialect, filter: nil)
    guard let key = other.column(key.value) else {
      return .failed(
        "there is no column \"\(key.value)\" in \"\(table.text)\", which has "
          + Words.list(other.columnNames, limit: 10))
    }
    let dialect = database.dialect
    return content(column, subject) { column in
      let condition = dialect.hasNoTarget(column, of: subject.table, in: table, key: key)
      return values(
        condition, column, "are not in \(table.text).\(key.name)", isAlone: dialect.joinsReferences, &subject)
    }
  }

  // MARK: Operands

  private func value<T>(_ key: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as EvaluationError {
      var text = "\"\(key)\" can't be told: \(error.message)"
      if case .absent(let reference?) = error.kind {
        text += "; default(\(reference.text), …) would give one"
      }
      throw TableProblem(text)
    }
  }

  /// The values of the parameters of a text.
  func parameters(_ text: SQLText, _ key: String) throws -> [Value] {
    try value(key) { try environment.parameters(text) }
  }

  private func bound(_ operand: Comparison.Operand?, _ key: String) throws -> Value? {
    guard let operand else { return nil }
    let value = try self.value(key) { try environment.value(operand) }
    switch value {
    case .int, .double: return value
    case .string(let text): return Int(text).map(Value.int) ?? Double(text).map(Value.double) ?? value
    case .null, .bool, .list, .map:
      throw TableProblem("\"\(key)\" is a \(value.typeName), and must be a number or a text")
    }
  }

  private func accepted(_ operands: [Comparison.Operand]) throws -> [Value] {
    let values = try operands.flatMap { operand -> [Value] in
      let value = try self.value("values") { try environment.value(operand) }
      if case .list(let items) = value { return items }
      return [value]
    }
    if values.isEmpty { throw TableProblem("\"values\" is an empty list; no value would be good") }
    for value in values {
      switch value {
      case .null, .list, .map:
        throw TableProblem("\"values\" holds a \(value.typeName), and must hold texts and numbers")
      case .bool, .int, .double, .string: break
      }
    }
    return values
  }

  private static func words(_ low: Value?, _ high: Value?) -> String {
    switch (low, high) {
    case (let low?, let high?): "are not between \(Words.value(low)) and \(Words.value(high))"
    case (let low?, nil): "are below \(Words.value(low))"
    case (nil, let high?): "are above \(Words.value(high))"
    case (nil, nil): "are bad"
    }
  }
}

extension TableExpectation.Column.ValueType {
  fileprivate var words: String {
    switch self {
    case .integer: "whole numbers"
    case .number: "numbers"
    case .text: "texts"
    case .any: "values"
    }
  }
}
