internal import PlanModel
package import Planner

extension PlanView {
  /// One aligned line a step, grouped by phase, then what it comes to.
  package func text(_ style: Style, width: Int? = nil) -> String {
    var out = style.paint(PrintableText.line(title), .heading) + " (\(PrintableText.line(plan)))"
    out += run.map { ", continues run \($0)\n" } ?? "\n"
    if let selection { out += "\n" + selection.text(style) }
    let groups = groups
    // One table for all groups, so that the columns of all phases are aligned.
    let showsLabels = steps.contains { !$0.labels.isEmpty }
    var columns: [Table.Column] = [.init(""), .init(""), .init(""), .init(""), .init("", isFlexible: true)]
    if showsLabels { columns.insert(.init(""), at: 3) }
    var table = Table(columns, indent: 2, hasHeader: false)
    table.wraps = true
    var rowCounts: [Int] = []
    for group in groups {
      let before = table.rows.count
      for step in group.steps { append(step, showsLabels, to: &table) }
      rowCounts.append(table.rows.count - before)
    }
    let texts = table.rowTexts(style, width: width)
    var next = 0
    for (group, count) in zip(groups, rowCounts) {
      out += "\n"
      if let heading = group.heading { out += style.paint(PrintableText.line(heading), .heading) + "\n" }
      for text in texts[next..<next + count] { out += text }
      next += count
    }
    for step in steps {
      guard let diff = step.diff else { continue }
      out += "\n" + style.paint(PrintableText.line(step.id) + ":", .heading) + "\n" + diff.text(style)
    }
    out += "\n" + summaryLine + "\n"
    if hintsAtRepetition, let hint = repetitionHint { out += style.paint(hint, .skipped) + "\n" }
    if let saved { out += "saved in \(PrintableText.line(saved.file))\n" }
    if let nextCommand, !isUpToDate { out += "next: \(PrintableText.line(nextCommand))\n" }
    return out
  }

  /// `12 to run, 3 to skip, 1 unknown until "fetch"`.
  package var summaryLine: String {
    guard !steps.isEmpty else { return "no steps" }
    if isUpToDate { return "nothing to do: \(PeopleText.count(steps.count, "step")) up to date" }
    var parts: [String] = []
    for decision in Decision.allCases {
      let number = count(decision)
      guard number > 0 else { continue }
      switch decision {
      case .run: parts.append("\(number) to run")
      case .skip: parts.append("\(number) to skip")
      case .wait: parts.append("\(number) waiting for a person")
      case .blocked: parts.append("\(number) blocked")
      case .inDoubt: parts.append("\(number) in doubt")
      case .unknown: parts.append("\(number) unknown\(unknownSuffix)")
      case .conflict: parts.append("\(number) in conflict")
      }
    }
    return parts.joined(separator: ", ")
  }

  /// The steps of which nothing says that repeating them is needless or harmless.
  package var repetitionHint: String? {
    let names = steps.filter { $0.idempotence == .none && $0.action != "gate" }.map { PrintableText.line($0.id) }
    guard !names.isEmpty else { return nil }
    let verb = names.count == 1 ? "runs" : "run"
    return "\(PeopleText.count(names.count, "step")) \(verb) again in every new run: "
      + "\(PeopleText.list(names, atMost: 3)) (EP412)"
  }

  private var unknownSuffix: String {
    var causes: [String] = []
    var seen: Set<String> = []
    for step in steps where step.decision == .unknown {
      for cause in step.until where seen.insert(cause).inserted { causes.append("\"\(PrintableText.line(cause))\"") }
    }
    return causes.isEmpty ? "" : " until \(PeopleText.list(causes, atMost: 3))"
  }

  private struct Group {
    var heading: String?
    var steps: [Step]
  }

  private var groups: [Group] {
    guard !phases.isEmpty else { return steps.isEmpty ? [] : [Group(heading: nil, steps: steps)] }
    var byPhase: [String: [Step]] = [:]
    var others: [Step] = []
    let known = Set(phases.map(\.id))
    for step in steps {
      if let phase = step.phase, known.contains(phase) {
        byPhase[phase, default: []].append(step)
      } else {
        others.append(step)
      }
    }
    var groups: [Group] = []
    for phase in phases {
      guard let steps = byPhase[phase.id] else { continue }
      let heading = phase.title.map { $0 == phase.id ? $0 : "\(phase.id): \($0)" } ?? phase.id
      groups.append(Group(heading: heading, steps: steps))
    }
    if !others.isEmpty { groups.append(Group(heading: groups.isEmpty ? nil : "without a phase", steps: others)) }
    return groups
  }

  private func append(_ step: Step, _ showsLabels: Bool, to table: inout Table) {
    let role = step.decision.role
    var row: [Table.Cell] = [
      .init(step.decision.symbol, role), .init(step.id), .init(step.action, .skipped),
      .init(step.decision.word, role), .init(step.reasons.first?.detail ?? ""),
    ]
    // As a selection names them.
    if showsLabels { row.insert(.init(step.labels.map { "label:\($0)" }.joined(separator: " "), .skipped), at: 3) }
    table.rows.append(row)
    let empty = [Table.Cell](repeating: "", count: row.count - 1)
    for reason in step.reasons.dropFirst() { table.rows.append(empty + [.init("  \(reason.detail)")]) }
  }
}

extension Decision {
  /// One character, so that a plan can be read without colour.
  package var symbol: String {
    switch self {
    case .run: "+"
    case .skip: "="
    case .unknown: "~"
    case .inDoubt: "!"
    case .wait: "?"
    case .blocked: "x"
    case .conflict: "#"
    }
  }

  package var role: Style.Role {
    switch self {
    case .run: .running
    case .skip: .skipped
    case .unknown: .info
    case .inDoubt, .blocked, .conflict: .error
    case .wait: .warning
    }
  }
}
