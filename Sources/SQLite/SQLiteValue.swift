/// A value as SQLite stores it.
package enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  package static func optional(_ value: Int64?) -> SQLiteValue { value.map { .integer($0) } ?? .null }

  package static func optional(_ value: Int?) -> SQLiteValue { value.map { .integer(Int64($0)) } ?? .null }

  package static func optional(_ value: String?) -> SQLiteValue { value.map { .text($0) } ?? .null }
}
