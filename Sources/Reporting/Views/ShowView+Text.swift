internal import PlanModel
internal import SourceText

extension ShowView {
  package func text(_ style: Style, width: Int? = nil) -> String { document.text(style, width: width) }

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
    let schedule = notes.schedule
    for (label, value) in [
      ("start", schedule.start), ("target", schedule.target), ("team size", schedule.teamSize),
      ("sprints", schedule.sprints),
    ] {
      if let value { resources.append("\(label): \(value)") }
    }
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
    if !notes.qualityGates.isEmpty {
      page.heading(2, "Quality gates")
      page.table(
        ["gate", "timing", "criteria"], notes.qualityGates.map { [$0.name, $0.timing ?? "", $0.criteria ?? ""] })
    }
    if !tasks.isEmpty {
      page.heading(2, "Tasks")
      page.table(
        ["task", "title", "status", "phase", "effort", "owner", "needs"],
        tasks.map {
          [
            $0.id.value, $0.title, $0.status ?? "", $0.phase?.value ?? "", $0.estimate?.text ?? $0.effort ?? "",
            $0.owner ?? "", ShowView.needs(of: $0).joined(separator: ", "),
          ]
        })
    }
    if !plainSteps.isEmpty {
      page.heading(2, "Steps")
      page.table(
        ["step", "title", "action", "phase", "estimate", "owner", "needs", "labels"],
        plainSteps.map {
          [
            $0.id, $0.title ?? "", $0.action, $0.isFinally ? "(finally)" : $0.phase ?? "", $0.estimate?.text ?? "",
            $0.owner ?? "",
            $0.needs.joined(separator: ", "), $0.labels.joined(separator: ", "),
          ]
        })
    }
    if !handoffs.isEmpty {
      page.heading(2, "Hand-offs")
      page.table(
        ["from", "to", "artifacts", "requirements"],
        handoffs.map {
          [$0.step, $0.receiver, $0.artifacts.joined(separator: ", "), $0.requirements.joined(separator: "; ")]
        })
    }
    if !candidates.isEmpty {
      page.heading(2, "Prose")
      page.list(candidates.map { "line \($0.line): \($0.language ?? "a block without a language")" })
    }
    if let level = sectionLevel {
      page.heading(2, "Sections")
      page.table(
        ["line", "heading", "kind"],
        sections.filter { $0.level == level }.map { [String($0.line), $0.heading, $0.kind == "other" ? "" : $0.kind] })
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
    lines.append("steps: \(steps.count)" + (isProse ? " (all of it is for people)" : ""))
    if !tasks.isEmpty { lines.append("tasks: \(taskSummary)") }
    if !phases.isEmpty { lines.append("phases: " + phases.map { $0.title ?? $0.id }.joined(separator: ", ")) }
    if let summedTime { lines.append("estimate, summed: \(text(summedTime))") }
    if let criticalTime { lines.append("estimate, critical path: \(text(criticalTime))") }
    if !criticalPath.isEmpty { lines.append("critical path: " + PeopleText.path(criticalPath)) }
    if let progress {
      let other = progress.other > 0 ? ", \(progress.other) other" : ""
      lines.append("progress: \(progress.done) done, \(progress.open) open\(other)")
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
    if let estimate = phase.estimate?.text ?? phase.effort { lines.append("estimate: \(estimate)") }
    if let owner = phase.owner { lines.append("owner: \(owner)") }
    if !phase.needs.isEmpty { lines.append("needs: " + phase.needs.joined(separator: ", ")) }
    if let dependencies = phase.dependencies { lines.append("dependencies: \(dependencies)") }
    if !phase.deliverables.isEmpty { lines.append("deliverables: " + phase.deliverables.joined(separator: ", ")) }
    lines += phase.gate.map { "gate: \($0)" }
    lines += phase.criteria.map { "to confirm: \($0)" }
    if !phase.steps.isEmpty {
      lines.append(
        "steps: " + phase.steps.map { id in estimates[id].map { "\(id) (\($0))" } ?? id }.joined(separator: ", "))
    }
    let ids = tasks.filter { $0.phase?.value == phase.id }.map(\.id.value)
    if !ids.isEmpty { lines.append("tasks: " + PeopleText.list(ids, atMost: 20)) }
    page.list(lines)
  }

  /// The level of headings at which the file is divided: the highest below the title that has more than one.
  private var sectionLevel: Int? {
    (2...6).first { level in sections.count { $0.level == level } > 1 }
  }

  /// Whether nothing of it is carried out.
  var isProse: Bool { steps.isEmpty }

  /// `7 (3 done, 1 blocked, 3 open)`
  var taskSummary: String {
    let counts = [TaskState.done, .active, .blocked, .open, .dropped].compactMap { state -> String? in
      let count = tasks.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    return "\(tasks.count) (\(counts.joined(separator: ", ")))"
  }

  /// What a task waits for, in words: ids, what had better be done, and prose.
  static func needs(of task: PlanTask) -> [String] {
    task.needs.map(\.value) + task.softNeeds.map { "(\($0.value))" } + (task.otherNeeds.map { [$0] } ?? [])
  }

  /// `3 d 4 h`, or `2 d to 3 d 4 h` for a range.
  func text(_ time: WorkingTime) -> String {
    let low = PeopleText.workingTime(minutes: time.lowMinutes, minutesPerDay: calendar.minutesPerDay)
    let high = PeopleText.workingTime(minutes: time.highMinutes, minutesPerDay: calendar.minutesPerDay)
    return low == high ? high : "\(low) to \(high)"
  }
}
