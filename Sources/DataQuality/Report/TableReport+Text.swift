internal import PlanModel

extension TableReport {
  /// What people read in the output of a step: the profile, then every expectation in a line with bad rows below it.
  /// What matters most comes last: the end of an output is shown when a step fails.
  package var text: String {
    var lines = ["\(name): \(Words.count(rows, "row", "rows"))"]
    lines += profileLines
    lines += expectationLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var expectationLines: [String] {
    var table = AlignedText(right: [])
    for outcome in outcomes {
      let result = outcome.failure == nil ? "pass" : outcome.severity == .warn ? "warn" : "FAIL"
      table.add([result, outcome.title, outcome.failure ?? outcome.found])
    }
    return zip(table.lines(indent: 2), outcomes).flatMap { line, outcome in
      [line] + outcome.samples.map { "        " + $0 }
    }
  }

  private var profileLines: [String] {
    let shown = profiles.filter { shownProfiles.contains($0.column) }
    if shown.isEmpty { return [] }
    var table = AlignedText(right: [2, 3, 4, 5, 6, 7, 8, 9, 10])
    table.add(["column", "type", "missing", "distinct", "min", "25%", "50%", "75%", "max", "mean", "deviation"])
    for (column, profile) in shown {
      let quartiles = profile.quartiles.count == 3 ? profile.quartiles.map(TableReport.cell) : ["", "", ""]
      table.add(
        [column, profile.kind.rawValue, "\(profile.nulls)", "\(profile.distinct)", TableReport.cell(profile.min)]
          + quartiles + [
            TableReport.cell(profile.max), profile.mean.map(Words.number) ?? "",
            profile.deviation.map(Words.number) ?? "",
          ])
    }
    return table.lines(indent: 2) + [""]
  }

  private static func cell(_ value: Value?) -> String {
    switch value {
    case nil, .null?: return ""
    case .double(let number)?: return Words.number(number)
    case .string(let text)?:
      let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      return line.count > 20 ? line.prefix(19) + "…" : line
    case let value?: return value.text ?? ""
    }
  }

  /// The last line of the output: the score, and what it is made of.
  package static func summary(of outcomes: [ExpectationOutcome]) -> String {
    let passed = outcomes.count { $0.failure == nil }
    let errors = outcomes.count { $0.failure != nil && $0.severity == .error }
    let warnings = outcomes.count - passed - errors
    let bad = [
      errors > 0 ? Words.count(errors, "failure", "failures") : nil,
      warnings > 0 ? Words.count(warnings, "warning", "warnings") : nil,
    ].compactMap(\.self)
    return "score \(Value.text(of: TableReport.score(of: outcomes))): \(passed) of "
      + Words.count(outcomes.count, "check holds", "checks hold")
      + (bad.isEmpty ? "" : ", " + bad.joined(separator: ", "))
  }
}
