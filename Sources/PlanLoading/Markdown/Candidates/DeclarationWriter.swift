internal import Markdown
internal import PlanDocument
internal import SourceText

/// Writes candidates as items of an ordered list, with as few new characters as their place allows.
///
/// A block in a nested list becomes a fence with an id: it is a step where it stands, and the lists stay as they are.
struct DeclarationWriter {
  struct Declaration {
    let candidate: Int
    let id: String
    /// The script that the step must have when it is read back.
    let lines: [String]
    let notes: [String]
  }

  private(set) var declarations: [Declaration] = []
  /// Candidates whose place can't be declared.
  private(set) var refused: [Int: CandidateVerdict] = [:]
  let plan: MarkdownPlan
  private let candidates: [Candidate]
  private var names: StepNames
  private let folders: CommandFolders
  private let leads: LeadFinder
  var edits: LineEdits
  /// The places where steps begin in items, by item: what stands behind belongs to the step.
  var stepStarts: [Int: Int] = [:]
  /// By item: how many columns its lines move to the right.
  var shifts: [Int: Int] = [:]
  var source: SourceFile { plan.source }
  var markdown: MarkdownDocument { plan.markdown }

  init(_ plan: MarkdownPlan, _ candidates: [Candidate], names: StepNames, files: (any FileQuestions)?) {
    self.plan = plan
    self.candidates = candidates
    self.names = names
    folders = CommandFolders(plan, candidates, files)
    leads = LeadFinder(plan)
    edits = LineEdits(plan.source)
  }

  /// The new text of the plan.
  var bytes: [UInt8] { edits.apply() }

  mutating func declare(_ index: Int) {
    let candidate = candidates[index]
    let script = AdoptedScript(candidate.block, folders, in: source)
    if script.isEmpty {
      refused[index] = .place("it only enters a folder of another machine")
      return
    }
    let text = leads.text(candidate.lead)
    let place = place(of: candidate)
    switch place {
    case .refused(let reason):
      refused[index] = .place(reason)
      return
    default: break
    }
    let id = names.next(text, command: script.telling)
    let step = NewStep(block: candidate.block, lead: candidate.lead, id: id, command: script.telling)
    switch place {
    case .top: declareAtTop(step)
    case .behind(let item): declare(step, behind: item)
    case .item(let item): declare(step, in: item)
    case .nested: declareAsFence(step)
    case .refused: break
    }
    if let line = script.removed { edits.remove(line) }
    for edit in script.edits { edits.replace(edit.range, with: edit.text) }
    if place != .nested { useShell(candidate.block) }
    if candidate.lead.folder == nil, !script.entersFolder, let folder = folders.folder(named: text),
      let paragraph = candidate.lead.paragraph ?? candidate.lead.item.map({ $0 + 1 }),
      let last = markdown.lines(of: paragraph).last
    {
      addAttribute("Working directory", folder, after: last)
    }
    declarations.append(Declaration(candidate: index, id: id, lines: script.lines, notes: script.notes))
  }

  /// Marks the blocks that would be read as a second script of a step as something to read.
  mutating func finish(isDeclared: (Int) -> Bool) {
    for (index, candidate) in candidates.enumerated() where !isDeclared(index) {
      let block = candidate.block
      guard let item = topItem(of: block.block), let start = stepStarts[item], block.range.lowerBound >= start,
        !block.isRepaired
      else { continue }
      let info = FenceInfo(source, block.info)
      guard !info.isMarked, ScriptLanguage(info.language) != nil else { continue }
      if let place = block.info, block.isFenced {
        let end = SourceRange(start: place.upperBound, end: place.upperBound)
        edits.replace(end, with: info.language.isEmpty ? "text" : " {example}")
      } else {
        fence(block, info: "text", in: item)
      }
    }
  }

  // MARK: Places

  private enum Place: Equatable {
    case top, nested
    /// Behind the list of an item that announces the block.
    case behind(item: Int)
    case item(Int)
    case refused(String)
  }

  private func place(of candidate: Candidate) -> Place {
    let block = candidate.block
    let parent = markdown.blocks[block.block].parent
    if parent == 0 {
      if let item = candidate.lead.item, column(markdown.blocks[item].range.lowerBound) < 4 {
        return .behind(item: item)
      }
      return .top
    }
    guard let item = topItem(of: block.block), !isQuoted(block.block) else {
      return .refused("it stands in a quotation; take it out of it")
    }
    let isFencedInfo = FenceInfo(source, block.info).isMarked
    if isFencedInfo { return .refused("its fence is marked already") }
    guard item == parent else { return canBeFenced(block) ? .nested : .refused("it stands in a nested list") }
    // `1.     make`: the text of the item is the code.
    if block.block == item + 1, !block.isFenced { return .refused("its item begins with it; put a sentence above it") }
    return .item(item)
  }

  /// The item at the top of the document that holds a block.
  private func topItem(of block: Int) -> Int? {
    var index = block
    while index > 0 {
      let parent = markdown.blocks[index].parent
      if markdown.blocks[index].kind == .item, markdown.blocks[parent].parent == 0 { return index }
      index = parent
    }
    return nil
  }

  private func isQuoted(_ block: Int) -> Bool {
    var index = block
    while index > 0 {
      if markdown.blocks[index].kind == .blockQuote { return true }
      index = markdown.blocks[index].parent
    }
    return false
  }

  func column(_ offset: Int) -> Int { offset - source.lineRange(source.lineIndex(of: offset)).lowerBound }
}

/// A step that is about to be written.
struct NewStep {
  let block: CodeBlock
  let lead: Lead
  let id: String
  /// What stands for its title if there is no text above it.
  let command: String
}
