import DataQuality
import PlanModel
import SQLite
import Testing

struct TableAssessmentTests {
  private let people = """
    CREATE TABLE t (id INTEGER, name TEXT, age, note TEXT);
    INSERT INTO t VALUES (1, 'Ada', 36, NULL), (2, 'Bob', 200, 'x'), (3, NULL, NULL, '5'), (3, 'Eve', 'old', '12'),
      (NULL, 'Bob', -1, '7');
    """

  @Test func rowsWithoutAValueAreCounted() throws {
    let table = try Assessed(people)
    #expect(try table.counts(.notNull([column("name")]), .notNull([column("ID")])) == [[1, 5], [1, 5]])
    let report = try table.report(.notNull([column("name"), column("id")]))
    #expect(report.outcomes.map(\.title) == ["not_null name", "not_null id"])
    #expect(report.outcomes[0].failure == "1 of 5 rows have no value (20%)")
    #expect(report.outcomes[0].samples == ["name=NULL id=3 age=NULL note=\"5\""])
  }

  @Test func keysThatStandMoreThanOnceAreCountedWithAllTheirRows() throws {
    let table = try Assessed(people)
    #expect(
      try table.counts(.unique([column("id")]), .unique([column("name")]), .unique([column("id"), column("name")]))
        == [[2, 4], [2, 4], [0, 3]])
    let outcome = try table.report(.unique([column("id")])).outcomes[0]
    #expect(outcome.failure == "2 of 4 rows are not the only ones with their key (1 key) (50%)")
    #expect(outcome.samples == ["id=3 × 2"])
  }

  @Test func valuesOutsideARangeAreCountedAndTextIsNoNumber() throws {
    let table = try Assessed(people)
    #expect(
      try table.counts(
        .range(column("age"), min: .int(0), max: .int(120)), .range(column("age"), min: .int(0), max: nil),
        .range(column("age"), min: nil, max: .int(120)),
        // A column of texts that are numbers.
        .range(column("note"), min: .int(6), max: .int(12)), .range(column("name"), min: .text("B"), max: .text("Bz")))
        == [[3, 4], [2, 4], [2, 4], [2, 4], [2, 4]])
    let outcome = try table.report(.range(column("age"), min: .int(0), max: .int(120))).outcomes[0]
    #expect(outcome.failure == "3 of 4 values are not between 0 and 120 (75%)")
    #expect(outcome.samples.first?.hasPrefix("age=200 id=2") == true)
  }

  @Test func valuesThatAreNotAcceptedAreCounted() throws {
    let table = try Assessed(people)
    #expect(
      try table.counts(
        .acceptedValues(column("name"), [.text("Ada"), .text("Eve")]),
        .acceptedValues(column("id"), [.text("1"), .int(3)]),
        .acceptedValues(column("note"), [.int(5), .int(12), .text("it's")]))
        == [[2, 4], [1, 4], [2, 4]])
    let outcome = try table.report(.acceptedValues(column("name"), [.text("Ada")])).outcomes[0]
    #expect(outcome.failure == "3 of 4 values are none of \"Ada\" (75%)")
    #expect(outcome.samples == ["\"Bob\" × 2", "\"Eve\" × 1"])
  }

  @Test func valuesThatReferToNothingAreCounted() throws {
    let table = try Assessed(people + "CREATE TABLE u (key, n); INSERT INTO u VALUES ('Ada', 1), (NULL, 2);")
    #expect(try table.counts(.references(column("name"), .table(TableName(["u"])), key: column("key"))) == [[3, 4]])
    #expect(
      try table.failure(.references(column("name"), .table(TableName(["u"])), key: column("k")))
        == "there is no column \"k\" in \"u\", which has key, n")
    #expect(
      try table.failure(.references(column("name"), .table(TableName(["v"])), key: column("k")))
        == "there is no table \"v\"; there are: t, u")
  }

  @Test func typesOfValuesAreChecked() throws {
    let table = try Assessed(people)
    let report = try table.report(
      .columns([
        .init(name: column("id"), type: .integer), .init(name: column("age"), type: .number),
        .init(name: column("note"), type: .text), .init(name: column("x"), type: .any),
      ]))
    #expect(report.outcomes.map(\.badRows) == [0, 1, 0, nil])
    #expect(report.outcomes[3].failure == "there is no column \"x\"; the table has id, name, age, note")
  }

  @Test func rowsAreCountedAndComparedWithTheLastRun() throws {
    let table = try Assessed(people)
    let before = TableBaseline(run: 7, rows: 10, columns: [:])
    func failure(_ min: Int?, _ max: Int?, _ tolerance: Double?, _ baseline: TableBaseline?) throws -> String? {
      try table.failure(
        .rowCount(min: min.map { .int($0) }, max: max.map { .int($0) }, tolerance: tolerance), baseline: baseline)
    }
    #expect(try failure(5, 5, 0.5, before) == nil)
    #expect(try failure(nil, nil, 0, nil) == nil)
    #expect(try failure(6, nil, nil, nil) == "the table has 5 rows, expected at least 6")
    #expect(try failure(nil, 4, nil, nil) == "the table has 5 rows, expected at most 4")
    #expect(
      try failure(nil, nil, 0.4, before) == "the table has 5 rows, 50% fewer than the 10 of run 7; at most 40% may")
  }

  @Test(arguments: [
    ("'2026-03-01T12:00:00Z'", 0), ("'2026-03-01 12:00:00'", 0), ("'2026-03-01'", 43_200_000),
    ("1772366400", 0), ("1772366400000", 0), ("'2026-03-01 14:00:00+02'", 0), ("'2026-03-01T12:00'", 0),
  ]) func theAgeOfTheNewestValueIsThatOfItsTime(literal: String, age: Int) throws {
    let table = try Assessed("CREATE TABLE t (at); INSERT INTO t VALUES (\(literal)), (NULL);")
    let now: Int64 = 1_772_366_400_000
    #expect(try table.failure(.freshness(column("at"), maxAge: age), now: now) == nil)
    #expect(try table.failure(.freshness(column("at"), maxAge: age), now: now + 1) != nil)
  }

  @Test func whatIsNoTimeIsSaid() throws {
    let table = try Assessed("CREATE TABLE t (at, never); INSERT INTO t VALUES ('soon', NULL);")
    #expect(
      try table.failure(.freshness(column("at"), maxAge: 1))?.hasPrefix("the newest value \"soon\" is no time") == true)
    #expect(try table.failure(.freshness(column("never"), maxAge: 1)) == "there is no value")
  }

  @Test func rowsOfAQueryAreBad() throws {
    let table = try Assessed(people)
    let outcome = try table.report(.sql(Assessed.sql("select id, name from t where age > 100 -- old"))).outcomes[0]
    #expect(outcome.badRows == 2 && outcome.samples == ["id=2 name=\"Bob\"", "id=3 name=\"Eve\""])
    let broken = try table.report(.sql(Assessed.sql("select missing from t")), .notNull([column("id")])).outcomes
    #expect(broken[0].failure?.contains("no such column") == true && broken[1].badRows == 1)
    #expect(try table.failure(.sql(Assessed.sql("select ?1"))) == "\"?1\" in the SQL has no value")
  }

  @Test func aShareOfBadRowsMayBeAllowed() throws {
    let table = try Assessed(people)
    #expect(try table.report(.notNull([column("id")]), mostly: 0.8).outcomes[0].failure == nil)
    #expect(
      try table.report(.notNull([column("id")]), mostly: 0.81).outcomes[0].failure
        == "1 of 5 rows have no value (20%); at most 19% may")
  }

  @Test func aFilterLeavesRowsOut() throws {
    let table = try Assessed(people)
    let report = try table.report(
      .notNull([column("name")]), .unique([column("id")]), filter: "id < 3 -- or so", profile: .all)
    #expect(report.rows == 2 && report.outcomes.map(\.badRows) == [0, 0])
    #expect(report.profiles[0].profile.max == .int(2))
  }

  @Test func theScoreIsTheShareOfTheWeightsThatHold() throws {
    let report = try Assessed(people).report(
      .notNull([column("name")]), .rowCount(min: .int(1), max: nil, tolerance: nil), minimumScore: 0.6)
    #expect(report.score == 0.5)
    #expect(report.outcomes.last?.failure == "the score is 0.5, expected at least 0.6")
  }

  /// Names go into SQL between quotes, whatever they hold.
  @Test func namesAreNeverPartsOfSQL() throws {
    let odd = "x\"; DROP TABLE t; --"
    let other = "o'\"[`"
    let connection = try Assessed(
      """
      CREATE TABLE "t\"\"; --" ("x\"\"; DROP TABLE t; --", "o'\"\"[`"); CREATE TABLE t (a);
      INSERT INTO "t\"\"; --" VALUES (1, 'a'), (NULL, 'b'), (3, 'b');
      """)
    let report = try connection.report(
      .notNull([column(odd)]), .unique([column(other)]), .range(column(odd), min: .int(2), max: nil),
      .acceptedValues(column(other), [.text("a'); DROP TABLE t; --"), .text("a")]),
      .references(column(odd), .table(TableName(["t\"; --"])), key: column(odd)),
      .freshness(column(odd), maxAge: Int.max), .columns([.init(name: column(other), type: .text)]),
      .distribution(column(other), .init(maximumPSI: 0.1)), table: "t\"; --", profile: .all)
    #expect(report.outcomes.map(\.badRows) == [1, 2, 1, 2, 0, nil, 0, nil])
    #expect(report.profiles.map(\.column) == [odd, other])
    #expect(try connection.connection.rows("SELECT * FROM t").isEmpty)
  }

  /// SQLite would take a name in double quotes that is no column for a text.
  @Test func aColumnThatIsNotThereIsNoText() throws {
    let table = try Assessed(people)
    for kind: TableExpectation.Kind in [
      .notNull([column("nmae")]), .unique([column("id"), column("nmae")]),
      .range(column("nmae"), min: .int(1), max: nil),
      .acceptedValues(column("nmae"), [.int(1)]), .freshness(column("nmae"), maxAge: 1),
      .distribution(column("nmae"), .init(maximumPSI: 1)),
    ] {
      #expect(try table.failure(kind) == "there is no column \"nmae\"; the table has id, name, age, note")
    }
    #expect(throws: TableProblem.self) { try table.report(.notNull([column("id")]), table: "missing") }
  }

  @Test func secretsInSamplesAreMaskedBeforeTheyAreCut() throws {
    let table = try Assessed(
      "CREATE TABLE t (a, b); INSERT INTO t VALUES (NULL, '" + String(repeating: "x", count: 36) + "hunter2');")
    let sample = try #require(try table.report(.notNull([column("a")])).outcomes[0].samples.first)
    #expect(sample.contains("xxx***") && !sample.contains("hun"))
  }

  @Test func samplesAreBounded() throws {
    let table = try Assessed(
      """
      CREATE TABLE t (a, b, c, d, e, f, g, h, i, j);
      WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100)
      INSERT INTO t SELECT NULL, x, 3, 4, 5, 6, 7, 8, 9, printf('%5000d', x) FROM n;
      """)
    let outcome = try table.report(.notNull([column("a")]), samples: 3).outcomes[0]
    #expect(outcome.samples.count == 3 && outcome.samples.allSatisfy { $0.split(separator: " ").count == 8 })
    #expect(try table.report(.notNull([column("a")]), samples: 0).outcomes[0].samples.isEmpty)
  }

  @Test func viewsGeneratedColumnsAndEmptyTablesAreTables() throws {
    let table = try Assessed("CREATE TABLE b (x, y AS (x * 2)); CREATE VIEW t AS SELECT * FROM b;")
    let report = try table.report(
      .notNull([column("y")]), .unique([column("x")]), .distribution(column("y"), .init(maximumPSI: 0.1)), profile: .all
    )
    #expect(report.rows == 0 && report.outcomes.allSatisfy { $0.failure == nil })
    #expect(report.profiles[0].profile.kind == .empty)
  }
}
