import DataQuality
import PlanModel
import SQLite
import Testing

struct CSVImportTests {
  /// The columns and the rows of a file, line numbers first.
  private func table(
    _ text: String, nulls: [String] = [""], hasHeader: Bool = true
  ) throws -> (columns: [CSVImport.Column], rows: [[SQLiteValue]]) {
    let connection = try Connection.temporary(cache: 1024)
    let file = CSVFile(path: PathPattern("t.csv"), hasHeader: hasHeader, nulls: nulls)
    let columns = try CSVImport(file, into: "t", of: connection) { false }.run(read: Pieces(Array(text.utf8), 7).next)
    let line = CSVImport.lineColumn((columns ?? []).map(\.name)) ?? "0"
    return (columns ?? [], try connection.rows("SELECT \(line), * FROM t"))
  }

  @Test func typesAreThoseOfAllValues() throws {
    let (columns, rows) = try table(
      "i,r,t,zip,big,none\n1,1.5,a,01234,9223372036854775807,\n-2,3,2,98765,9223372036854775808,\n0,-1e3,,1,1,\n")
    #expect(columns.map(\.type) == ["INTEGER", "REAL", "TEXT", "TEXT", "TEXT", "TEXT"])
    #expect(
      rows[0] == [
        .integer(2), .integer(1), .real(1.5), .text("a"), .text("01234"), .text("9223372036854775807"), .null,
      ])
    #expect(rows[2][2...4] == [.real(-1000), .null, .text("1")])
  }

  @Test(arguments: ["+1", "1.", ".5", "1e", "0x1", "1 ", "-", "00", "1_000", "nan", "inf"])
  func whatIsNoPlainNumberIsText(text: String) throws {
    #expect(try table("c\n\(text)\n").columns[0].type == "TEXT")
  }

  @Test(arguments: [("0", "INTEGER"), ("-0", "INTEGER"), ("10", "INTEGER"), ("0.50", "REAL"), ("1E+5", "REAL")])
  func plainNumbersAreNumbers(text: String, type: String) throws {
    #expect(try table("c\n\(text)\n").columns[0].type == type)
  }

  @Test func aQuotedFieldIsNeverMissing() throws {
    let rows = try table("a,b\nNA,\"NA\"\n,\"\"\n", nulls: ["", "NA"]).rows
    #expect(rows[0][1...] == [.null, .text("NA")])
    #expect(rows[1][1...] == [.null, .text("")])
  }

  @Test func rowsKnowTheirLines() throws {
    let rows = try table("a\n\n\"x\ny\"\nz\n").rows
    #expect(rows.map { $0[0] } == [.integer(3), .integer(5)])
  }

  @Test func columnsMayHaveAnyName() throws {
    let names = ["rowid", "a \"b\"", "select", "x;--", "é"]
    let header = names.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    let (columns, rows) = try table(header + ",\n1,2,3,4,5,6\n")
    #expect(columns.map(\.name) == names + ["column6"])
    #expect(rows[0] == [.integer(2), .integer(1), .integer(2), .integer(3), .integer(4), .integer(5), .integer(6)])
  }

  @Test func withoutAHeaderColumnsAreCountedAndTheFirstLineIsData() throws {
    let (columns, rows) = try table("1,a\n2,b\n", hasHeader: false)
    #expect(columns.map(\.name) == ["column1", "column2"])
    #expect(rows.count == 2)
  }

  @Test func whatIsNoTableIsAnErrorWithItsLine() {
    func problem(_ text: String) -> CSVProblem? {
      do {
        _ = try table(text)
        return nil
      } catch {
        return error as? CSVProblem
      }
    }
    #expect(problem("")?.line == nil)
    #expect(problem("a,b\n1,2\n3\n") == CSVProblem(line: 3, "1 fields, and the first line has 2"))
    #expect(problem("a,b\n1,2,3\n")?.line == 2)
    #expect(problem("a,A\n1,2\n")?.line == 1)
  }

  @Test func anEmptyTableHasItsColumns() throws {
    let (columns, rows) = try table("a,b\n")
    #expect(columns.map(\.name) == ["a", "b"] && rows.isEmpty)
  }
}
