internal import PlanModel

/// An expectation that is decided once the table has been counted.
struct PendingOutcome {
  let title: String
  let expectation: TableExpectation
  let severity: Check.Severity
  let content: Content

  enum Content {
    /// Known already: a column is not there.
    case failed(String)
    /// Rows for which a condition is true are bad.
    ///
    /// - Parameters:
    ///   - bad: the place of their number.
    ///   - lookedAt: the place of the number of rows that count.
    case rows(condition: String, bad: Int, lookedAt: Int, words: String, noun: String, Sampling.Style)
    case unique([TableColumn])
    case rowCount(min: Value?, max: Value?, tolerance: Double?)
    /// - Parameter newest: the place of the largest value.
    case freshness(newest: Int, maxAge: Int)
    case distribution(TableColumn, TableExpectation.Drift)
    case sql(SQLText)
    case holds(String)
  }

  /// - Throws: when the database answers nothing any more.
  func outcome(
    _ assessment: TableAssessment, _ counts: Counts, _ profiles: [TableAssessment.Profiled], _ sampling: inout Sampling
  ) throws -> ExpectationOutcome {
    var outcome = ExpectationOutcome(title: title, severity: severity, weight: expectation.weight)
    do {
      switch content {
      case .failed(let text): outcome.failure = text
      case .holds(let text): outcome.found = text
      case .rows(let condition, let bad, let lookedAt, let words, let noun, let style):
        try counts.require(bad, lookedAt)
        judge(&outcome, bad: counts[bad], of: counts[lookedAt], words, noun)
        if outcome.failure != nil { outcome.samples = try sampling.rows(where: condition, style) }
      case .unique(let columns): try unique(columns, counts, assessment, &outcome, &sampling)
      case .rowCount(let min, let max, let tolerance):
        outcome.found = Words.count(counts.rows, "row", "rows")
        outcome.failure = rowCount(counts.rows, min, max, tolerance, assessment.baseline)
      case .freshness(let newest, let maxAge):
        try counts.require(newest)
        freshness(counts.values[newest], maxAge, assessment, &outcome)
      case .distribution(let column, let drift):
        guard let profiled = profiles.first(where: { $0.column == column.name }) else { break }
        if let problem = profiled.problem { throw problem }
        distribution(profiled, drift, assessment.baseline, &outcome)
      case .sql(let query): try sql(query, counts, assessment, &outcome, &sampling)
      }
    } catch let loss as TableLoss {
      throw loss
    } catch {
      outcome.failure = assessment.environment.masked(Words.error(error))
    }
    return outcome
  }

  /// Compares the number of bad rows with what is allowed.
  private func judge(_ outcome: inout ExpectationOutcome, bad: Int, of count: Int, _ words: String, _ noun: String) {
    outcome.badRows = bad
    outcome.lookedAt = count
    let share = bad == 0 ? "" : " (\(Words.percent(bad, of: count)))"
    outcome.found = "\(bad) of \(count) \(noun)\(share)"
    guard bad > 0 else { return }
    let least = expectation.mostly ?? 1
    // The share itself may be a hair below a number such as 0.99 that no binary fraction is equal to.
    if least < 1, Double(count - bad) >= least * Double(count) - 1e-9 { return }
    let allowed = least < 1 ? "; at most \(Words.percent(1 - least)) may" : ""
    outcome.failure = "\(bad) of \(count) \(noun) \(words)\(share)\(allowed)"
  }

  // MARK: Kinds

  private func unique(
    _ columns: [TableColumn], _ counts: Counts, _ assessment: TableAssessment, _ outcome: inout ExpectationOutcome,
    _ sampling: inout Sampling
  ) throws {
    let copies = try assessment.database.rows(sampling.copiedRows(columns)).first ?? []
    let keyed = try assessment.database.rows(sampling.keyed(columns)).first ?? []
    let numbers = (copies + keyed).map { if case .int(let number) = $0 { number } else { 0 } }
    guard numbers.count == 3 else { return }
    judge(
      &outcome, bad: numbers[1], of: numbers[2],
      "are not the only ones with their key (\(Words.count(numbers[0], "key", "keys")))", "rows")
    if outcome.failure != nil { outcome.samples = try sampling.copies(columns) }
  }

  private func rowCount(
    _ rows: Int, _ min: Value?, _ max: Value?, _ tolerance: Double?, _ baseline: TableBaseline?
  ) -> String? {
    let found = "the table has \(Words.count(rows, "row", "rows"))"
    if let min, Value.int(rows).ordering(to: min) == .less { return "\(found), expected at least \(min.text ?? "")" }
    if let max, Value.int(rows).ordering(to: max) == .greater { return "\(found), expected at most \(max.text ?? "")" }
    guard let tolerance, let baseline else { return nil }
    let difference = abs(rows - baseline.rows)
    if Double(difference) <= tolerance * Double(baseline.rows) + 1e-9 { return nil }
    let change = rows < baseline.rows ? "fewer" : "more"
    let share = baseline.rows == 0 ? "" : "\(Words.percent(difference, of: baseline.rows)) "
    return
      "\(found), \(share)\(change) than the \(baseline.rows) of run \(baseline.run); at most \(Words.percent(tolerance)) may"
  }

  private func freshness(
    _ newest: Value, _ maxAge: Int, _ assessment: TableAssessment, _ outcome: inout ExpectationOutcome
  ) {
    if newest == .null {
      outcome.failure = "there is no value"
      return
    }
    let shown = assessment.environment.masked(Words.value(newest))
    guard let time = AgeText.milliseconds(newest) else {
      outcome.failure = "the newest value \(shown) is no time; write seconds since 1970 or 2026-03-01T12:00:00Z"
      return
    }
    let age = Int(clamping: assessment.environment.now - time)
    outcome.found =
      age < 0 ? "newest \(shown), in the future" : "newest \(shown), \(Words.duration(milliseconds: age)) old"
    if age > maxAge {
      outcome.failure =
        "the newest value \(shown) is \(Words.duration(milliseconds: age)) old; at most "
        + "\(Words.duration(milliseconds: maxAge)) is good"
    }
  }

  private func sql(
    _ query: SQLText, _ counts: Counts, _ assessment: TableAssessment, _ outcome: inout ExpectationOutcome,
    _ sampling: inout Sampling
  ) throws {
    let parameters = try assessment.parameters(query, "sql")
    let found = try assessment.database.rows(TableQuery(query.text, parameters), limit: sampling.limit)
    judge(&outcome, bad: found.count, of: max(counts.rows, found.count), "are bad", "rows")
    if outcome.failure != nil { outcome.samples = sampling.lines(found.columns, found.first) }
  }
}
