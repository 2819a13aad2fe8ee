internal import PlanModel

extension ShowView {
  package func text(_ style: Style, width: Int? = nil) -> String { document.text(style, width: width) }

  package func markdown() -> String { document.markdown() }

  /// Overview, phases, resources, success factors, risks, milestones, steps, and what is asked.
  private var document: ShowDocument {
    var page = ShowDocument()
    page.heading(1, title)
    page.paragraph(notes.purpose ?? "")
    page.heading(2, "Project overview")
    page.list(overview)
    if !phases.isEmpty {
      page.heading(2, "Phases")
      let estimates = Dictionary(
        steps.compactMap { step in step.estimate.map { (step.id, $0.text) } }, uniquingKeysWith: { first, _ in first })
      for phase in phases { add(phase, estimates, to: &page) }
    }
    let team = notes.team.map { member in
      member.fte.map { "\(member.role) (\($0) FTE)" } ?? member.role
    }
    var resources: [String] = []
    if !team.isEmpty { resources.append("team: " + team.joined(separator: ", ")) }
    if !notes.infrastructure.isEmpty {
      resources.append("infrastructure: " + notes.infrastructure.joined(separator: ", "))
    }
    if let budget = notes.budget { resources.append("budget: \(budget)") }
    section("Resources", resources, &page)
    section("Success factors", notes.successFactors, &page)
    if !notes.risks.isEmpty {
      page.heading(2, "Risks")
      page.table(
        ["risk", "likelihood", "impact", "mitigation"],
        notes.risks.map { [$0.risk, $0.likelihood ?? "", $0.impact ?? "", $0.mitigation ?? ""] })
    }
    if !notes.milestones.isEmpty {
      page.heading(2, "Milestones")
      page.table(
        ["milestone", "date", "criteria"], notes.milestones.map { [$0.name, $0.date ?? "", $0.criteria ?? ""] })
    }
    if !steps.isEmpty {
      page.heading(2, "Steps")
      page.table(
        ["step", "title", "action", "phase", "estimate", "owner", "needs"],
        steps.map {
          [
            $0.id, $0.title ?? "", $0.action, $0.isFinally ? "(finally)" : $0.phase ?? "", $0.estimate?.text ?? "",
            $0.owner ?? "",
            $0.needs.joined(separator: ", "),
          ]
        })
    }
    if !answers.isEmpty {
      page.heading(2, "What is asked")
      page.commands(answers.map { "\($0.answer): \($0.command)" })
    }
    return page
  }

  private var overview: [String] {
    var lines = ["plan: \(plan) (\(dialect))"]
    if let strategy { lines.append("strategy: \(strategy.rawValue)") }
    lines.append("steps: \(steps.count)")
    if !phases.isEmpty { lines.append("phases: " + phases.map { $0.title ?? $0.id }.joined(separator: ", ")) }
    if let summedTime { lines.append("estimate, summed: \(text(summedTime))") }
    if let criticalTime { lines.append("estimate, critical path: \(text(criticalTime))") }
    if !criticalPath.isEmpty { lines.append("critical path: " + PeopleText.path(criticalPath)) }
    if let progress {
      lines.append("progress: \(progress.done) done, \(progress.open) open")
      if let at = progress.lastActivity { lines.append("last activity: \(Timestamp.absolute(at))") }
    }
    if !candidates.isEmpty {
      lines.append(
        "not declared: \(PeopleText.count(candidates.count, "command block")) (execplan adopt declares them)")
    }
    return lines
  }

  private func add(_ phase: Phase, _ estimates: [String: String], to page: inout ShowDocument) {
    page.heading(3, phase.title.map { $0 == phase.id ? $0 : "\($0) (\(phase.id))" } ?? phase.id)
    var lines: [String] = []
    if let objective = phase.objective { lines.append("objective: \(objective)") }
    if let estimate = phase.estimate { lines.append("estimate: \(estimate.text)") }
    if let owner = phase.owner { lines.append("owner: \(owner)") }
    if !phase.needs.isEmpty { lines.append("needs: " + phase.needs.joined(separator: ", ")) }
    if !phase.deliverables.isEmpty { lines.append("deliverables: " + phase.deliverables.joined(separator: ", ")) }
    lines += phase.gate.map { "gate: \($0)" }
    if !phase.steps.isEmpty {
      lines.append(
        "steps: " + phase.steps.map { id in estimates[id].map { "\(id) (\($0))" } ?? id }.joined(separator: ", "))
    }
    page.list(lines)
  }

  private func section(_ heading: String, _ items: [String], _ page: inout ShowDocument) {
    guard !items.isEmpty else { return }
    page.heading(2, heading)
    page.list(items)
  }

  /// `3 d 4 h`, or `2 d to 3 d 4 h` for a range.
  private func text(_ time: WorkingTime) -> String {
    let low = PeopleText.workingTime(minutes: time.lowMinutes, minutesPerDay: calendar.minutesPerDay)
    let high = PeopleText.workingTime(minutes: time.highMinutes, minutesPerDay: calendar.minutesPerDay)
    return low == high ? high : "\(low) to \(high)"
  }
}
