internal import PlanModel

/// Fetches some of the bad rows, in bounds: of how many expectations, how many rows, how much of each.
struct Sampling {
  enum Style {
    /// Whole rows, this column first.
    case rows(TableColumn)
    /// The bad values of this column, and how often each is there.
    case values(TableColumn)
  }

  private let assessment: TableAssessment
  private let subject: Subject
  /// How many expectations may still be sampled.
  private var budget = 20

  private static let columnLimit = 8
  private static let textLimit = 40
  /// Half a secret would not be found, so a text is masked as a whole, and one that is too long for that is not shown.
  private static let maskedLimit = 1 << 16

  init(assessment: TableAssessment, subject: Subject) {
    self.assessment = assessment
    self.subject = subject
  }

  private var database: any TableDatabase { assessment.database }
  private var dialect: any TableDialect { assessment.database.dialect }

  /// How many rows are shown of the next expectation.
  var limit: Int { budget > 0 ? assessment.check.samples : 0 }

  mutating func rows(where condition: String, _ style: Style) throws -> [String] {
    guard limit > 0 else { return [] }
    defer { budget -= 1 }
    switch style {
    case .values(let column):
      let order = dialect.order(column)
      let found = try database.rows(
        subject.query(
          [dialect.value(column), .rows], where: condition,
          after: "GROUP BY \(order) ORDER BY count(*) DESC, \(order) LIMIT \(limit)"))
      return found.map { "\(text($0[0])) × \(count($0[1]))" }
    case .rows(let column):
      let others = subject.columns.filter { $0 != column }
      let columns = [column] + others.prefix(Sampling.columnLimit - 1)
      let line = database.lineColumn.map { TableSelection(dialect.quoted($0), .integer) }
      let found = try database.rows(
        subject.query(
          (line.map { [$0] } ?? []) + columns.map { dialect.value($0) }, where: condition, after: "LIMIT \(limit)"))
      return found.map { row in
        let place = line == nil ? "" : "line \(count(row[0])): "
        return place + assignments(columns.map(\.name), Array(row.dropFirst(line == nil ? 0 : 1)))
      }
    }
  }

  /// Rows that a query of the plan gave.
  mutating func lines(_ columns: [String], _ rows: [[Value]]) -> [String] {
    defer { budget -= 1 }
    return rows.map { assignments(Array(columns.prefix(Sampling.columnLimit)), $0) }
  }

  // MARK: Keys

  /// The keys that are there more than once, with the number of their rows.
  func groups(_ columns: [TableColumn]) -> TableQuery {
    query(columns, columns.map { dialect.value($0) } + [TableSelection("count(*) AS execplan_copies", .integer)])
  }

  /// Their number, and that of their rows.
  func copiedRows(_ columns: [TableColumn]) -> TableQuery {
    let groups = query(columns, [TableSelection("count(*) AS execplan_copies", .integer)])
    return TableQuery(
      "SELECT count(*), coalesce(sum(execplan_copies), 0) FROM (\(groups.sql)) AS execplan_groups", groups.parameters,
      types: [.integer, .integer])
  }

  private func query(_ columns: [TableColumn], _ selections: [TableSelection]) -> TableQuery {
    let keys = columns.map { dialect.key($0) }.joined(separator: ", ")
    return subject.query(selections, where: whole(columns), after: "GROUP BY \(keys) HAVING count(*) > 1")
  }

  /// How many rows have a whole key.
  func keyed(_ columns: [TableColumn]) -> TableQuery { subject.query([.rows], where: whole(columns)) }

  private func whole(_ columns: [TableColumn]) -> String {
    columns.map { dialect.isThere($0) }.joined(separator: " AND ")
  }

  mutating func copies(_ columns: [TableColumn]) throws -> [String] {
    guard limit > 0 else { return [] }
    defer { budget -= 1 }
    var query = groups(columns)
    query.sql += " ORDER BY count(*) DESC, \(columns.map { dialect.order($0) }.joined(separator: ", ")) LIMIT \(limit)"
    return try database.rows(query).map { row in
      "\(assignments(columns.map(\.name), row)) × \(count(row[columns.count]))"
    }
  }

  // MARK: Texts

  private func assignments(_ columns: [String], _ row: [Value]) -> String {
    zip(columns, row).map { "\($0)=\(text($1))" }.joined(separator: " ")
  }

  private func text(_ value: Value) -> String {
    guard case .string(let text) = value else { return value == .null ? "NULL" : value.text ?? "" }
    guard text.utf8.count <= Sampling.maskedLimit else { return "(\(text.utf8.count) bytes)" }
    let masked = assessment.environment.masked(text)
    let line = masked.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let shown =
      line.count > Sampling.textLimit
      ? line.prefix(Sampling.textLimit) + "…" : line + (line.count < masked.count ? "…" : "")
    return "\"\(shown)\""
  }

  private func count(_ value: Value) -> Int {
    if case .int(let number) = value { number } else { 0 }
  }
}
