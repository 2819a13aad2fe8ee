package import SourceText

/// One thing that is expected of a table.
package struct TableExpectation: Hashable, Sendable {
  package var kind: Kind
  package var title: String?
  /// Nil: that of the whole check.
  package var severity: Check.Severity?
  /// The least share of good rows, from 0 to 1.
  package var mostly: Double?
  /// How much it counts in the score.
  package var weight: Double
  package var range: SourceRange

  package init(
    _ kind: Kind, title: String? = nil, severity: Check.Severity? = nil, mostly: Double? = nil, weight: Double = 1,
    _ range: SourceRange = .fileStart
  ) {
    self.kind = kind
    self.title = title
    self.severity = severity
    self.mostly = mostly
    self.weight = weight
    self.range = range
  }

  package indirect enum Kind: Hashable, Sendable {
    /// Each of these columns has a value in every row.
    case notNull([Located<String>])
    /// No two rows are equal in these columns; rows without a value in one of them do not count.
    case unique([Located<String>])
    case acceptedValues(Located<String>, [Comparison.Operand])
    /// Both ends belong to it.
    case range(Located<String>, min: Comparison.Operand?, max: Comparison.Operand?)
    /// - Parameter tolerance: the share by which the number of rows may differ from that of the last run.
    case rowCount(min: Comparison.Operand?, max: Comparison.Operand?, tolerance: Double?)
    /// - Parameter maxAge: milliseconds.
    case freshness(Located<String>, maxAge: Int)
    case references(Located<String>, Target, key: Located<String>)
    /// Against the last run.
    case distribution(Located<String>, Drift)
    case columns([Column])
    /// Rows that the query gives are failures.
    case sql(SQLText)
  }

  /// What values of a column refer to.
  package enum Target: Hashable, Sendable {
    case table(TableName)
    case csv(PathPattern)
  }

  /// How far a distribution may have moved since the last run.
  package struct Drift: Hashable, Sendable {
    /// The population stability index that is still good.
    package var maximumPSI: Double?
    /// How far the mean may have moved, in standard deviations of the last run.
    package var maximumShift: Double?

    package init(maximumPSI: Double? = nil, maximumShift: Double? = nil) {
      self.maximumPSI = maximumPSI
      self.maximumShift = maximumShift
    }

    /// Above it a shift is called significant (Siddiqi, "Credit Risk Scorecards", 2006, chapter 6).
    package static let defaultPSI = 0.25
  }

  /// A column that must be there.
  package struct Column: Hashable, Sendable {
    package enum ValueType: String, Hashable, Sendable, CaseIterable {
      case integer, number, text, any
    }

    package var name: Located<String>
    package var type: ValueType

    package init(name: Located<String>, type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  /// Whether single rows are good or bad, so that a share of them can be told.
  package var isAboutRows: Bool {
    switch kind {
    case .notNull, .unique, .acceptedValues, .range, .references, .sql: true
    case .rowCount, .freshness, .distribution, .columns: false
    }
  }

  /// The key under which it stands in a plan.
  package var keyword: String {
    switch kind {
    case .notNull: "not_null"
    case .unique: "unique"
    case .acceptedValues: "accepted_values"
    case .range: "range"
    case .rowCount: "row_count"
    case .freshness: "freshness"
    case .references: "references"
    case .distribution: "distribution"
    case .columns: "columns"
    case .sql: "sql"
    }
  }
}

extension Check.Table {
  /// Every expression in the check.
  var expressions: [Expression] {
    let place = if case .database(let database, _) = source { database.expressions } else { [Expression]() }
    return place + (filter?.bindings ?? []) + expectations.flatMap(\.expressions)
  }
}

extension TableExpectation {
  var expressions: [Expression] {
    switch kind {
    case .notNull, .unique, .freshness, .references, .distribution, .columns: []
    case .acceptedValues(_, let values): values.flatMap(\.expressions)
    case .range(_, let min, let max), .rowCount(let min, let max, _):
      [min, max].compactMap(\.self).flatMap(\.expressions)
    case .sql(let query): query.bindings
    }
  }
}

extension TableExpectation {
  /// The columns that it names.
  package var columns: [String] {
    switch kind {
    case .notNull(let columns), .unique(let columns): columns.map(\.value)
    case .acceptedValues(let column, _), .range(let column, _, _), .freshness(let column, _),
      .references(let column, _, _), .distribution(let column, _):
      [column.value]
    case .columns(let columns): columns.map(\.name.value)
    case .rowCount, .sql: []
    }
  }
}
