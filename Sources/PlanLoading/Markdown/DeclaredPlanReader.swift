internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText
internal import YAML

/// Finds what a markdown plan declares: steps in their three forms, undos, phases and blocks of plan YAML.
struct DeclaredPlanReader {
  let plan: MarkdownPlan
  var markdown: MarkdownDocument { plan.markdown }
  var source: SourceFile { plan.source }
  var declared = DeclaredPlan()
  private(set) var collector = DiagnosticCollector()
  /// The step that the blocks at hand belong to.
  var builder: StepBuilder?
  private var isUndo = false
  /// What nearly is a step; only said when the file declares something.
  var nearMisses: [Diagnostic] = []
  /// The phase of each section that is one or stands below one.
  var phaseOfSection: [Int?] = []

  init(_ document: PlanDocument, _ plan: MarkdownPlan) {
    self.plan = plan
    if let root = document.root {
      declared.roots.append(root)
      declared.hasFrontMatter = true
    }
    declared.title = plan.title
    findPhases()
    for block in markdown.children(of: 0) { read(block) }
    finishStep()
    if isDeclared { collector.append(contentsOf: nearMisses) }
  }

  /// Whether the file is meant to be run by this program, rather than a plan in prose.
  var isDeclared: Bool {
    !declared.steps.isEmpty || declared.roots.count > (declared.hasFrontMatter ? 1 : 0)
      || declared.roots.first?["execplan"] != nil
  }

  // MARK: Blocks

  private mutating func read(_ block: Int) {
    switch markdown.blocks[block].kind {
    case .heading: heading(block)
    case .paragraph: builder?.paragraph(block)
    case .code(let code): self.code(block, code)
    case .list: list(block)
    default: break
    }
  }

  private mutating func heading(_ block: Int) {
    finishStep()
    let lines = markdown.lines(of: block)
    guard let first = lines.first, let last = lines.last,
      FirstWord.mayBe(StepHeading.words, in: source.bytes, first.union(last))
    else { return }
    let text = ProseText(source, lines: lines)
    guard let heading = StepHeading(heading: text) else {
      if let word = StepHeading.nearMiss(text) { missHeading(text, word) }
      return
    }
    begin(.heading, heading.id, block, heading.kind)
    let rest = text.trimmed(heading.rest..<text.bytes.count)
    if !rest.isEmpty { builder?.setTitle(Located(text.plain(rest), text.range(rest))) }
  }

  private mutating func begin(
    _ form: DeclaredStep.Form, _ id: Located<String>, _ block: Int, _ kind: StepHeading.Kind
  ) {
    var step = DeclaredStep(form: form, id: id, range: markdown.blocks[block].range)
    step.phase = phase(holding: block)
    step.isGate = plan.kind(holding: block) == .validation
    isUndo = kind == .undo
    builder = StepBuilder(markdown, step)
  }

  private mutating func finishStep() {
    guard var builder else { return }
    self.builder = nil
    let step = builder.finish()
    collector.append(contentsOf: builder.collector.diagnostics)
    if isUndo { declared.undos.append(step) } else { declared.steps.append(step) }
  }

  private mutating func code(_ block: Int, _ code: MarkdownCode) {
    let info = FenceInfo(source, code.info)
    if isPlanBlock(info) {
      planBlock(block)
    } else if let id = info.id {
      finishStep()
      begin(.fence, id, block, .step)
      builder?.code(block, info, isOwn: true)
    } else {
      builder?.code(block, info)
    }
  }

  // MARK: Lists

  private mutating func list(_ list: Int) {
    let kind = plan.kind(holding: list)
    var isOrdered = false
    if case .list(let start) = markdown.blocks[list].kind { isOrdered = start != nil }
    let holdsSteps =
      isOrdered && (kind == .steps || kind == .validation || (kind == .other && phase(holding: list) != nil))
    for item in markdown.children(of: list) {
      if holdsSteps || kind == .recovery, self.item(item, kind) { continue }
      inside(item)
    }
  }

  /// Reads an item that is a step; false if it is none.
  private mutating func item(_ item: Int, _ section: SectionKind) -> Bool {
    let children = Array(markdown.children(of: item))
    guard let first = children.first, markdown.blocks[first].kind == .paragraph else { return false }
    let text = ProseText(source, lines: markdown.lines(of: first))
    guard let heading = StepHeading(item: text), heading.kind == .undo || section != .recovery else {
      if builder == nil, section == .steps || section == .validation { missItem(item, children, text) }
      return false
    }
    var step = DeclaredStep(form: .item, id: heading.id, range: markdown.blocks[item].range)
    step.phase = phase(holding: item)
    step.isGate = section == .validation
    var builder = StepBuilder(markdown, step)
    builder.firstParagraph(text, from: heading.rest)
    for child in blocks(in: item) where child != first {
      switch markdown.blocks[child].kind {
      case .paragraph: builder.paragraph(child)
      case .code(let code): builder.code(child, FenceInfo(source, code.info))
      default: break
      }
    }
    guard builder.isMeant else {
      nearMisses.append(
        Diagnostic(
          .nearMissStep, heading.id.range, "\"\(heading.id.value)\" begins an item without a block, so it is no step",
          notes: ["give it a block of code or an action such as \"Manual:\"", "or leave out the backticks"]))
      return false
    }
    finishStep()
    self.builder = builder
    isUndo = heading.kind == .undo
    finishStep()
    return true
  }

  /// What stands in an item which is no step: bullets with attributes, fences with an id, plan YAML.
  private mutating func inside(_ item: Int) {
    var block = item + 1
    let end = markdown.blocks[item].next
    while block < end {
      switch markdown.blocks[block].kind {
      case .paragraph: builder?.paragraph(block)
      case .code(let code): self.code(block, code)
      case .blockQuote:
        block = markdown.blocks[block].next
        continue
      default: break
      }
      block += 1
    }
  }

  /// All blocks inside one, in their order, without what is quoted.
  ///
  /// A list, not a recursion: a hostile file nests thousands of lists.
  private func blocks(in item: Int) -> [Int] {
    var found: [Int] = []
    var block = item + 1
    while block < markdown.blocks[item].next {
      if markdown.blocks[block].kind == .blockQuote {
        block = markdown.blocks[block].next
      } else {
        found.append(block)
        block += 1
      }
    }
    return found
  }

  // MARK: Plan YAML

  private func isPlanBlock(_ info: FenceInfo) -> Bool {
    (info.language == "yaml" || info.language == "yml") && info.has("execplan")
  }

  private mutating func planBlock(_ block: Int) {
    let lines = markdown.lines(of: block)
    guard let first = lines.first, let last = lines.last else { return }
    let start = source.lineRange(source.lineIndex(of: first.lowerBound)).lowerBound
    let range = SourceRange(start: start, end: last.upperBound)
    if let root = YAMLParser.parse(source, range: range, into: &collector) { declared.roots.append(root) }
  }
}
