internal import Journal
internal import PlanModel
internal import Reporting

/// What `doctor --repair` says: what was wrong, saved and lost, and what to do next.
struct RepairAnswer {
  let state: StateDirectory
  let report: RepairReport

  /// How many steps are named.
  private static let shownSteps = 20

  private var nextCommands: [String] {
    if report.problems.isEmpty { return [] }
    // Steps in doubt are asked for by the next apply, with the commands that answer.
    return ["execplan doctor", "execplan status"]
  }

  func text(_ style: Style) -> String {
    if report.problems.isEmpty { return "nothing to repair: the journal of \(state.path) is whole\n" }
    if report.isContinued { return "the repair of \(state.path) that was interrupted is ended\n" + next }
    var table = Table([Table.Column("subject"), Table.Column("detail")], hasHeader: false)
    func add(_ subject: String, _ details: [String]) {
      for (index, detail) in details.enumerated() {
        table.rows.append([.init(index == 0 ? subject : ""), .init(detail)])
      }
    }
    add("found", report.problems)
    add("old files", ["\(state.path)/\(report.kept ?? "")"])
    add("saved", [report.tables.filter { $0.rows > 0 }.map { "\($0.name) (\($0.rows))" }.joined(separator: ", ")])
    add(
      "not readable",
      report.tables.compactMap { table in
        if let problem = table.problem { return "\(table.name): \(problem)" }
        return table.dropped > 0 ? "\(table.name): \(table.dropped) rows make no sense" : nil
      })
    add("known in part", report.guessedRuns.map { "run \($0): only other rows tell of it" })
    add("lost", report.lostRuns.map { "run \($0): its output is in logs/\($0), and nothing else is known of it" })
    let doubts = report.doubts.prefix(Self.shownSteps).map { "\"\($0.step)\" of \"\($0.plan)\", run \($0.run)" }
    add(
      "in doubt",
      doubts + (report.doubts.count > doubts.count ? ["and \(report.doubts.count - doubts.count) more"] : []))
    return table.text(style) + "A step that has no record is run again, or asked for if that may do harm.\n" + next
  }

  private var next: String {
    (nextCommands.isEmpty ? "" : "next:\n") + nextCommands.map { "  \($0)\n" }.joined()
  }

  /// One object and a line end.
  var json: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("repaired", !report.problems.isEmpty)
      json.member("lossy", report.isLossy)
      json.member("problems", report.problems)
      json.member("old_files", report.kept.map { "\(state.path)/\($0)" })
      json.member("tables", report.tables) { json, table in
        json.object { json in
          json.member("name", table.name)
          json.member("rows", table.rows)
          json.member("dropped", table.dropped)
          json.member("problem", table.problem)
        }
      }
      json.member("lost_runs", report.lostRuns) { json, run in json.value(.int(Int(run))) }
      json.member("in_doubt", report.doubts) { json, doubt in
        json.object { json in
          json.member("plan", doubt.plan)
          json.member("run", doubt.run)
          json.member("step", doubt.step)
        }
      }
      json.member("next_commands", nextCommands)
    }
    json.newline()
    return json.bytes
  }
}
