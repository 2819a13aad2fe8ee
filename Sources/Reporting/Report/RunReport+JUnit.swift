internal import PlanModel

extension RunReport {
  /// JUnit XML: one suite a phase, one case a step.
  ///
  /// A failed check or action is a failure; what is in doubt or was cut off an error; what did not run is skipped. The
  /// format is that of the Ant task, as testmoapp/junitxml describes what readers agree on.
  package func junit() -> [UInt8] {
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let name = XMLText.escaped(title)
    out += "<testsuites name=\"\(name)\" \(RunReport.counts(steps)) time=\"\(RunReport.seconds(duration))\">\n"
    for group in groups {
      let (name, steps) = (group.phase?.name ?? plan, group.steps.map { self.steps[$0] })
      let time = steps.reduce(Int64(0)) { $0 + ($1.duration ?? 0) }
      out += "  <testsuite name=\"\(XMLText.escaped(name))\" \(RunReport.counts(steps))"
      out += " time=\"\(RunReport.seconds(time))\" timestamp=\"\(Timestamp.rfc3339(startedAt).prefix(19))\">\n"
      for step in steps { out += testCase(step) }
      out += "  </testsuite>\n"
    }
    out += "</testsuites>\n"
    return Array(out.utf8)
  }

  private enum Verdict: String {
    case passed, failure, error, skipped
  }

  private static func verdict(_ step: ReportedStep) -> Verdict {
    switch step.state {
    case .succeeded: .passed
    case .failed: step.isAllowed ? .passed : .failure
    case .inDoubt, .cancelled: .error
    case .pending, .running, .skipped, .blocked, .waiting, .rolledBack: .skipped
    }
  }

  private static func counts(_ steps: [ReportedStep]) -> String {
    let verdicts = steps.map(verdict)
    func count(_ verdict: Verdict) -> Int { verdicts.count { $0 == verdict } }
    return "tests=\"\(steps.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\" "
      + "skipped=\"\(count(.skipped))\""
  }

  private func testCase(_ step: ReportedStep) -> String {
    let name = XMLText.escaped(step.title.map { "\(step.id): \($0)" } ?? step.id)
    var out = "    <testcase classname=\"\(XMLText.escaped(plan))\" name=\"\(name)\""
    out += " time=\"\(RunReport.seconds(step.duration ?? 0))\""
    let verdict = RunReport.verdict(step)
    let logs = step.attempts.last?.logs.filter { !$0.text.isEmpty } ?? []
    if verdict == .passed, logs.isEmpty { return out + "/>\n" }
    out += ">\n"
    let reason = step.reasonOrState
    switch verdict {
    case .passed: break
    case .skipped: out += "      <skipped message=\"\(XMLText.escaped(reason))\"/>\n"
    case .failure, .error:
      let checks = step.checks.compactMap { check in check.failure.map { "\(check.title): \($0)" } }
      let text = XMLText.escaped(([reason] + checks).joined(separator: "\n"))
      out += "      <\(verdict.rawValue) message=\"\(XMLText.escaped(reason))\" type=\"\(step.state.rawValue)\">"
      out += "\(text)</\(verdict.rawValue)>\n"
    }
    for log in logs {
      let element = log.stream == "stderr" ? "system-err" : "system-out"
      out += "      <\(element)>\(XMLText.escaped(log.text))</\(element)>\n"
    }
    return out + "    </testcase>\n"
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    let time = max(0, milliseconds)
    let digits = String(time % 1000)
    return "\(time / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
