internal import DataQuality
internal import PlanModel

/// What a step of checks with tables shows in its output and gives as values.
struct QualityReport {
  let text: String
  let summary: String
  let values: [Value.Entry]

  /// Nil: none of the checks is about a table.
  init?(_ evaluation: CheckEvaluation, masked: (String) -> String) {
    guard evaluation.hasTables else { return nil }
    let outcomes = evaluation.outcomes
    summary = TableReport.summary(of: outcomes)
    let names = Set(evaluation.reports.map(\.name))
    // Checks that are no tables, and tables that could not be looked at.
    let others = evaluation.results.filter { result in !names.contains { result.title.hasPrefix("\($0): ") } }
    var parts = evaluation.reports.map(\.text)
    if !others.isEmpty {
      parts.append(
        others.map { result in
          let word = result.failure == nil ? "pass" : result.severity == .warn ? "warn" : "FAIL"
          return "\(word)  \(result.title)\(result.failure.map { ": \($0)" } ?? "")\n"
        }.joined())
    }
    text = masked((parts + [summary + "\n"]).joined(separator: "\n"))
    values = [
      .init("score", .double(TableReport.score(of: outcomes))),
      .init("rows", .int(evaluation.reports.reduce(0) { $0 + $1.rows })),
      .init("checks", .int(outcomes.count)),
      .init("failed", .int(outcomes.count { $0.failure != nil })),
      .init(TableChecks.value, .map(evaluation.reports.map { .init($0.name, $0.value) })),
    ]
  }
}

extension CheckResult {
  /// As an event tells it.
  var value: Value {
    var entries: [Value.Entry] = [
      .init("title", .string(title)), .init("severity", .string(severity.rawValue)),
      .init("failure", failure.map(Value.string) ?? .null),
    ]
    if let rows {
      entries.append(.init("rows", .int(rows.lookedAt)))
      entries.append(.init("bad_rows", .int(rows.bad)))
      entries.append(.init("samples", .list(rows.samples.map(Value.string))))
    }
    return .map(entries)
  }
}
