internal import Foundation
internal import TestSupport
internal import Testing

/// The same records in a CSV file, in SQLite and on PostgreSQL get the same report and the same values.
struct QualityAgreementTests {
  private static let records = """
    id,customer,status,price,discount,ordered,shipped,note,gift
    1,1,paid,10.5,0.50,2026-03-01,,hello,true
    2,2,shipped,99,0.25,2026-03-01,2026-03-02,"a ""b"", c",false
    3,,new,12,0.50,2026-03-02,,12,true
    4,7,shipped,40,1.00,2026-03-03,2026-03-01,Ärger,
    4,1,lost,5000,0.10,2026-03-03,,zebra,false
    5,2,paid,0.1,0.10,2026-03-04,2026-03-05,,true

    """
  private static let later = """
    6,2,paid,7000,0.75,2026-03-09,2026-03-10,apple,true
    7,1,odd,8000,0.75,2026-03-09,2026-03-10,apple,true
    8,1,odd,9000,0.75,2026-03-10,2026-03-11,Zulu,true

    """
  private static let customers = "id,name\n1,Ada\n2,Bob\n"

  private static func step(_ id: String, _ source: String, _ target: String) -> String {
    """
      - id: \(id)
        check:
          - severity: warn
            table:
              \(source)
              where: id < ${{ params.limit }}
              min_score: 0.1
              samples: 3
              profile: true
              checks:
                - not_null: [id, customer, note]
                - unique: [id]
                - unique: [status, ordered]
                - accepted_values: {column: status, values: "${{ fromJSON(params.states) }}"}
                - accepted_values: {column: customer, values: [1, "2"]}
                - accepted_values: {column: gift, values: [true]}
                - range: {column: price, min: 0.1, max: 1000}
                  mostly: 80%
                - range: {column: id, min: 2}
                - range: {column: ordered, min: "2026-03-02"}
                - range: {column: note, min: a, max: z}
                - range: {column: note, min: 0, max: 20}
                - references: {column: customer, \(target), key: id}
                - columns: {id: integer, price: number, discount: number, status: text, shipped: any, gone: text}
                - columns: {status: number}
                - columns: {price: text}
                - row_count: {min: 7, max: 8, tolerance: 20%}
                - freshness: {column: ordered, max_age: 1h}
                - freshness: {column: status, max_age: 1h}
                - distribution: {column: price, max_psi: 0.25, max_shift: 0.1}
                - distribution: {column: discount, max_shift: 0.1}
                - distribution: ordered
                - distribution: status
                - distribution: note
                - sql: select id, ordered, shipped, price from orders where shipped < ordered order by id
                  weight: 3

    """
  }

  private static let plan =
    """
    execplan: 1
    title: Agreement
    id: agreement
    params: {limit: {type: int, default: 8}, states: '["new", "paid", "shipped"]'}
    steps:

    """ + step("csv", "csv: orders.csv", "csv: customers.csv")
    + step("sqlite", "database: 'sqlite:w.db'\n          table: orders", "table: customers")
    + step("postgres", "database: '$DB'\n          table: orders", "table: customers")

  private static let columns = """
    (id integer, customer integer, status text, price double precision, discount numeric(6, 2), ordered date,
      shipped date, note text, gift boolean)
    """

  private func load(_ records: String, _ project: RunProject, _ database: PostgresDatabase) throws {
    try project.folder.write("rows.csv", records)
    _ = try project.query(".import --csv rows.csv orders", in: "w.db")
    for column in ["customer", "shipped", "note", "gift"] {
      _ = try project.query("update orders set \(column) = null where \(column) = ''", in: "w.db")
    }
    let answer = try database.query("copy orders from stdin csv;\n\(records)\\.\n")
    #expect(answer.isEmpty, "\(answer)")
  }

  /// What a step said, without the lines of a file and without what depends on the time of day.
  private func report(_ step: String, _ project: RunProject) throws -> String {
    try project.run("logs", "p.execplan.yaml", step).stdout
      .replacing(#/line \d+: /#, with: "").replacing(#/\d+d( \d+h)? old/#, with: "AGE old")
  }

  private func values(_ step: String, _ project: RunProject) throws -> String {
    try project.query("select \"values\" from checkpoints where step = '\(step)' order by id desc limit 1")
  }

  @Test func theReportsAreTheSame() throws {
    try withPostgresProject(Self.plan) { project, database in
      let lines = Self.records.split(separator: "\n", maxSplits: 1)
      try project.folder.write("customers.csv", Self.customers)
      try project.folder.write("orders.csv", Self.records)
      _ = try project.query(
        "create table customers (id integer, name text); insert into customers values (1, 'Ada'), (2, 'Bob'); "
          + "create table orders (id integer, customer integer, status text, price real, discount real, ordered text, "
          + "shipped text, note text, gift text)", in: "w.db")
      _ = try database.query(
        "create table customers (id int, name text); insert into customers values (1, 'Ada'), (2, 'Bob'); "
          + "create table orders \(Self.columns)")
      try load(String(lines[1]), project, database)
      for round in 1...2 {
        let result = try project.run("apply")
        #expect(result.exit == 0, "\(result)")
        let file = try report("csv", project)
        #expect(file.contains(round == 1 ? "nothing to compare with yet" : "its PSI against run 1"), "\(file)")
        #expect(file.contains("range price") && file.contains("score 0."), "\(file)")
        #expect(try report("sqlite", project) == file)
        #expect(try report("postgres", project) == file)
        let kept = try values("csv", project)
        #expect(kept.contains("\"median\""))
        #expect(try values("sqlite", project) == kept)
        #expect(try values("postgres", project) == kept)
        try project.folder.write("orders.csv", Self.records + Self.later)
        if round == 1 { try load(Self.later, project, database) }
      }
    }
  }
}
