internal import Diagnostics
internal import SourceText
internal import YAML

/// Writes the parts of a markdown plan as one tree.
struct PlanAssembler {
  let declared: DeclaredPlan
  private let isDeclared: Bool
  private let source: SourceFile
  var writer: StepAssembler
  var steps: [StepEntry] = []
  private var phases: [YAMLNode] = []

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
