package import PlanModel

extension ColumnType {
  /// The type of a column by what the catalogue of PostgreSQL says of it.
  ///
  /// - Parameters:
  ///   - identifier: the OID of the type; those of types that come with PostgreSQL never change.
  ///   - category: `pg_type.typcategory`.
  ///   - isWhole: whether a `numeric` was declared without digits behind its point.
  package init(postgres identifier: Int, category: String, isWhole: Bool) {
    switch identifier {
    // int8, int2, int4, oid
    case 20, 21, 23, 26: self = .integer
    case 700: self = .single
    case 701: self = .real
    case 1700: self = isWhole ? .integer : .decimal
    case 17: self = .bytes
    default:
      switch category {
      case "S": self = .text
      // Dates and times, spans of time, addresses.
      case "D", "T", "I": self = .ordered
      default: self = .other
      }
    }
  }

  /// A value by its text as PostgreSQL writes it.
  ///
  /// What is no number (`NaN`, `Infinity`) stays a text, as in a file of records.
  package func value(_ text: String) -> Value {
    switch self {
    case .integer, .decimal:
      if let number = Int(text) { return .int(number) }
      return ColumnType.finite(text)
    case .real, .single: return ColumnType.finite(text)
    case .any, .text, .ordered, .bytes, .other: return .string(text)
    }
  }

  private static func finite(_ text: String) -> Value {
    guard let number = Double(text), number.isFinite else { return .string(text) }
    return .double(number)
  }
}
