internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import PlanModel
internal import SourceText
internal import YAML

/// What a markdown plan says beside its declared steps: its tasks, the phases and components that they belong to,
/// what it says about resources, risks and milestones, and about other plans.
struct MarkdownContents {
  private(set) var tasks: [PlanTask] = []
  private(set) var phases: [Phase] = []
  private(set) var notes = PlanNotes()
  private(set) var relations: [PlanRelation] = []
  /// How many tables list tasks.
  private(set) var tableCount = 0
  /// Where the texts of the file's headings begin, and their marks.
  private(set) var headings: Set<Int> = []
  /// What the form of the plan says that it is called.
  private(set) var title: String?

  /// - Parameters:
  ///   - frontMatter: the content of the plan's front matter.
  ///   - isManual: whether the tasks will be steps, so that what is wrong with them is an error.
  init(
    _ plan: MarkdownPlan, frontMatter: YAMLNode?, calendar: WorkCalendar, isManual: Bool,
    into collector: inout DiagnosticCollector
  ) {
    for section in plan.sections {
      headings.insert(section.heading.range.lowerBound)
      headings.insert(plan.markdown.blocks[section.block].range.lowerBound)
    }
    let outline = PhaseOutline(plan)
    var tables = TaskTableReader(plan, outline, calendar)
    tables.read()
    tableCount = tables.tables.count
    var reader = NotesReader(plan, outline)
    reader.read()
    notes = reader.notes
    if let form = plan.form {
      title = form.name.map { CellText(plan.source, $0.range).text }
      if form.form == .executionSummary { notes.purpose = MarkdownContents.introduction(of: plan) }
    }
    var list = PhaseList(plan, outline, calendar)
    list.read(hasTasks: Set(tables.drafts.compactMap(\.task.phase?.value)))
    list.add(reader.phaseRows)
    list.cutCycles(&collector)
    phases = list.phases
    for (index, gate) in notes.qualityGates.enumerated() {
      notes.qualityGates[index].place = gate.timing.flatMap(list.place)
    }
    let drafts = (tables.drafts + list.stories).sorted { $0.task.id.range < $1.task.id.range }
    tasks = TaskList.tasks(
      drafts, plan, outline, states: tables.states, severity: isManual ? .error : .warning,
      into: &collector)
    relations =
      PlanRelationReader.declared(plan, frontMatter) + PlanRelationReader.registry(tables.drafts, plan, outline)
  }

  /// The paragraphs between the title and the first section.
  private static func introduction(of plan: MarkdownPlan) -> String? {
    guard let first = plan.sections.first, first.level == 1 else { return nil }
    let end = plan.sections.count > 1 ? plan.sections[1].block : plan.markdown.blocks.count
    var block = plan.markdown.blocks[first.block].next
    var paragraphs: [String] = []
    while block < end {
      if plan.markdown.blocks[block].kind == .paragraph { paragraphs.append(plan.markdown.plainText(of: block)) }
      block = plan.markdown.blocks[block].next
    }
    return paragraphs.isEmpty ? nil : paragraphs.joined(separator: "\n")
  }
}
