internal import PlanModel
internal import SourceText
internal import YAML

enum ResourcesKey: String, FieldKey {
  case team, infrastructure, budget

  static let table = KeyTable<ResourcesKey>()
}

enum TeamKey: String, FieldKey {
  case role, fte

  static let table = KeyTable<TeamKey>()
}

enum RiskKey: String, FieldKey {
  case risk, likelihood, impact, mitigation

  static let table = KeyTable<RiskKey>()
}

enum MilestoneKey: String, FieldKey {
  case name, date, criteria

  static let table = KeyTable<MilestoneKey>()
}

enum CalendarKey: String, FieldKey {
  case day, week, sprint

  static let table = KeyTable<CalendarKey>()
}

extension DecodingContext {
  mutating func resources(_ node: YAMLNode, into notes: inout PlanNotes) {
    guard mapping(node, "\"resources\"") else { return }
    let fields = Fields<ResourcesKey>(node, &self, what: "\"resources\"", allowsExtensions: true)
    if let value = fields[.team] {
      for item in list(value, "\"team\"") {
        if item.kind == .scalar {
          notes.team.append(.init(role: item.text))
        } else if mapping(item, "a team member") {
          let member = Fields<TeamKey>(item, &self, what: "a team member", allowsExtensions: true)
          guard let role = member[.role].flatMap({ text($0, "\"role\"") }) else {
            reportMissing(TeamKey.role, member, what: "a team member")
            continue
          }
          notes.team.append(.init(role: role, fte: member[.fte].flatMap { text($0, "\"fte\"") }))
        }
      }
    }
    if let value = fields[.infrastructure] { notes.infrastructure = textList(value, "\"infrastructure\"").map(\.value) }
    if let value = fields[.budget] { notes.budget = text(value, "\"budget\"") }
  }

  mutating func risks(_ node: YAMLNode) -> [PlanNotes.Risk] {
    list(node, "\"risks\"").compactMap { item in
      if item.kind == .scalar { return PlanNotes.Risk(risk: item.text) }
      guard mapping(item, "a risk") else { return nil }
      let fields = Fields<RiskKey>(item, &self, what: "a risk", allowsExtensions: true)
      guard let risk = fields[.risk].flatMap({ text($0, "\"risk\"") }) else {
        reportMissing(RiskKey.risk, fields, what: "a risk")
        return nil
      }
      return PlanNotes.Risk(
        risk: risk, likelihood: fields[.likelihood].flatMap { text($0, "\"likelihood\"") },
        impact: fields[.impact].flatMap { text($0, "\"impact\"") },
        mitigation: fields[.mitigation].flatMap { text($0, "\"mitigation\"") })
    }
  }

  mutating func milestones(_ node: YAMLNode) -> [PlanNotes.Milestone] {
    list(node, "\"milestones\"").compactMap { item in
      if item.kind == .scalar { return PlanNotes.Milestone(name: item.text) }
      guard mapping(item, "a milestone") else { return nil }
      let fields = Fields<MilestoneKey>(item, &self, what: "a milestone", allowsExtensions: true)
      guard let name = fields[.name].flatMap({ text($0, "\"name\"") }) else {
        reportMissing(MilestoneKey.name, fields, what: "a milestone")
        return nil
      }
      return PlanNotes.Milestone(
        name: name, date: fields[.date].flatMap { text($0, "\"date\"") },
        criteria: fields[.criteria].flatMap { text($0, "\"criteria\"") })
    }
  }

  /// `calendar: {day: 8h, week: 5d, sprint: 2w}`
  mutating func workCalendar(_ node: YAMLNode) {
    guard mapping(node, "\"calendar\"") else { return }
    let fields = Fields<CalendarKey>(node, &self, what: "\"calendar\"")
    if let value = fields[.day], let day = duration(value, "\"day\"") {
      calendar.minutesPerDay = max(1, day.wholeMilliseconds / 60_000)
    }
    if let value = fields[.week] { calendar.daysPerWeek = units(value, "\"week\"", suffix: "d", in: 1...7) ?? 5 }
    if let value = fields[.sprint] {
      calendar.weeksPerSprint = units(value, "\"sprint\"", suffix: "w", in: 1...12) ?? 2
    }
  }

  private mutating func units(_ node: YAMLNode, _ what: String, suffix: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(node, what) else { return nil }
    if text.hasSuffix(suffix), let count = Int(text.dropLast(suffix.count)), range.contains(count) { return count }
    report(
      .badValue, node.range, "\(what) can't be \"\(text.prefix(20))\"",
      notes: [
        "write a number from \(range.lowerBound) to \(range.upperBound), as in \"\(range.lowerBound + 1)\(suffix)\""
      ])
    return nil
  }

  mutating func list(_ node: YAMLNode, _ what: String) -> [YAMLNode] {
    switch node.kind {
    case .sequence: return node.items.map { $0 }
    case .scalar, .mapping: return [node]
    }
  }
}
