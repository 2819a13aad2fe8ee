internal import PlanModel

extension RunReport {
  /// One page of HTML that needs nothing else: no script, no other file, no network.
  package func html() -> String {
    var out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    out += "<meta http-equiv=\"Content-Security-Policy\" "
    out += "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    // Without one, a browser asks the server for an icon.
    out += "<link rel=\"icon\" href=\"data:,\">\n"
    out += "<title>\(HTMLText.escaped(title)): run \(run) \(state.word)</title>\n"
    out += "<style>\n\(HTMLStyle.sheet)\n</style>\n"
    out += "</head>\n<body>\n<main>\n"
    out += head
    out += problemSection
    out += graphSection
    out += TimeLine(self).html()
    out += stepSection
    out += approvalSection
    out += checkSection
    out += deliverableSection
    out += "<p class=\"small\">made by execplan on \(Timestamp.absolute(madeAt))</p>\n"
    return out + "</main>\n</body>\n</html>\n"
  }

  private static func state(_ word: String, _ tone: String) -> String { "<span class=\"state \(tone)\">\(word)</span>" }

  private static func code(_ text: String) -> String { "<code>\(HTMLText.escaped(PrintableText.line(text)))</code>" }

  private static func table(_ heads: [(String, isNumber: Bool)], _ rows: [[String]]) -> String {
    func cell(_ element: String, _ text: String, _ isNumber: Bool) -> String {
      "<\(element)\(isNumber ? " class=\"number\"" : "")>\(text)</\(element)>"
    }
    var out = "<div class=\"wide\"><table>\n<tr>"
    for head in heads { out += cell("th", head.0, head.isNumber) }
    out += "</tr>\n"
    for row in rows {
      out += "<tr>"
      for (head, text) in zip(heads, row) { out += cell("td", text, head.isNumber) }
      out += "</tr>\n"
    }
    return out + "</table></div>\n"
  }

  // MARK: Sections

  private var head: String {
    var out = "<h1>\(HTMLText.escaped(title))</h1>\n"
    out += "<p>run \(run) \(RunReport.state(state.word, HTMLText.tone(state))) \(HTMLText.escaped(counts))</p>\n"
    out += "<dl class=\"facts\">\n"
    let next = nextCommand.map { [Fact(name: "next", texts: [$0], isCode: true)] } ?? []
    // The steps are counted above.
    for fact in facts.filter({ $0.name != "steps" }) + next {
      let texts = fact.texts.map { fact.isCode ? RunReport.code($0) : HTMLText.escaped($0) }
      out += "<dt>\(fact.name)</dt><dd>\(texts.joined(separator: " "))</dd>\n"
    }
    out += "</dl>\n"
    guard legs.count > 1 else { return out }
    out += "<h2>Calls of apply</h2>\n"
    return out
      + RunReport.table(
        [("", true), ("started", false), ("took", true), ("exit", true), ("host", false)],
        legs.enumerated().map { index, leg in
          [
            "\(index + 1)", Timestamp.absolute(leg.startedAt),
            leg.endedAt.map { PeopleText.duration(milliseconds: $0 - leg.startedAt) } ?? "no end recorded",
            leg.exitCode.map { "\($0)" } ?? "", HTMLText.escaped(leg.host),
          ]
        })
  }

  private var problemSection: String {
    guard !problems.isEmpty else { return "" }
    var out = "<h2>What failed</h2>\n"
    let places = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let blocked = blocked
    for step in problems {
      out += "<div class=\"problem \(HTMLText.tone(step.state))\">\n"
      out += "<h3><a href=\"#\(HTMLText.anchor(places[step.id] ?? 0))\">\(HTMLText.escaped(step.id))</a>: "
      out += "\(HTMLText.escaped(step.reasonOrState))</h3>\n"
      for check in step.checks where check.verdict == "fail" {
        out += "<p>\(HTMLText.escaped("\(check.title): \(check.failure ?? "")"))</p>\n"
      }
      if let lines = step.lastLines { out += "<pre>\(HTMLText.lines(lines))</pre>\n" }
      if let held = blocked[step.id] {
        out += "<p>blocked by it: \(HTMLText.escaped(PeopleText.list(held, atMost: 20)))</p>\n"
      }
      out += "</div>\n"
    }
    return out
  }

  private var graphSection: String {
    guard steps.count > 1 else { return "" }
    let drawing =
      GraphDrawing(self).map { "<div class=\"wide\">\($0.svg())</div>\n" }
      ?? "<p>\(steps.count) steps are too many for a drawing; <code>execplan graph --format dot</code> gives them "
      + "to a program that draws.</p>\n"
    return "<h2>Graph</h2>\n" + drawing
  }

  private var stepSection: String {
    var out = "<h2>Steps</h2>\n"
    for (phase, group) in groups {
      if let phase {
        out += "<h3>\(HTMLText.escaped(phase.name))</h3>\n"
        if let objective = phase.objective { out += "<p class=\"small\">\(HTMLText.escaped(objective))</p>\n" }
      } else if !phases.isEmpty {
        out += "<h3>In no phase</h3>\n"
      }
      for index in group { out += details(steps[index], index) }
    }
    return out
  }

  private func details(_ step: ReportedStep, _ index: Int) -> String {
    let opens = step.state == .failed || step.state == .inDoubt || step.state == .waiting
    var out = "<details id=\"\(HTMLText.anchor(index))\"\(opens ? " open" : "")>\n<summary>"
    out += RunReport.state(step.state.word, HTMLText.tone(step))
    out += "<span class=\"grow\"><code>\(HTMLText.escaped(PrintableText.line(step.id)))</code>"
    if let title = step.title { out += " \(HTMLText.escaped(title))" }
    if !step.words.isEmpty { out += " <small>\(HTMLText.escaped(step.words))</small>" }
    out += "</span>"
    if let duration = step.duration { out += "<small>\(PeopleText.duration(milliseconds: duration))</small>" }
    out += "</summary>\n<div>\n<p class=\"small\">\(HTMLText.escaped(step.action))"
    if !step.needs.isEmpty { out += ", after \(HTMLText.escaped(PeopleText.list(step.needs, atMost: 20)))" }
    out += "</p>\n"
    for attempt in step.attempts { out += self.attempt(attempt) }
    if !step.values.isEmpty {
      out += RunReport.table(
        [("value", false), ("is", false)],
        step.values.map { [RunReport.code($0.key), HTMLText.escaped(RunReport.cut($0.value.readable))] })
    }
    return out + "</div>\n</details>\n"
  }

  private func attempt(_ attempt: ReportedStep.Attempt) -> String {
    var words = ["attempt \(attempt.number)"]
    if let startedAt = attempt.startedAt { words.append(Timestamp.absolute(startedAt)) }
    if let duration = attempt.duration { words.append(PeopleText.duration(milliseconds: duration)) }
    if let code = attempt.exitCode { words.append("exit \(code)") }
    if let signal = attempt.signal { words.append("signal \(signal)") }
    if let usage = attempt.usage { words.append(usage.text) }
    let state = StepState(rawValue: attempt.state.rawValue)?.word ?? attempt.state.rawValue.replacing("_", with: " ")
    var out = "<p>\(RunReport.state(state, HTMLText.tone(attempt.state))) "
    out += "<span class=\"small\">\(HTMLText.escaped(words.joined(separator: ", ")))</span></p>\n"
    // The exit code stands there already.
    if let reason = attempt.reason, !reason.hasPrefix("exit ") { out += "<p>\(HTMLText.escaped(reason))</p>\n" }
    for log in attempt.logs where !log.text.isEmpty {
      out += "<p class=\"small\">\(log.stream)\(log.isCut ? ", its end" : "")</p>\n"
      out += "<pre>\(HTMLText.lines(log.text))</pre>\n"
    }
    return out
  }

  private static func cut(_ text: String) -> String { text.count > 400 ? text.prefix(400) + "…" : text }

  private var approvalSection: String {
    if approvals.isEmpty { return "" }
    let rows = approvals.map { approval in
      [
        RunReport.code(approval.step),
        RunReport.state(approval.decision, approval.decision == "approved" ? "tone-good" : "tone-bad"),
        HTMLText.escaped(PrintableText.line(approval.person)), Timestamp.absolute(approval.at),
        RunReport.code(String(approval.digest.prefix(12))),
        HTMLText.escaped(PrintableText.line(approval.remarks.joined(separator: ", "))),
      ]
    }
    return "<h2>Approvals</h2>\n"
      + RunReport.table(
        [
          ("asked", false), ("answer", false), ("by", false), ("when", false), ("digest", false), ("remarks", false),
        ], rows)
  }

  private var checkSection: String {
    let checked = steps.filter { !$0.checks.isEmpty }
    guard !checked.isEmpty else { return "" }
    var rows: [[String]] = []
    for step in checked {
      for check in step.checks {
        let tone = check.verdict == "pass" ? "tone-good" : check.verdict == "warn" ? "tone-waiting" : "tone-bad"
        var found = HTMLText.escaped(check.failure ?? check.found ?? "")
        if !check.samples.isEmpty { found += "<pre>\(HTMLText.lines(check.samples.joined(separator: "\n")))</pre>" }
        rows.append(
          [RunReport.code(step.id), HTMLText.escaped(check.title), RunReport.state(check.verdict, tone), found])
      }
    }
    return "<h2>Checks</h2>\n"
      + RunReport.table([("step", false), ("check", false), ("result", false), ("found", false)], rows)
  }

  private var deliverableSection: String {
    var rows: [[String]] = []
    for step in steps {
      for file in step.outputs {
        rows.append([RunReport.code(file.path), RunReport.code(step.id), RunReport.code(file.sha256 ?? "")])
      }
    }
    var out = ""
    for phase in phases where !phase.deliverables.isEmpty {
      out += "<p>\(HTMLText.escaped(phase.name)): "
      out += "\(phase.deliverables.map { HTMLText.escaped($0) }.joined(separator: ", "))</p>\n"
    }
    if !rows.isEmpty { out += RunReport.table([("file", false), ("made by", false), ("SHA-256", false)], rows) }
    return out.isEmpty ? "" : "<h2>Deliverables</h2>\n" + out
  }
}
