internal import PlanModel

/// A bar for every attempt of a run.
struct TimeLine {
  private let report: RunReport

  /// Of more steps only those that took longest are shown.
  private static let rowLimit = 300

  init(_ report: RunReport) {
    self.report = report
  }

  func html() -> String {
    let all = report.steps.indices.filter { report.steps[$0].attempts.contains { $0.startedAt != nil } }
    guard !all.isEmpty else { return "" }
    let shown = Set(
      all.sorted { (report.steps[$0].duration ?? 0, $1) > (report.steps[$1].duration ?? 0, $0) }
        .prefix(TimeLine.rowLimit))
    // A leg that was killed has no end: then its attempts tell how long it worked.
    var work = report.legs.compactMap { leg in leg.endedAt.map { (from: leg.startedAt, to: $0) } }
    for index in all {
      for attempt in report.steps[index].attempts {
        if let start = attempt.startedAt { work.append((start, attempt.endedAt ?? start)) }
      }
    }
    if report.state == .running { work.append((report.startedAt, report.madeAt)) }
    let axis = TimeAxis(work)
    var out = "<h2>Time line</h2>\n"
    if shown.count < all.count {
      out += "<p class=\"small\">the \(shown.count) longest of \(all.count) steps</p>\n"
    }
    let pauses = axis.pauses.map { pause in
      "<span class=\"pause\" style=\"left:\(TimeLine.percent(pause.at))\" "
        + "title=\"paused for \(PeopleText.duration(milliseconds: pause.length))\"></span>"
    }.joined()
    out += "<div class=\"times\">\n"
    for index in all where shown.contains(index) {
      let step = report.steps[index]
      out += "<div class=\"name\"><a href=\"#\(HTMLText.anchor(index))\">"
      out += "\(HTMLText.escaped(PrintableText.line(step.id)))</a></div><div class=\"track\">\(pauses)"
      for attempt in step.attempts { out += bar(attempt, axis) }
      out += "</div>\n"
    }
    return out + "</div>\n"
  }

  private func bar(_ attempt: ReportedStep.Attempt, _ axis: TimeAxis) -> String {
    guard let start = attempt.startedAt else { return "" }
    let from = axis.place(start)
    let to = axis.place(attempt.endedAt ?? (attempt.state == .claimed ? report.madeAt : start))
    var tip = "attempt \(attempt.number), \(attempt.state.rawValue.replacing("_", with: " "))"
    if let duration = attempt.duration { tip += ", \(PeopleText.duration(milliseconds: duration))" }
    return "<span class=\"bar \(HTMLText.tone(attempt.state))\" style=\"left:\(TimeLine.percent(from));"
      + "width:\(TimeLine.percent(max(0, to - from)))\" title=\"\(tip)\"></span>"
  }

  /// `12.34%`.
  private static func percent(_ share: Double) -> String {
    let hundredths = Int((min(1, max(0, share)) * 10_000).rounded())
    let digits = String(hundredths % 100)
    return "\(hundredths / 100).\(digits.count < 2 ? "0" : "")\(digits)%"
  }
}
