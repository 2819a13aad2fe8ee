import DataQuality
import PlanModel
import SQLite
import SourceText
import Testing

/// A table in memory, and what is said of it.
struct Assessed {
  let connection: Connection

  /// - Parameter script: makes the table `t`.
  init(_ script: String) throws {
    connection = try Connection.inMemory()
    try connection.runScript(script)
  }

  func report(
    _ kinds: TableExpectation.Kind..., table: String = "t", filter: String? = nil, mostly: Double? = nil,
    profile: ProfiledColumns = .none, baseline: TableBaseline? = nil, samples: Int = 5, minimumScore: Double? = nil,
    now: Int64 = 0
  ) throws -> TableReport {
    let check = Check.Table(
      source: .database(.sqlite(PathPattern("w.db")), TableName([table])), filter: filter.map(Assessed.sql),
      expectations: kinds.map { TableExpectation($0, mostly: mostly) }, profile: profile, minimumScore: minimumScore,
      samples: samples)
    return try TableAssessment(
      check, table: TableName([table]), severity: .error, database: SQLiteTables(connection), baseline: baseline,
      environment: .init(
        now: now,
        value: { operand in
          guard case .value(let value) = operand else { return .null }
          return value
        }, parameters: { _ in [] }, masked: { $0.replacing("hunter2", with: "***") })
    ).report()
  }

  /// Bad rows of each expectation, and of how many.
  func counts(_ kinds: TableExpectation.Kind...) throws -> [[Int]] {
    try kinds.map { kind in
      let outcome = try report(kind).outcomes[0]
      return [outcome.badRows ?? -1, outcome.lookedAt ?? -1]
    }
  }

  func failure(_ kind: TableExpectation.Kind, now: Int64 = 0, baseline: TableBaseline? = nil) throws -> String? {
    try report(kind, baseline: baseline, now: now).outcomes[0].failure
  }

  static func sql(_ text: String) -> SQLText { SQLText(text: text, bindings: [], template: Template(literal: text)) }
}

/// A column by its name.
func column(_ name: String) -> Located<String> { Located(name, .fileStart) }

extension Comparison.Operand {
  static func int(_ value: Int) -> Self { .value(.int(value)) }
  static func text(_ value: String) -> Self { .value(.string(value)) }
}
