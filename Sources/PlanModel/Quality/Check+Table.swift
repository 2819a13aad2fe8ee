package import SourceText

extension Check {
  /// Expectations about the rows of a table or of a CSV file.
  package struct Table: Hashable, Sendable {
    package var source: TableSource
    /// Only rows for which this SQL condition is true are looked at; nil: all.
    package var filter: SQLText?
    package var expectations: [TableExpectation]
    package var profile: ProfiledColumns
    /// The least score that counts as good, from 0 to 1; nil: any.
    package var minimumScore: Double?
    /// How many failing rows are shown for each expectation.
    package var samples: Int

    /// Enough to see what is wrong, and few enough for an event of the journal.
    package static let defaultSamples = 5

    package init(
      source: TableSource, filter: SQLText? = nil, expectations: [TableExpectation] = [],
      profile: ProfiledColumns = .none, minimumScore: Double? = nil, samples: Int = Table.defaultSamples
    ) {
      self.source = source
      self.filter = filter
      self.expectations = expectations
      self.profile = profile
      self.minimumScore = minimumScore
      self.samples = samples
    }

    /// The database that is asked; nil: a file of records is read.
    package var database: Database? {
      if case .database(let database, _) = source { database } else { nil }
    }

    /// Whether an age is compared, which changes by itself.
    package var hasAge: Bool {
      expectations.contains { if case .freshness = $0.kind { true } else { false } }
    }

    /// The first expectation that compares with the last run, which only a step of checks remembers.
    package var comparesWithLastRun: TableExpectation? {
      expectations.first {
        switch $0.kind {
        case .rowCount(_, _, let tolerance): tolerance != nil
        case .distribution: true
        default: false
        }
      }
    }

    /// The CSV files that are read.
    package var files: [PathPattern] {
      var paths: [PathPattern] = []
      if case .csv(let file) = source { paths.append(file.path) }
      for expectation in expectations {
        if case .references(_, .csv(let path), _) = expectation.kind { paths.append(path) }
      }
      return paths
    }
  }
}

/// Which columns a profile is made of.
package enum ProfiledColumns: Hashable, Sendable {
  case none, all
  case some([Located<String>])
}

extension CheckAction {
  /// The values that a list of checks gives if one of them is about a table.
  package static let qualityValues = ["score", "rows", "checks", "failed", "tables"]
}

extension Action {
  /// Whether it is a list of checks that gives a quality score and what was counted as values.
  package var publishesQuality: Bool {
    guard case .check(let action) = self else { return false }
    return action.checks.contains { if case .table = $0.kind { true } else { false } }
  }
}
