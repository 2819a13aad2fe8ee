internal import PlanModel

extension PendingOutcome {
  /// Compares a column with what it was in the last run.
  func distribution(
    _ now: TableAssessment.Profiled, _ drift: TableExpectation.Drift, _ baseline: TableBaseline?,
    _ outcome: inout ExpectationOutcome
  ) {
    guard let baseline, let before = baseline.columns[now.column], let shape = before.shape else {
      outcome.found = "nothing to compare with yet"
      return
    }
    let run = "run \(baseline.run)"
    if before.kind != .empty, now.profile.kind != .empty, before.kind.isNumeric != now.profile.kind.isNumeric {
      outcome.failure = "its values are \(now.profile.kind.words) now, and were \(before.kind.words) in \(run)"
      return
    }
    var found: [String] = []
    var failures: [String] = []
    if let limit = drift.maximumPSI {
      // No value is a class of its own: that values are missing is the drift there is most often.
      let index = Drift.stabilityIndex(
        before: shape.counts + [before.nulls], now: now.countsByBaseline + [now.profile.nulls])
      found.append("PSI \(Words.number(index))")
      if index > limit {
        failures.append("its PSI against \(run) is \(Words.number(index)), above \(Words.number(limit))")
      }
    }
    if let limit = drift.maximumShift, let mean = now.profile.mean, let old = before.mean,
      let deviation = before.deviation
    {
      let shift = Drift.shift(from: (old, deviation), to: mean)
      found.append(shift.map { "mean moved by \(Words.number($0)) deviations" } ?? "mean moved")
      if shift.map({ $0 > limit }) ?? true {
        let distance = shift.map { "\(Words.number($0)) standard deviations" } ?? "values that were all equal"
        failures.append(
          "its mean moved from \(Words.number(old)) in \(run) to \(Words.number(mean)), by \(distance); at most "
            + "\(Words.number(limit)) are good")
      }
    }
    outcome.found = found.joined(separator: ", ")
    if !failures.isEmpty { outcome.failure = failures.joined(separator: "; ") }
  }
}

extension ColumnProfile.Kind {
  fileprivate var words: String {
    switch self {
    case .integer: "whole numbers"
    case .number: "numbers"
    case .text: "texts"
    case .mixed: "numbers and texts"
    case .empty: "missing"
    }
  }
}

extension ColumnProfile.Shape {
  fileprivate var counts: [Int] {
    switch self {
    case .ranges(_, let counts): counts
    case .values(let values, let others): values.map(\.count) + [others]
    }
  }
}
