internal import Markdown
internal import SourceText

/// Finds the items that have a state, in Progress and elsewhere, in one walk over the blocks.
struct ProgressReader {
  private let plan: MarkdownPlan
  private let checkboxes: CheckboxReader
  private let timestamps: TimestampReader
  private let prefixes: ItemPrefixReader

  init(_ plan: MarkdownPlan) {
    self.plan = plan
    checkboxes = CheckboxReader(plan.source)
    timestamps = TimestampReader(plan.source)
    prefixes = ItemPrefixReader(plan.source)
  }

  func read() -> (progress: [ProgressItem], elsewhere: [ProgressItem]) {
    let blocks = plan.markdown.blocks
    let kinds = sectionKinds()
    var progress: [ProgressItem] = []
    var elsewhere: [ProgressItem] = []
    var section = -1
    /// Where the items end that the current block is nested in.
    var open: [Int] = []
    for index in blocks.indices {
      while section + 1 < plan.sections.count, plan.sections[section + 1].block <= index { section += 1 }
      while let last = open.last, last <= index { open.removeLast() }
      guard case .item = blocks[index].kind else { continue }
      let isInProgress = section >= 0 && kinds[section] == .progress
      if let item = item(index, section: section < 0 ? nil : section, depth: open.count, isInProgress) {
        if isInProgress { progress.append(item) } else { elsewhere.append(item) }
      }
      open.append(blocks[index].next)
    }
    return (progress, elsewhere)
  }

  /// For each section its kind, or that of the nearest one around it.
  private func sectionKinds() -> [SectionKind] {
    var kinds: [SectionKind] = []
    kinds.reserveCapacity(plan.sections.count)
    for section in plan.sections {
      kinds.append(section.kind == .other ? section.parent.map { kinds[$0] } ?? .other : section.kind)
    }
    return kinds
  }

  private func item(_ index: Int, section: Int?, depth: Int, _ isInProgress: Bool) -> ProgressItem? {
    let blocks = plan.markdown.blocks
    guard index + 1 < blocks[index].next, case .paragraph = blocks[index + 1].kind else { return nil }
    let lines = plan.markdown.lines(of: index + 1)
    guard let first = lines.first, let found = checkboxes.read(first, allowsSymbols: isInProgress) else { return nil }
    let text = SourceRange(start: min(found.text, first.upperBound), end: first.upperBound)
    var timestamp: ItemTimestamp?
    var prefix: ItemPrefix?
    if isInProgress {
      timestamp = timestamps.atStart(text.lowerBound, text.upperBound)
      let afterTime = timestamp?.range.upperBound
      if timestamp == nil { timestamp = timestamps.read([text] + lines.dropFirst()) }
      prefix = prefixes.read(afterTime ?? text.lowerBound, text.upperBound)
    }
    return ProgressItem(
      state: found.state, mark: found.mark, stateRange: found.stateRange, block: index, section: section, depth: depth,
      text: text, continuation: lines.dropFirst(), timestamp: timestamp, prefix: prefix)
  }
}
