import SQLite
import Testing

@Test func valuesComeBackWithTheirType() throws {
  let connection = try Connection.inMemory()
  let values: [SQLiteValue] = [
    .null, .integer(.min), .real(1.5), .text(""), .text("a\u{0}b é"), .blob([]), .blob([0, 255]),
  ]
  for value in values {
    #expect(try connection.value("SELECT ?1", value) == value)
  }
}
