internal import PlanModel

/// How long the steps of a plan took in the runs before.
package struct StepTrendsView: Sendable {
  package struct Step: Sendable {
    package var id: String
    /// Milliseconds, the oldest first; never empty.
    package var durations: [Int64]

    package init(id: String, durations: [Int64]) {
      self.id = id
      self.durations = durations
    }

    package var last: Int64 { durations[durations.count - 1] }
    package var median: Int64 { durations.median ?? 0 }
    package var least: Int64 { durations.min() ?? 0 }
    package var most: Int64 { durations.max() ?? 0 }
  }

  /// The plan's key.
  package var plan: String
  /// How many attempts of each step are looked at, at most.
  package var limit: Int
  /// In the order of the plan.
  package var steps: [Step]

  package init(plan: String, limit: Int, steps: [Step]) {
    self.plan = plan
    self.limit = limit
    self.steps = steps
  }

  /// One JSON object and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("plan", plan)
      json.member("steps", steps) { json, step in
        json.object { json in
          json.member("id", step.id)
          json.member("attempts", step.durations.count)
          json.member("last_ms", step.last)
          json.member("median_ms", step.median)
          json.member("min_ms", step.least)
          json.member("max_ms", step.most)
          json.member("durations_ms", step.durations) { json, duration in json.value(.int(Int(duration))) }
        }
      }
    }
    json.newline()
    return json.bytes
  }

  /// - Parameter drawsTrend: whether a small curve shows how the durations went, for a terminal.
  package func text(_ style: Style, width: Int? = nil, drawsTrend: Bool = false) -> String {
    guard !steps.isEmpty else { return "no step of \"\(PrintableText.line(plan))\" has succeeded yet\n" }
    var columns: [Table.Column] = [
      .init("step", isFlexible: true), .init("attempts", .right), .init("last", .right), .init("median", .right),
      .init("min", .right), .init("max", .right),
    ]
    if drawsTrend { columns.append(.init("trend")) }
    var table = Table(columns)
    for step in steps {
      var row: [Table.Cell] = [.init(step.id), .init(String(step.durations.count))]
      row += [step.last, step.median, step.least, step.most].map { .init(PeopleText.duration(milliseconds: $0)) }
      if drawsTrend { row.append(.init(StepTrendsView.curve(step.durations))) }
      table.rows.append(row)
    }
    return table.text(style, width: width)
  }

  /// One character for each of the last durations, the longest being the highest.
  static func curve(_ durations: [Int64], atMost limit: Int = 20) -> String {
    let bars = Array("▁▂▃▄▅▆▇█".unicodeScalars)
    let shown = durations.suffix(limit)
    guard let most = shown.max(), most > 0 else { return String(repeating: "▁", count: shown.count) }
    var out = ""
    for duration in shown {
      out.unicodeScalars.append(bars[Int(duration * Int64(bars.count - 1) / most)])
    }
    return out
  }
}
