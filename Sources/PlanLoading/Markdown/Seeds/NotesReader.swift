internal import Markdown
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// Reads what a markdown plan says for people about its work as a whole: resources, success factors, risks,
/// milestones, quality gates and the schedule.
///
/// Tables are known by their columns in every plan, lists by their heading and only in the forms of plans that
/// have these headings.
struct NotesReader {
  private let plan: MarkdownPlan
  private let outline: PhaseOutline
  private let document: MarkdownDocument
  private(set) var notes = PlanNotes()
  /// `Phase | Duration | Key Deliverables`, row by row.
  private(set) var phaseRows: [PhaseRow] = []

  struct PhaseRow {
    var name: Located<String>
    var duration: String
    var deliverables: [String]
  }

  init(_ plan: MarkdownPlan, _ outline: PhaseOutline) {
    self.plan = plan
    self.outline = outline
    document = plan.markdown
  }

  mutating func read() {
    let isForm = plan.form != nil
    for (index, block) in document.blocks.enumerated() {
      if case .table = block.kind, let table = MarkdownTable(document, block: index) { read(table, isForm: isForm) }
    }
    guard isForm else { return }
    for (index, section) in plan.sections.enumerated() {
      let end = index + 1 < plan.sections.count ? plan.sections[index + 1].block : document.blocks.count
      read(heading: CellText(section.heading.value).text.lowercased(), document.blocks[section.block].next, end)
    }
  }

  // MARK: Tables

  private mutating func read(_ table: MarkdownTable, isForm: Bool) {
    let heads = table.header.cells.map { ColumnNames.normalized(CellText(table.source, $0).text) }
    func column(_ names: String...) -> Int? { heads.firstIndex { names.contains($0) } }
    func texts(_ columns: Int?...) -> [[String]] {
      table.rows.map { row in columns.map { table.text(row, $0) } }.filter { !$0[0].isEmpty }
    }
    let criteria = column("criteria", "success criteria", "criterion")
    if let risk = column("risk"), column("mitigation") != nil || column("likelihood") != nil || column("impact") != nil
    {
      for row in texts(risk, column("likelihood", "probability"), column("impact"), column("mitigation")) {
        notes.risks.append(
          PlanNotes.Risk(risk: row[0], likelihood: some(row[1]), impact: some(row[2]), mitigation: some(row[3])))
      }
    } else if let milestone = column("milestone"), column("date", "target date", "target") != nil,
      TaskColumns(table) == nil
    {
      for row in texts(milestone, column("date", "target date", "target"), criteria) {
        notes.milestones.append(PlanNotes.Milestone(name: row[0], date: some(row[1]), criteria: some(row[2])))
      }
    } else if let gate = column("gate", "quality gate"), let timing = column("timing", "when") {
      for row in texts(gate, timing, criteria) {
        notes.qualityGates.append(
          PlanNotes.QualityGate(
            name: row[0], timing: some(row[1]), criteria: some(row[2])))
      }
    } else if isForm, let phase = column("phase"), let duration = column("duration", "estimate", "timeline"),
      TaskColumns(table) == nil
    {
      let deliverables = column("key deliverables", "deliverables")
      for row in table.rows {
        let cell = table.cell(row, phase)
        if cell.isEmpty { continue }
        phaseRows.append(
          PhaseRow(
            name: Located(CellText(table.source, cell).text, cell), duration: table.text(row, duration),
            deliverables: ListText.parts(table.text(row, deliverables))))
      }
    } else if isForm, heads.count == 2, let attribute = column("attribute", "field", "item"), column("value") != nil {
      for row in texts(attribute, 1 - attribute) { schedule(row[0], row[1]) }
    }
  }

  private func some(_ text: String) -> String? { text.isEmpty ? nil : text }

  private mutating func schedule(_ label: String, _ value: String) {
    guard !value.isEmpty else { return }
    switch label.lowercased() {
    case "start", "start date": notes.schedule.start = value
    case "target", "target completion", "target date", "end date", "completion": notes.schedule.target = value
    case "team size", "team": notes.schedule.teamSize = value
    case "sprints/iterations", "sprints", "iterations": notes.schedule.sprints = value
    default: break
    }
  }

  // MARK: Lists

  private mutating func read(heading: String, _ start: Int, _ end: Int) {
    var block = start
    while block < end {
      defer { block = document.blocks[block].next }
      guard document.isList(block) else { continue }
      for item in document.items(of: block) {
        switch heading {
        case "resource requirements", "resources": resource(item)
        case "critical success factors", "success factors": notes.successFactors.append(item.text)
        case "known risks", "risks", "risks and mitigations", "risks & mitigations": notes.risks.append(risk(item.text))
        case "project overview", "overview":
          if let labelled = LabelledText(plan.source, item.range) { schedule(labelled.label, labelled.text) }
        default: break
        }
      }
    }
  }

  private mutating func resource(_ item: (block: Int, range: SourceRange, text: String)) {
    guard let labelled = LabelledText(plan.source, item.range) else { return }
    var values = labelled.text.isEmpty ? [] : ListText.parts(labelled.text)
    for child in document.children(of: item.block) where document.isList(child) {
      values += document.items(of: child).map(\.text)
    }
    switch labelled.label {
    case "team", "team composition", "roles": notes.team += values.map(NotesReader.member)
    case "infrastructure": notes.infrastructure += values
    case "budget", "estimated budget": notes.budget = labelled.text.isEmpty ? nil : labelled.text
    default: break
    }
  }

  /// `data engineer (1.5 FTE)`
  private static func member(_ text: String) -> PlanNotes.TeamMember {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return PlanNotes.TeamMember(role: text) }
    let inside = text[text.index(after: open)...].dropLast().split(separator: " ")
    guard inside.count == 2, ["fte", "ftes"].contains(inside[1].lowercased()) else {
      return PlanNotes.TeamMember(role: text)
    }
    let role = text[..<open].reversed().drop { $0 == " " }.reversed()
    return PlanNotes.TeamMember(role: String(role), fte: String(inside[0]))
  }

  /// `RISK: MITIGATION`
  private func risk(_ text: String) -> PlanNotes.Risk {
    guard let colon = text.firstIndex(of: ":") else { return PlanNotes.Risk(risk: text) }
    let mitigation = text[text.index(after: colon)...].drop { $0 == " " }
    return PlanNotes.Risk(
      risk: String(text[..<colon]), mitigation: mitigation.isEmpty ? nil : String(mitigation))
  }
}
