internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import YAML

/// The tree of a markdown plan: what its front matter, its blocks of plan YAML and its declared steps say, as if all of
/// it were written in one YAML plan.
struct MarkdownPlanTree {
  let root: YAMLNode?
  let declared: DeclaredPlan
  let diagnostics: [Diagnostic]

  init(_ document: PlanDocument, _ plan: MarkdownPlan) {
    let reader = DeclaredPlanReader(document, plan)
    declared = reader.declared
    var writer = PlanAssembler(reader.declared, isDeclared: reader.isDeclared, source: document.source)
    root = writer.assemble()
    diagnostics = reader.collector.diagnostics + writer.diagnostics
  }
}

/// Writes the parts of a markdown plan as one tree.
struct PlanAssembler {
  private let declared: DeclaredPlan
  private let isDeclared: Bool
  private let source: SourceFile
  private var writer: StepAssembler
  private var steps: [Entry] = []
  private var phases: [YAMLNode] = []

  private enum Entry {
    case declared(DeclaredStep)
    case yaml(YAMLNode)

    var start: Int {
      switch self {
      case .declared(let step): step.range.lowerBound
      case .yaml(let node): node.range.lowerBound
      }
    }

    var id: String? {
      switch self {
      case .declared(let step): step.id.value
      case .yaml(let node): node.isMapping ? node["id"]?.text : nil
      }
    }

    var isGate: Bool {
      switch self {
      case .declared(let step): step.isGate
      case .yaml(let node): node.isMapping && node["gate"]?.text == "true"
      }
    }

    /// Whether the step says what it needs.
    var hasNeeds: Bool {
      switch self {
      case .declared(let step):
        step.attribute("needs") != nil || step.fence.contains { AttributeNames.step.key($0.key.value) == "needs" }
      case .yaml(let node): node.isMapping && node["needs"] != nil
      }
    }
  }

  var diagnostics: [Diagnostic] { writer.collector.diagnostics }

  /// - Parameter isDeclared: whether the file is meant for this program; else keys that only look like ours are left
  ///   alone.
  init(_ declared: DeclaredPlan, isDeclared: Bool, source: SourceFile) {
    self.declared = declared
    self.isDeclared = isDeclared
    self.source = source
    writer = StepAssembler(source)
  }

  mutating func assemble() -> YAMLNode? {
    let start = declared.roots.first?.range ?? declared.title?.range ?? .fileStart
    writer.assembler.begin(.mapping, start)
    let written = topLevel()
    if written["execplan"] == nil {
      writer.assembler.key("execplan", start)
      writer.assembler.scalar("1", start, isText: false)
    }
    if written["title"] == nil { title() }
    collectSteps()
    if written["order"] == nil, !steps.isEmpty { order() }
    writePhases()
    writeSteps()
    writer.assembler.end()
    return writer.assembler.finish()
  }

  // MARK: Top-level keys

  /// Copies the keys of front matter and of blocks of plan YAML.
  private mutating func topLevel() -> [String: SourceRange] {
    var written: [String: SourceRange] = [:]
    for (index, root) in declared.roots.enumerated() {
      let isFrontMatter = index == 0 && declared.hasFrontMatter
      guard root.isMapping else {
        if !isFrontMatter { reportNoMapping(root) }
        continue
      }
      for (key, value) in root.entries {
        let name = key.text
        if !takes(key, value, isFrontMatter: isFrontMatter) { continue }
        if let first = written[name], name != "steps", name != "phases" {
          writer.collector.report(
            .conflictingKeys, key.range, "\"\(name)\" is set in another part of the file already",
            notes: ["write it once"], related: [.init("the first one", first)])
          continue
        }
        written[name] = key.range
        switch name {
        case "steps" where value.isSequence: steps += value.items.map { .yaml($0) }
        case "phases" where value.isSequence: phases += value.items
        default:
          writer.assembler.copy(key)
          writer.assembler.copy(value)
        }
      }
    }
    return written
  }

  private mutating func reportNoMapping(_ root: YAMLNode) {
    writer.collector.report(
      .wrongType, root.range, "a block of plan YAML must be a mapping", notes: ["begin it with a key of a plan"])
  }

  /// Whether a key of the plan format stands here, rather than one of another program.
  private mutating func takes(_ key: YAMLNode, _ value: YAMLNode, isFrontMatter: Bool) -> Bool {
    let name = key.text
    if !isDeclared {
      return name == "title" && value.isScalar
        || name == "id" && value.isScalar && value.withUTF8({ DecodingContext.isIdentifier($0) })
    }
    if isFrontMatter, name == "write_back", !(value.isScalar && ["true", "false"].contains(value.text)) {
      writer.collector.report(.wrongType, value.range, "\"write_back\" must be true or false")
    }
    if PlanKey.table.names.contains(name) || !isFrontMatter { return true }
    if LaterKeys.explanation(of: name, in: "the plan") != nil { return !FrontMatterKeys.markdownOnly.contains(name) }
    if name.utf8.count >= 4, let near = NearestName.of(name, among: PlanKey.table.names) {
      writer.collector.report(
        .nearMissKey, key.range, "\"\(name)\" is no key of a plan and is left alone",
        notes: ["did you mean \"\(near)\"?"],
        fix: FixIt("rename the key to \"\(near)\"", [.init(key.range, with: near)], isSafe: false))
    }
    return false
  }

  private mutating func title() {
    if let title = declared.title {
      writer.assembler.key("title", title.range)
      writer.assembler.scalar(title.value, title.range, isText: true)
    } else {
      let name = source.path.split(separator: "/").last.map(String.init) ?? source.path
      writer.assembler.key("title", .fileStart)
      writer.assembler.scalar(name, .fileStart, isText: true)
    }
  }

  // MARK: Steps

  private mutating func collectSteps() {
    steps += declared.steps.map { .declared($0) }
    // Sorted by place, gates after all others.
    steps = steps.enumerated().sorted {
      ($0.element.isGate ? 1 : 0, $0.element.start, $0.offset) < (
        $1.element.isGate ? 1 : 0, $1.element.start, $1.offset
      )
    }.map(\.element)
  }

  /// The steps run from top to bottom until one of them says what it needs.
  private mutating func order() {
    let isGraph = steps.contains { $0.hasNeeds }
    let range = SourceRange(start: steps[0].start, end: steps[0].start)
    writer.assembler.key("order", range)
    writer.assembler.scalar(isGraph ? "graph" : "listed", range, isText: true)
    if isGraph { reportUnstatedNeeds() }
  }

  private mutating func reportUnstatedNeeds() {
    var phasesBegun: Set<String> = []
    for (index, entry) in steps.enumerated() {
      guard case .declared(let step) = entry, !step.isGate else { continue }
      let isFirstOfPhase = step.phase.map { phasesBegun.insert($0.value).inserted } ?? false
      if index == 0 || isFirstOfPhase || entry.hasNeeds { continue }
      writer.collector.report(
        .unstatedNeeds, step.id.range, "\"\(step.id.value)\" starts at once, since it says nothing about its needs",
        notes: ["write \"Needs: none\", or name the steps that it needs"])
    }
  }

  private mutating func writeSteps() {
    if steps.isEmpty, declared.undos.isEmpty { return }
    var undos: [String: DeclaredStep] = [:]
    let ids = Set(steps.compactMap(\.id))
    for undo in declared.undos {
      if !ids.contains(undo.id.value) {
        reportUnknownUndo(undo, ids)
      } else if let first = undos[undo.id.value] {
        writer.collector.report(
          .duplicateIdentifier, undo.id.range, "there is an undo of \"\(undo.id.value)\" already",
          related: [.init("the first one", first.id.range)])
      } else {
        undos[undo.id.value] = undo
      }
    }
    guard let first = steps.first else { return }
    writer.assembler.key("steps", SourceRange(start: first.start, end: first.start))
    writer.assembler.begin(.sequence, SourceRange(start: first.start, end: first.start))
    for entry in steps {
      let undo = entry.id.flatMap { undos[$0] }
      switch entry {
      case .declared(let step): writer.step(step, undo: undo)
      case .yaml(let node): writer.copy(node, undo: undo)
      }
    }
    writer.assembler.end()
  }

  private mutating func reportUnknownUndo(_ undo: DeclaredStep, _ ids: Set<String>) {
    let near = NearestName.of(undo.id.value, among: ids)
    writer.collector.report(
      .unknownName, undo.id.range, "there is no step \"\(undo.id.value)\" to take back",
      notes: [near.map { "did you mean \"\($0)\"?" } ?? "name a step of this plan in backticks"],
      fix: near.map { FixIt("write \"\($0)\"", [.init(undo.id.range, with: $0)], isSafe: false) })
  }

  // MARK: Phases

  private mutating func writePhases() {
    if phases.isEmpty, declared.phases.isEmpty { return }
    var known: Set<String> = []
    for node in phases where node.isMapping { if let id = node["id"] { known.insert(id.text) } }
    let headings = declared.phases.filter { !known.contains($0.id.value) }
    let start = phases.first?.range ?? headings.first?.range ?? .fileStart
    writer.assembler.key("phases", SourceRange(start: start.lowerBound, end: start.lowerBound))
    writer.assembler.begin(.sequence, SourceRange(start: start.lowerBound, end: start.lowerBound))
    for node in phases { writer.assembler.copy(node) }
    for phase in headings { writer.phase(phase, withAttributes: isDeclared) }
    writer.assembler.end()
  }
}

/// Keys of front matter that say something about the file rather than about the work.
enum FrontMatterKeys {
  static let markdownOnly: Set<String> = ["write_back", "depends_on", "tasks"]
}
