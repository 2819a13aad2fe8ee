package import PlanModel

/// What looking at one table came to.
package struct TableReport: Sendable {
  /// What the table is called in output.
  package var name: String
  package var rows: Int
  package var outcomes: [ExpectationOutcome]
  /// In the order of the columns.
  package var profiles: [(column: String, profile: ColumnProfile)]
  /// Columns whose profile is shown; the others are only kept for the next run.
  package var shownProfiles: Set<String>

  /// The share of the weights whose expectations hold.
  package var score: Double { TableReport.score(of: outcomes) }

  /// The share of the weights whose expectations hold, to four digits; 1 if there is none.
  package static func score(of outcomes: [ExpectationOutcome]) -> Double {
    let all = outcomes.reduce(0) { $0 + $1.weight }
    guard all > 0 else { return 1 }
    let good = outcomes.reduce(0) { $0 + ($1.failure == nil ? $1.weight : 0) }
    return (good / all * 10_000).rounded() / 10_000
  }

  /// What the next run compares itself with, and later steps read.
  package var value: Value {
    .map([
      .init("rows", .int(rows)), .init("score", .double(score)),
      .init("failed", .int(outcomes.count { $0.failure != nil })),
      .init("columns", .map(profiles.map { .init($0.column, $0.profile.value) })),
    ])
  }
}

/// What came of one expectation.
package struct ExpectationOutcome: Hashable, Sendable {
  package var title: String
  package var severity: Check.Severity
  package var weight: Double
  /// Nil: it holds. Else what is wrong.
  package var failure: String?
  /// What was found, also where it is good.
  package var found: String
  /// Bad rows, of those that were looked at; nil for what is not about rows.
  package var badRows: Int?
  package var lookedAt: Int?
  /// Some of the bad rows, one line each.
  package var samples: [String]

  package init(
    title: String, severity: Check.Severity, weight: Double, failure: String? = nil, found: String = "",
    badRows: Int? = nil, lookedAt: Int? = nil, samples: [String] = []
  ) {
    self.title = title
    self.severity = severity
    self.weight = weight
    self.failure = failure
    self.found = found
    self.badRows = badRows
    self.lookedAt = lookedAt
    self.samples = samples
  }
}

/// What the last successful run found in a table.
package struct TableBaseline: Sendable {
  package var run: Int64
  package var rows: Int
  package var columns: [String: ColumnProfile]

  package init(run: Int64, rows: Int, columns: [String: ColumnProfile]) {
    self.run = run
    self.rows = rows
    self.columns = columns
  }

  /// Reads back what `TableReport.value` made; nil if the value is none of it.
  package init?(_ value: Value, run: Int64) {
    guard case .int(let rows)? = value["rows"] else { return nil }
    var columns: [String: ColumnProfile] = [:]
    if case .map(let entries)? = value["columns"] {
      for entry in entries { columns[entry.key] = ColumnProfile(entry.value) }
    }
    self.init(run: run, rows: rows, columns: columns)
  }
}
