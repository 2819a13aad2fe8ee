import DataQuality
import PlanModel
import Testing

/// The SQL of table checks on PostgreSQL, as it is sent; `DialectTests` has what both kinds of databases share.
struct PostgresDialectTests {
  private let dialect = PostgresDialect()
  private let integer = TableColumn("n", .integer)
  private let decimal = TableColumn("d", .decimal)
  private let single = TableColumn("f", .single)
  private let text = TableColumn("it's \"x\"", .text)
  private let time = TableColumn("at", .ordered)
  private let other = TableColumn("j", .other)

  @Test func valuesComeBackAsWhatTheyAre() {
    #expect(dialect.value(integer) == TableSelection("\"n\"", .integer))
    #expect(dialect.value(single) == TableSelection("\"f\"", .single))
    #expect(dialect.value(text) == TableSelection("(\"it's \"\"x\"\"\"::text COLLATE \"C\")", .text))
    #expect(dialect.value(time) == TableSelection("\"at\"::text", .text))
    #expect(
      dialect.value(TableColumn("b", .bytes)) == TableSelection("'(' || octet_length(\"b\") || ' bytes)'", .text))
  }

  @Test func textsAreSortedByTheirBytes() {
    #expect(dialect.order(integer) == "\"n\"" && dialect.order(time) == "\"at\"")
    #expect(dialect.order(other) == "(\"j\"::text COLLATE \"C\")")
    // What is equal is what the database calls so, if it can tell at all.
    #expect(dialect.key(text) == "\"it's \"\"x\"\"\"" && dialect.key(other) == "(\"j\"::text COLLATE \"C\")")
    #expect(dialect.newest(time) == TableSelection("max(\"at\")::text", .text))
    #expect(dialect.newest(decimal) == TableSelection("max(\"d\")", .decimal))
  }

  @Test func acceptedValuesAreOfTheTypeOfTheColumn() {
    #expect(
      dialect.isNoneOf(integer, [.int(-1), .string("2"), .string("x"), .bool(true), .double(0.5)])
        == "(\"n\" IS NOT NULL AND \"n\" NOT IN (-1, 2, 1, 0.5))")
    #expect(dialect.isNoneOf(integer, [.string("x"), .string("NaN")]) == "(\"n\" IS NOT NULL)")
    #expect(dialect.isNoneOf(decimal, [.string("NaN")]) == "(\"d\" IS NOT NULL AND \"d\" NOT IN ('NaN'))")
    #expect(dialect.isNoneOf(single, [.double(0.1)]) == "(\"f\" IS NOT NULL AND (\"f\"::text::float8) NOT IN (0.1))")
    #expect(
      dialect.isNoneOf(other, [.string("it's"), .int(1), .bool(false)])
        == "(\"j\" IS NOT NULL AND (\"j\"::text COLLATE \"C\") NOT IN ('it''s', '1', 'false', '0'))")
    #expect(
      dialect.isNoneOf(time, [.string("2026-03-01")]) == "(\"at\" IS NOT NULL AND \"at\" NOT IN ('2026-03-01'))")
  }

  @Test func rangesAreOfNumbersOrOfTheOrderOfTheColumn() {
    #expect(
      dialect.isOutside(integer, .int(0), .int(5)) == "(\"n\" IS NOT NULL AND NOT (\"n\" >= 0 AND \"n\" <= 5))")
    #expect(
      dialect.isOutside(decimal, nil, .double(1.5)) == "(\"d\" IS NOT NULL AND NOT (\"d\" <= 1.5 AND \"d\" <> 'NaN'))")
    #expect(
      dialect.isOutside(time, .string("2026-01-01"), nil) == "(\"at\" IS NOT NULL AND NOT (\"at\" >= '2026-01-01'))")
    #expect(
      dialect.isOutside(other, .string("'a"), .string("z"))
        == "(\"j\" IS NOT NULL AND NOT ((\"j\"::text COLLATE \"C\") >= '''a' AND (\"j\"::text COLLATE \"C\") <= 'z'))")
    // A text is a number if it reads as one.
    let numeric = dialect.isOutside(other, .int(1), nil)
    #expect(numeric.hasPrefix("(\"j\" IS NOT NULL AND CASE WHEN \"j\"::text ~ '^ *[-+]?"))
    #expect(numeric.hasSuffix("' THEN NOT (\"j\"::text::numeric >= 1) ELSE TRUE END)"))
  }

  @Test func theTypeOfAColumnIsThatOfItsValues() {
    #expect(dialect.isNot(.integer, integer) == "FALSE" && dialect.isNot(.number, single) == "FALSE")
    #expect(dialect.isNot(.integer, decimal) == "(\"d\" IS NOT NULL)")
    #expect(dialect.isNot(.text, time) == "FALSE" && dialect.isNot(.text, integer) == "(\"n\" IS NOT NULL)")
    #expect(dialect.isNot(.any, other) == nil)
  }

  @Test func referencesAreAJoin() {
    let table = TableName(["s", "t"])
    let target = TableName(["u"])
    #expect(
      dialect.hasNoTarget(integer, of: table, in: target, key: TableColumn("id", .decimal))
        == "(\"s\".\"t\".\"n\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"u\" AS execplan_target "
        + "WHERE execplan_target.\"id\" = \"s\".\"t\".\"n\"))")
    // Numbers and texts are compared as texts.
    #expect(
      dialect.hasNoTarget(integer, of: table, in: target, key: TableColumn("id", .text))
        .hasSuffix("WHERE execplan_target.\"id\"::text COLLATE \"C\" = \"s\".\"t\".\"n\"::text COLLATE \"C\"))"))
    #expect(dialect.joinsReferences && !SQLiteDialect().joinsReferences)
  }

  @Test func namesOfColumnsAreTakenAsTheyAre() {
    let columns = [TableColumn("Id"), TableColumn("id")]
    #expect(dialect.column("id", in: columns)?.name == "id" && dialect.column("ID", in: columns) == nil)
    #expect(SQLiteDialect().column("ID", in: columns)?.name == "Id")
    #expect(SQLiteDialect().column("id", in: columns)?.name == "id")
  }

  // MARK: Types

  @Test(
    arguments: [
      (20, "N", false, .integer), (1700, "N", true, .integer), (1700, "N", false, .decimal), (700, "N", false, .single),
      (701, "N", false, .real), (790, "N", false, .other), (25, "S", false, .text), (1043, "S", false, .text),
      (1082, "D", false, .ordered), (1184, "D", false, .ordered), (16, "B", false, .other), (17, "U", false, .bytes),
      (3802, "U", false, .other), (1007, "A", false, .other), (90_000, "E", false, .other),
    ] as [(Int, String, Bool, ColumnType)])
  func typesAreToldByTheCatalogue(_ type: (Int, String, Bool, ColumnType)) {
    #expect(ColumnType(postgres: type.0, category: type.1, isWhole: type.2) == type.3)
  }

  @Test func textsBecomeValues() {
    #expect(ColumnType.integer.value("-7") == .int(-7))
    #expect(ColumnType.integer.value("9223372036854775808") == .double(9_223_372_036_854_775_808))
    #expect(ColumnType.decimal.value("10.50") == .double(10.5) && ColumnType.decimal.value("12") == .int(12))
    #expect(ColumnType.real.value("12") == .double(12) && ColumnType.single.value("0.1") == .double(0.1))
    #expect(ColumnType.real.value("NaN") == .string("NaN"))
    #expect(ColumnType.decimal.value("-Infinity") == .string("-Infinity"))
    #expect(ColumnType.text.value("7") == .string("7") && ColumnType.other.value("{1,2}") == .string("{1,2}"))
  }
}
