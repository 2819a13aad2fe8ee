internal import PlanModel
internal import SQLite

/// Values of the plan as values of SQLite, and back.
enum SQLValues {
  static func parameter(_ value: Value) throws(EvaluationError) -> SQLiteValue {
    switch value {
    case .null: return .null
    case .bool(let flag): return .integer(flag ? 1 : 0)
    case .int(let number): return .integer(Int64(number))
    case .double(let number): return .real(number)
    case .string(let text): return .text(text)
    case .list, .map: throw EvaluationError("a \(value.typeName) cannot be bound in SQL; use toJSON")
    }
  }

  static func value(_ value: SQLiteValue) throws(EvaluationError) -> Value {
    switch value {
    case .null: return .null
    case .integer(let number): return .int(Int(number))
    case .real(let number): return .double(number)
    case .text(let text): return .string(text)
    case .blob: throw EvaluationError("a blob can't be a value; use hex() in the query")
    }
  }

  /// Binds `?1`, `?2`, … as far as the statement has them.
  static func bind(_ values: [SQLiteValue], to statement: Statement) throws(SQLiteError) {
    for index in 1...max(1, statement.parameterCount) where index <= statement.parameterCount && index <= values.count {
      try statement.bind(values[index - 1], at: index)
    }
  }
}
