internal import PlanModel

/// Every plan that was found, with its last run and what to do next (`status` without a plan).
package struct StatusListView: Sendable {
  package var plans: [StatusView]

  package init(plans: [StatusView]) {
    self.plans = plans
  }

  /// `{format_version, plans: […]}`, each plan as in `schemas/status.schema.json`, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("plans", plans) { json, plan in
        json.object { plan.write(to: &$0) }
      }
    }
    json.newline()
    return json.bytes
  }

  /// - Parameter now: milliseconds since 1970, for relative times.
  package func text(_ style: Style, now: Int64, width: Int? = nil) -> String {
    guard !plans.isEmpty else { return "no plans\n" }
    var table = Table([
      .init("plan"), .init("run", .right), .init("state"), .init("started"), .init("next", isFlexible: true),
    ])
    for plan in plans {
      table.rows.append([
        .init(plan.plan), .init(plan.run.map { String($0.id) } ?? ""),
        .init(plan.run?.state.word ?? "never run", plan.run?.state.role),
        .init(plan.run.map { PeopleText.relative($0.startedAt, now: now) } ?? ""), .init(plan.nextCommand ?? ""),
      ])
    }
    return table.text(style, width: width)
  }
}
