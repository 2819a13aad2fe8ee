package import PlanModel
internal import SourceText

/// Looks at one table and says of every expectation whether it holds.
///
/// Whatever can be counted row by row is counted in one pass over the table. `unique` groups it once, a profile once for
/// each column.
package struct TableAssessment {
  let check: Check.Table
  let table: TableName
  let severity: Check.Severity
  let database: any TableDatabase
  let baseline: TableBaseline?
  let environment: Environment

  /// What the run knows.
  package struct Environment {
    /// Milliseconds since 1970.
    package var now: Int64
    /// The value of an operand.
    package var value: (Comparison.Operand) throws -> Value
    /// The values of `?1`, `?2` and so on of a text.
    package var parameters: (SQLText) throws -> [Value]
    /// The table that was made of a CSV file that is referred to, by its path.
    package var references: [String: TableName]
    /// Takes secrets out of a text.
    package var masked: (String) -> String

    package init(
      now: Int64, references: [String: TableName] = [:], value: @escaping (Comparison.Operand) throws -> Value,
      parameters: @escaping (SQLText) throws -> [Value], masked: @escaping (String) -> String
    ) {
      self.now = now
      self.references = references
      self.value = value
      self.parameters = parameters
      self.masked = masked
    }
  }

  /// - Parameters:
  ///   - table: what the database calls it.
  ///   - severity: that of the whole check.
  ///   - baseline: what the last run found; nil: there was none.
  package init(
    _ check: Check.Table, table: TableName, severity: Check.Severity, database: any TableDatabase,
    baseline: TableBaseline?, environment: Environment
  ) {
    self.check = check
    self.table = table
    self.severity = severity
    self.database = database
    self.baseline = baseline
    self.environment = environment
  }

  /// A row of the journal holds the profiles of no more columns than this.
  private static let profileLimit = 100

  /// - Throws: when the table cannot be looked at at all.
  package func report() throws -> TableReport {
    guard let columns = try readable({ try database.columns(of: table) }) else { throw try noTable(table) }
    var subject = Subject(
      table: table, columns: columns, dialect: database.dialect,
      filter: try check.filter.map { TableQuery($0.text, try parameters($0, "where")) })
    var pending: [PendingOutcome] = []
    for expectation in check.expectations { pending += try outcomes(of: expectation, &subject) }
    let profiled = profiledColumns(columns, subject)
    for column in profiled { _ = subject.counter(database.dialect.values(column)) }
    let counts = try readable { try subject.count(in: database) }
    let profiles = try readable { try self.profiles(of: profiled, subject, counts) }
    var sampling = Sampling(assessment: self, subject: subject)
    var outcomes = try pending.map { try $0.outcome(self, counts, profiles, &sampling) }
    if let least = check.minimumScore {
      let score = TableReport.score(of: outcomes)
      outcomes.append(
        ExpectationOutcome(
          title: "score", severity: severity, weight: 0,
          failure: score < least
            ? "the score is \(Value.text(of: score)), expected at least \(Value.text(of: least))" : nil,
          found: "\(Value.text(of: score))"))
    }
    return TableReport(
      name: table.text, rows: counts.rows, outcomes: outcomes,
      profiles: profiles.filter { $0.problem == nil }.map { ($0.column, $0.profile) },
      shownProfiles: shownColumns(columns, subject))
  }

  /// Says where the table is that can't be read.
  private func readable<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let problem as TableProblem where !database.place.isEmpty {
      throw TableProblem("\"\(table.text)\"\(database.place) can't be read: \(problem)")
    }
  }

  func noTable(_ table: TableName) throws -> TableProblem {
    let tables = try database.tables()
    return TableProblem(
      "there is no table \"\(table.text)\"\(database.place); "
        + (tables.isEmpty ? "there are none" : "there are: \(Words.list(tables))")
    )
  }

  // MARK: Profiles

  /// A profile, and how often the classes of the last run's shape are there.
  struct Profiled {
    var column: String
    var profile: ColumnProfile
    var countsByBaseline: [Int]
    /// Why there is none.
    var problem: TableProblem?
  }

  private func shownColumns(_ columns: [TableColumn], _ subject: Subject) -> Set<String> {
    switch check.profile {
    case .none: []
    case .all: Set(columns.prefix(TableAssessment.profileLimit).map(\.name))
    case .some(let names): Set(names.compactMap { subject.column($0.value)?.name })
    }
  }

  /// Those that are to be shown, and those whose distribution is compared; in the order of the table.
  private func profiledColumns(_ columns: [TableColumn], _ subject: Subject) -> [TableColumn] {
    let wanted = shownColumns(columns, subject).union(comparedColumns(subject))
    return columns.filter { wanted.contains($0.name) }
  }

  private func comparedColumns(_ subject: Subject) -> [String] {
    check.expectations.compactMap { expectation in
      guard case .distribution(let column, _) = expectation.kind else { return nil }
      return subject.column(column.value)?.name
    }
  }

  private func profiles(of columns: [TableColumn], _ subject: Subject, _ counts: Counts) throws -> [Profiled] {
    let compared = Set(comparedColumns(subject))
    let dialect = database.dialect
    return try columns.map { column in
      let place = subject.index(of: dialect.values(column))
      var builder = ProfileBuilder(
        rows: counts.rows, nulls: counts.rows - counts[place], wantsShape: compared.contains(column.name),
        baseline: baseline?.columns[column.name]?.shape)
      var problem: TableProblem?
      do {
        try counts.require(place)
        let order = dialect.order(column)
        try database.eachValue(
          subject.query(
            [dialect.value(column), .rows], where: dialect.isThere(column),
            after: "GROUP BY \(order) ORDER BY \(order)")
        ) { builder.take($0, $1) }
      } catch let own as TableProblem {
        guard compared.contains(column.name) else { throw TableProblem("the values of \"\(column.name)\": \(own)") }
        // Its check says so.
        problem = own
      }
      return Profiled(
        column: column.name, profile: builder.profile(), countsByBaseline: builder.countsByBaseline, problem: problem)
    }
  }
}
