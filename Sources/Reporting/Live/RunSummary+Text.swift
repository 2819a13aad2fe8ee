internal import PlanModel

extension RunSummary {
  /// Details first, the verdict and the next command last: that is where the eye is after a long run.
  package func text(_ style: Style) -> String {
    var out = ""
    for failure in failures { append(failure, style, to: &out) }
    for step in inDoubt { append(step, "in doubt", .error, style, to: &out) }
    for step in refused { append(step, "refused", .error, style, to: &out) }
    for step in waiting { append(step, "waiting", .warning, style, to: &out) }
    appendBlocked(style, to: &out)
    if !notReached.isEmpty { out += "not reached: \(PeopleText.list(notReached.map(PrintableText.line)))\n" }
    for warning in warnings { out += "\(style.paint("warning:", .warning)) \(PrintableText.line(warning))\n" }
    if !out.isEmpty { out += "\n" }
    out += verdict(style) + "\n"
    for (index, command) in nextCommands.enumerated() {
      out += (index == 0 ? "next: " : "  or: ") + PrintableText.line(command) + "\n"
    }
    return out
  }

  /// `run 7 of demo failed in 3 min 05 s: 5 succeeded, 2 skipped, 1 failed`.
  private func verdict(_ style: Style) -> String {
    var counts = [takesBack ? "\(succeeded) taken back" : "\(succeeded) succeeded"]
    func add(_ number: Int, _ word: String) { if number > 0 { counts.append("\(number) \(word)") } }
    add(skipped, "skipped")
    add(failures.count, "failed")
    add(inDoubt.count, "in doubt")
    add(refused.count, "refused")
    add(waiting.count, "waiting")
    add(blocked.count, "blocked")
    add(notReached.count, "not reached")
    let time = PeopleText.duration(milliseconds: durationMilliseconds)
    let state = style.paint(verb, state.role)
    return "run \(run) of \(PrintableText.line(plan)) \(state) \(time): " + counts.joined(separator: ", ")
  }

  private var verb: String {
    switch state {
    case .partial where takesBack: "was rolled back in part in"
    case .failed where takesBack, .interrupted where takesBack: "is rolled back by half after"
    case .succeeded: "succeeded in"
    case .failed: "failed after"
    case .interrupted: "was interrupted after"
    case .waiting: "waits after"
    case .partial: "ended with its selection after"
    case .abandoned: "was given up after"
    case .rolledBack: "was rolled back in"
    case .running: "is still running after"
    }
  }

  private func append(_ failure: Failure, _ style: Style, to out: inout String) {
    out +=
      "\(style.paint("failed:", .error)) \(PrintableText.line(failure.id)): \(PrintableText.line(failure.reason))\n"
    for line in failure.lastLines { out += style.paint("  | ", .skipped) + PrintableText.line(line) + "\n" }
    if let path = failure.logPath { out += "  log: \(PrintableText.line(path))\n" }
  }

  private func append(_ step: Open, _ word: String, _ role: Style.Role, _ style: Style, to out: inout String) {
    out += "\(style.paint("\(word):", role)) \(PrintableText.line(step.id)): \(PrintableText.line(step.reason))\n"
    for line in step.details { out += "  \(PrintableText.line(line))\n" }
    for command in step.commands { out += "  \(PrintableText.line(command))\n" }
  }

  /// One line for each step that others wait behind, however many they are.
  private func appendBlocked(_ style: Style, to out: inout String) {
    var order: [String] = []
    var byCause: [String: [String]] = [:]
    for step in blocked {
      if byCause[step.because] == nil { order.append(step.because) }
      byCause[step.because, default: []].append(PrintableText.line(step.id))
    }
    for cause in order {
      let names = PeopleText.list(byCause[cause] ?? [])
      out += "\(style.paint("blocked:", .warning)) \(names) (because of \"\(PrintableText.line(cause))\")\n"
    }
  }
}
