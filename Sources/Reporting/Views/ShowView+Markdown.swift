internal import PlanModel
internal import SourceText

extension ShowView {
  /// The summary as a document that can be read back as a plan: the same phases, tasks, resources and risks.
  package func markdown() -> String {
    var page = ShowDocument()
    page.heading(1, title == ShowView.summaryTitle ? title : "\(ShowView.summaryTitle): \(title)")
    page.paragraph(notes.purpose ?? "")
    page.heading(2, "Project Overview")
    page.list(projectOverview)
    if !phases.isEmpty {
      page.heading(2, "Phase Breakdown")
      let labels = phaseLabels
      for (index, phase) in phases.enumerated() { add(phase, labels, index, to: &page) }
    }
    let known = Set(phases.map(\.id))
    let rest = tasks.filter { $0.phase.map { !known.contains($0.value) } ?? true }
    if !rest.isEmpty {
      page.heading(2, "Tasks")
      taskTable(rest, to: &page)
    }
    let steps = plainSteps.filter { $0.phase.map { !known.contains($0) } ?? true }
    if !steps.isEmpty {
      page.heading(2, "Steps")
      stepTable(steps, to: &page)
    }
    addNotes(to: &page)
    if !answers.isEmpty {
      page.heading(2, "What is asked")
      page.commands(answers.map { "\($0.answer): \($0.command)" })
    }
    return page.markdown()
  }

  private static let summaryTitle = "Execution Plan Summary"

  private var projectOverview: [String] {
    var lines = ["Plan: \(plan) (\(dialect))"]
    if let strategy { lines.append("Strategy: \(strategy.rawValue)") }
    if !tasks.isEmpty { lines.append("Total Stories/Tasks: \(taskSummary)") }
    if !plainSteps.isEmpty { lines.append("Steps: \(plainSteps.count)") }
    if let criticalTime { lines.append("Estimated Duration: \(text(criticalTime))") }
    if let summedTime { lines.append("Estimated Effort: \(text(summedTime))") }
    if !phases.isEmpty { lines.append("Number of Phases: \(phases.count)") }
    if !criticalPath.isEmpty {
      lines.append("Critical Path: " + PeopleText.path(criticalPath).replacing(" -> ", with: " → "))
    }
    if let progress {
      lines.append("Progress: \(progress.done) done, \(progress.open) open, \(progress.other) other")
      if let at = progress.lastActivity { lines.append("Last Activity: \(Timestamp.absolute(at))") }
    }
    if !candidates.isEmpty {
      lines.append("Not declared: \(PeopleText.count(candidates.count, "command block"))")
    }
    let schedule = notes.schedule
    for (label, value) in [
      ("Start Date", schedule.start), ("Target Completion", schedule.target), ("Team Size", schedule.teamSize),
      ("Sprints/Iterations", schedule.sprints),
    ] {
      if let value { lines.append("\(label): \(value)") }
    }
    return lines
  }

  // MARK: Phases

  /// `Phase 1`, `Milestone 2`: by the id where it says so, else by the next free number; nil for a component.
  private var phaseLabels: [String?] {
    var taken: Set<String> = []
    let known = phases.map { phase -> String? in
      guard !phase.isComponent, let label = ShowView.label(ofPhase: phase.id), taken.insert(label).inserted else {
        return nil
      }
      return label
    }
    var number = 0
    return phases.enumerated().map { index, phase in
      if phase.isComponent { return nil }
      if let label = known[index] { return label }
      repeat { number += 1 } while !taken.insert("Phase \(number)").inserted
      return "Phase \(number)"
    }
  }

  /// `phase-1` is `Phase 1`; nil for ids that are no word with a number.
  private static func label(ofPhase id: String) -> String? {
    let parts = id.split(separator: "-", maxSplits: 1)
    let words = ["phase", "milestone", "stage", "sprint", "iteration", "workstream", "epic", "wave"]
    guard parts.count == 2, words.contains(String(parts[0])), parts[1].first?.isNumber == true || parts[1].count == 1,
      !parts[1].contains("-")
    else { return nil }
    return parts[0].prefix(1).uppercased() + parts[0].dropFirst() + " " + parts[1].uppercased()
  }

  private func add(_ phase: Phase, _ labels: [String?], _ index: Int, to page: inout ShowDocument) {
    let title = phase.title ?? phase.id
    var heading = labels[index].map { $0 == title ? $0 : "\($0): \(title)" } ?? "Component: \(title)"
    if let estimate = phase.estimate, !phase.isComponent { heading += " (\(estimate.text))" }
    page.heading(3, heading)
    page.labelled("Objective", phase.objective)
    page.labelled("Owner", phase.owner)
    page.labelled("Estimated Effort", phase.isComponent ? phase.estimate?.text ?? phase.effort : phase.effort)
    let tasks = tasks.filter { $0.phase?.value == phase.id }
    if tasks.allSatisfy(ShowView.isStory) {
      page.list(
        tasks.map { task in
          let effort = (task.estimate?.text ?? task.effort).map { " - \($0)" } ?? ""
          return "Story/Task \(task.localID): \(task.title)\(effort)"
        })
    } else {
      page.heading(4, "Tasks")
      taskTable(tasks, to: &page)
    }
    let steps = plainSteps.filter { $0.phase == phase.id }
    if !steps.isEmpty { stepTable(steps, to: &page) }
    page.labelled("Key Deliverables", list: phase.deliverables)
    page.labelled("Dependencies", dependencies(of: phase, labels))
    page.labelled("Gate", list: phase.gate)
    page.labelled("Acceptance Criteria", list: phase.criteria, boxes: true)
  }

  private func dependencies(of phase: Phase, _ labels: [String?]) -> String? {
    if let dependencies = phase.dependencies { return dependencies }
    guard phase.hasNeeds else { return nil }
    let names = phase.needs.map { need in
      guard let index = phases.firstIndex(where: { $0.id == need }) else { return need }
      return labels[index] ?? phases[index].title ?? need
    }
    return names.isEmpty ? "None" : names.joined(separator: ", ")
  }

  /// Whether a line of a list says all about a task: a number, a title and an effort.
  private static func isStory(_ task: PlanTask) -> Bool {
    task.needs.isEmpty && task.softNeeds.isEmpty && task.otherNeeds == nil && task.status == nil && task.owner == nil
      && task.localID.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } && task.localID.first?.isNumber == true
  }

  // MARK: Tables

  private func taskTable(_ tasks: [PlanTask], to page: inout ShowDocument) {
    page.table(
      ["ID", "Task", "Effort", "Dependency", "Soft Deps", "Status", "Owner"],
      tasks.map { task in
        [
          task.localID, task.title, task.estimate?.text ?? task.effort ?? "",
          ShowView.cell(task.needs, task.otherNeeds, of: task), ShowView.cell(task.softNeeds, nil, of: task, none: ""),
          task.status ?? "", task.owner ?? "",
        ]
      }, keeping: ["ID", "Task", "Dependency"])
  }

  /// Ids of the same phase stand without it, as in the column of ids.
  private static func cell(
    _ needs: [Located<String>], _ other: String?, of task: PlanTask, none: String = "—"
  ) -> String {
    let names = needs.map { need in
      guard let phase = task.phase?.value, need.value.hasPrefix(phase + ".") else { return need.value }
      return String(need.value.dropFirst(phase.count + 1))
    }
    let all = names + (other.map { [$0] } ?? [])
    return all.isEmpty ? none : all.joined(separator: ", ")
  }

  private func stepTable(_ steps: [Step], to page: inout ShowDocument) {
    page.table(
      ["ID", "Task", "Action", "Effort", "Dependency", "Owner", "Labels"],
      steps.map {
        [
          $0.id, $0.title ?? $0.id, $0.isFinally ? "\($0.action) (finally)" : $0.action, $0.estimate?.text ?? "",
          $0.needs.isEmpty ? "—" : $0.needs.joined(separator: ", "), $0.owner ?? "",
          $0.labels.joined(separator: ", "),
        ]
      }, keeping: ["ID", "Task", "Dependency"])
  }

  // MARK: Notes

  private func addNotes(to page: inout ShowDocument) {
    let team = notes.team.map { member in member.fte.map { "\(member.role) (\($0) FTE)" } ?? member.role }
    var resources: [String] = []
    if !team.isEmpty { resources.append("Team Composition: " + team.joined(separator: ", ")) }
    if !notes.infrastructure.isEmpty {
      resources.append("Infrastructure: " + notes.infrastructure.joined(separator: ", "))
    }
    if let budget = notes.budget { resources.append("Estimated Budget: \(budget)") }
    section("Resource Requirements", resources, &page)
    section("Critical Success Factors", notes.successFactors, &page)
    if notes.risks.allSatisfy({ $0.likelihood == nil && $0.impact == nil }) {
      section("Known Risks", notes.risks.map { $0.risk + ($0.mitigation.map { ": \($0)" } ?? "") }, &page)
    } else {
      page.heading(2, "Known Risks")
      page.table(
        ["Risk", "Likelihood", "Impact", "Mitigation"],
        notes.risks.map { [$0.risk, $0.likelihood ?? "", $0.impact ?? "", $0.mitigation ?? ""] })
    }
    if !notes.milestones.isEmpty {
      page.heading(2, "Milestones")
      page.table(
        ["Milestone", "Date", "Criteria"], notes.milestones.map { [$0.name, $0.date ?? "", $0.criteria ?? ""] },
        keeping: ["Date"])
    }
    if !notes.qualityGates.isEmpty {
      page.heading(2, "Quality Gates")
      page.table(
        ["Gate", "Timing", "Criteria"], notes.qualityGates.map { [$0.name, $0.timing ?? "", $0.criteria ?? ""] },
        keeping: ["Timing"])
    }
  }

  /// A heading with a list; nothing without items.
  func section(_ heading: String, _ items: [String], _ page: inout ShowDocument) {
    guard !items.isEmpty else { return }
    page.heading(2, heading)
    page.list(items)
  }
}
