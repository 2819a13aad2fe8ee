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
    guard let columns = try database.columns(of: table) else { throw try noTable(table) }
    var subject = Subject(
      table: table, columns: columns, dialect: database.dialect,
      filter: try check.filter.map { TableQuery($0.text, try environment.parameters($0)) })
    var pending: [PendingOutcome] = []
    for expectation in check.expectations { pending += outcomes(of: expectation, &subject) }
    let profiled = profiledColumns(columns, subject)
    for column in profiled { _ = subject.counter("count(\(database.dialect.quoted(column)))") }
    let counts = try subject.count(in: database)
    let profiles = try profiles(of: profiled, subject, counts)
    var sampling = Sampling(assessment: self, subject: subject)
    var outcomes = pending.map { $0.outcome(self, counts, profiles, &sampling) }
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
      name: table.text, rows: counts.rows, outcomes: outcomes, profiles: profiles.map { ($0.column, $0.profile) },
      shownProfiles: shownColumns(columns, subject))
  }

  func noTable(_ table: TableName) throws -> TableProblem {
    let tables = try database.tables()
    return TableProblem(
      "there is no table \"\(table.text)\"; " + (tables.isEmpty ? "there are none" : "there are: \(Words.list(tables))")
    )
  }

  // MARK: Profiles

  /// A profile, and how often the classes of the last run's shape are there.
  struct Profiled {
    var column: String
    var profile: ColumnProfile
    var countsByBaseline: [Int]
  }

  private func shownColumns(_ columns: [String], _ subject: Subject) -> Set<String> {
    switch check.profile {
    case .none: []
    case .all: Set(columns.prefix(TableAssessment.profileLimit))
    case .some(let names): Set(names.compactMap { subject.column($0.value) })
    }
  }

  /// Those that are to be shown, and those whose distribution is compared; in the order of the table.
  private func profiledColumns(_ columns: [String], _ subject: Subject) -> [String] {
    let wanted = shownColumns(columns, subject).union(comparedColumns(subject))
    return columns.filter { wanted.contains($0) }
  }

  private func comparedColumns(_ subject: Subject) -> [String] {
    check.expectations.compactMap { expectation in
      guard case .distribution(let column, _) = expectation.kind else { return nil }
      return subject.column(column.value)
    }
  }

  private func profiles(of columns: [String], _ subject: Subject, _ counts: Counts) throws -> [Profiled] {
    let compared = Set(comparedColumns(subject))
    return try columns.map { column in
      let name = database.dialect.quoted(column)
      let values = counts[subject.index(of: "count(\(name))")]
      var builder = ProfileBuilder(
        rows: counts.rows, nulls: counts.rows - values, wantsShape: compared.contains(column),
        baseline: baseline?.columns[column]?.shape)
      try database.eachValue(
        subject.query("\(name), count(*)", where: "\(name) IS NOT NULL", after: "GROUP BY \(name) ORDER BY \(name)")
      ) { builder.take($0, $1) }
      return Profiled(column: column, profile: builder.profile(), countsByBaseline: builder.countsByBaseline)
    }
  }
}
