internal import DataQuality
internal import PlanModel

/// What making a list of checks came to.
struct CheckEvaluation {
  /// In the order of the checks; a table check gives one for each of its expectations.
  var results: [CheckResult] = []
  /// Of the tables that could be looked at, in order.
  private(set) var reports: [TableReport] = []
  /// How much each result counts in the score.
  private var weights: [Int: Double] = [:]
  private(set) var hasTables = false

  mutating func add(_ table: Check.Table, _ check: Check, _ checks: TableChecks) {
    hasTables = true
    let name = freeName(check.title ?? table.source.name)
    do {
      let report = try checks.report(table, severity: check.severity, name: name)
      reports.append(report)
      for outcome in report.outcomes {
        weights[results.count] = outcome.weight
        results.append(
          CheckResult(
            title: "\(name): \(outcome.title)", severity: outcome.severity, failure: outcome.failure,
            rows: outcome.badRows.map {
              .init(bad: $0, lookedAt: outcome.lookedAt ?? 0, samples: outcome.samples)
            }))
      }
    } catch {
      // None of its expectations was looked at, so all of them count as not holding.
      weights[results.count] = max(1, table.expectations.reduce(0) { $0 + $1.weight })
      results.append(CheckResult(title: name, severity: check.severity, failure: EvaluationError.message(of: error)))
    }
  }

  /// Two checks of one table must not share what the next run compares itself with.
  private func freeName(_ name: String) -> String {
    let taken = Set(reports.map(\.name))
    var candidate = name
    var number = 2
    while taken.contains(candidate) {
      candidate = "\(name) (\(number))"
      number += 1
    }
    return candidate
  }

  /// All checks as expectations with their weights, for the score.
  var outcomes: [ExpectationOutcome] {
    results.enumerated().map { index, result in
      ExpectationOutcome(
        title: result.title, severity: result.severity, weight: weights[index] ?? 1, failure: result.failure)
    }
  }
}
