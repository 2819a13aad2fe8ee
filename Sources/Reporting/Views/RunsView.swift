package import PlanModel

/// The runs of a plan, or of all plans, newest first.
package struct RunsView: Sendable {
  package struct Run: Sendable {
    package var id: Int64
    package var plan: String
    package var state: RunState
    /// Milliseconds since 1970, UTC.
    package var startedAt: Int64
    package var finishedAt: Int64?
    package var succeeded: Int
    package var failed: Int
    package var skipped: Int
    /// The finished run of which it repeats a part.
    package var rerunOf: Int64?

    package init(
      id: Int64, plan: String, state: RunState, startedAt: Int64, finishedAt: Int64? = nil, succeeded: Int = 0,
      failed: Int = 0, skipped: Int = 0
    ) {
      self.id = id
      self.plan = plan
      self.state = state
      self.startedAt = startedAt
      self.finishedAt = finishedAt
      self.succeeded = succeeded
      self.failed = failed
      self.skipped = skipped
    }
  }

  package var runs: [Run]

  package init(runs: [Run]) {
    self.runs = runs
  }

  /// One JSON object and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("runs", runs) { json, run in
        json.object { json in
          json.member("id", run.id)
          json.member("plan", run.plan)
          json.member("state", run.state.rawValue)
          json.member("started_at", time: run.startedAt)
          json.member("finished_at", time: run.finishedAt)
          json.member("succeeded", run.succeeded)
          json.member("failed", run.failed)
          json.member("skipped", run.skipped)
          json.member("rerun_of", run.rerunOf)
        }
      }
    }
    json.newline()
    return json.bytes
  }

  package func text(_ style: Style, width: Int? = nil) -> String {
    guard !runs.isEmpty else { return "no runs\n" }
    var table = Table([
      .init("run", .right), .init("plan", isFlexible: true), .init("state"), .init("started"),
      .init("duration", .right), .init("done", .right), .init("failed", .right), .init("skipped", .right),
    ])
    let showsLinks = runs.contains { $0.rerunOf != nil }
    if showsLinks { table.columns.append(.init("repeats", .right)) }
    for run in runs {
      let duration = run.finishedAt.map { PeopleText.duration(milliseconds: $0 &- run.startedAt) } ?? ""
      table.rows.append(
        [
          .init(String(run.id)), .init(run.plan), .init(run.state.word, run.state.role),
          .init(Timestamp.absolute(run.startedAt)), .init(duration), .init(String(run.succeeded)),
          .init(String(run.failed), run.failed > 0 ? .error : nil), .init(String(run.skipped)),
        ] + (showsLinks ? [.init(run.rerunOf.map(String.init) ?? "")] : []))
    }
    return table.text(style, width: width)
  }
}
