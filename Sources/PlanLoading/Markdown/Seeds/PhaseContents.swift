internal import Markdown
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// What stands below the heading of a phase or component: labelled lines, lists and sections of its own.
struct PhaseContents {
  private enum Part {
    case objective, owner, effort, dependencies, deliverables, criteria
  }

  private static let parts: [String: Part] = [
    "objective": .objective, "goal": .objective, "owner": .owner, "estimated effort": .effort, "effort": .effort,
    "estimate": .effort, "duration": .effort, "timeline": .effort, "dependencies": .dependencies,
    "depends on": .dependencies, "prerequisites": .dependencies, "key deliverables": .deliverables,
    "deliverables": .deliverables, "acceptance criteria": .criteria, "quality gates": .criteria,
  ]

  private let document: MarkdownDocument
  private(set) var objective: String?
  private(set) var owner: String?
  private(set) var effort: String?
  private(set) var dependencies: SourceRange?
  private(set) var deliverables: [String] = []
  private(set) var criteria: [String] = []
  /// `Story/Task 1: NAME - DURATION`
  private(set) var stories: [StoryLine] = []

  /// - Parameter sections: the phase's own section and those below it that are no phases, in order.
  init(_ plan: MarkdownPlan, sections: [Int]) {
    document = plan.markdown
    for (position, index) in sections.enumerated() {
      let part = position == 0 ? nil : PhaseContents.parts[PhaseContents.key(plan.sections[index].heading.value)]
      read(PhaseContents.blocks(of: index, in: plan), part)
    }
  }

  /// The blocks between the heading of a section and the next heading.
  private static func blocks(of section: Int, in plan: MarkdownPlan) -> Range<Int> {
    let start = plan.markdown.blocks[plan.sections[section].block].next
    let end = section + 1 < plan.sections.count ? plan.sections[section + 1].block : plan.markdown.blocks.count
    return start..<max(start, end)
  }

  /// Whether an item of a list may be a story, as far as its first word says.
  static func mayHoldStories(_ plan: MarkdownPlan, sections: [Int]) -> Bool {
    let document = plan.markdown
    for section in sections {
      let blocks = blocks(of: section, in: plan)
      var block = blocks.lowerBound
      while block < blocks.upperBound {
        defer { block = document.blocks[block].next }
        guard case .list = document.blocks[block].kind else { continue }
        for item in document.children(of: block) {
          if let text = document.firstText(of: item),
            FirstWord.mayBe(StoryLine.firstWords, in: plan.source.bytes, text)
          {
            return true
          }
        }
      }
    }
    return false
  }

  private static func key(_ text: String) -> String {
    var key = CellText(text).text.lowercased()
    while let last = key.last, last == ":" || last == " " { key.removeLast() }
    return key
  }

  /// - Parameter part: what the section is about as a whole.
  private mutating func read(_ blocks: Range<Int>, _ part: Part?) {
    var pending = part
    var block = blocks.lowerBound
    while block < blocks.upperBound {
      switch document.blocks[block].kind {
      case .paragraph: pending = readParagraph(block, part) ?? part
      case .list:
        readList(block, pending)
        pending = part
      default: break
      }
      block = document.blocks[block].next
    }
  }

  /// - Returns: the part that the list below the paragraph belongs to.
  private mutating func readParagraph(_ block: Int, _ part: Part?) -> Part? {
    var open: Part?
    var text = ""
    var isEmpty = false
    for line in pieces(of: block) {
      if let (found, labelled) = label(line) {
        if let open { set(open, text) }
        open = found
        text = labelled.text
        isEmpty = labelled.value.isEmpty
        if found == .dependencies, !isEmpty { dependencies = labelled.value }
      } else {
        let more = CellText(document.source, line).text
        text += text.isEmpty ? more : " " + more
        if open == .dependencies { dependencies = dependencies.map { $0.union(line) } ?? line }
        if open == nil, let part { set(part, more) }
      }
    }
    if let open, !text.isEmpty { set(open, text) }
    return isEmpty && text.isEmpty ? open : nil
  }

  private func label(_ line: SourceRange) -> (Part, LabelledText)? {
    guard let labelled = LabelledText(document.source, line) else { return nil }
    return PhaseContents.parts[labelled.label].map { ($0, labelled) }
  }

  /// The lines of a paragraph, parted where a label in bold stands within one: a formatter joins lines.
  private func pieces(of block: Int) -> [SourceRange] {
    var pieces: [SourceRange] = []
    for line in document.lines(of: block) {
      var start = line.lowerBound
      for index in line.lowerBound..<line.upperBound
      where index > start && document.source.bytes[index - 1] == 0x20
        && document.source.bytes[index..<line.upperBound].starts(with: "**".utf8)
      {
        let rest = SourceRange(start: index, end: line.upperBound)
        guard label(rest)?.1.isBold == true else { continue }
        pieces.append(SourceRange(start: start, end: index - 1))
        start = index
      }
      pieces.append(SourceRange(start: start, end: line.upperBound))
    }
    return pieces
  }

  private mutating func set(_ part: Part, _ text: String) {
    guard !text.isEmpty else { return }
    switch part {
    case .objective: objective = objective ?? text
    case .owner: owner = owner ?? text
    case .effort: effort = effort ?? text
    case .dependencies: break
    case .deliverables: deliverables += ListText.parts(text)
    case .criteria: criteria.append(text)
    }
  }

  private mutating func readList(_ list: Int, _ part: Part?) {
    for item in document.items(of: list) {
      if let story = StoryLine(item.text, item.range) {
        stories.append(story)
        continue
      }
      switch part {
      case .deliverables: deliverables.append(item.text)
      case .criteria: criteria.append(ListText.withoutBox(item.text))
      case .objective: objective = objective ?? item.text
      case .dependencies: dependencies = dependencies.map { $0.union(item.range) } ?? item.range
      case .owner, .effort: break
      case nil:
        if let labelled = LabelledText(document.source, item.range), let found = PhaseContents.parts[labelled.label] {
          if found == .dependencies { dependencies = labelled.value }
          set(found, labelled.text)
        }
      }
    }
  }
}
