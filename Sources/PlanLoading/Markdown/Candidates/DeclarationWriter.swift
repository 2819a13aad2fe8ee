internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

/// Writes candidates as items of an ordered list, with as few new characters as their place allows.
struct DeclarationWriter {
  struct Declaration {
    let candidate: Int
    let id: String
    let fix: FixIt
    let notes: [String]
  }

  private(set) var declarations: [Declaration] = []
  /// Candidates whose place can't be declared.
  private(set) var refused: [Int: CandidateVerdict] = [:]
  private let plan: MarkdownPlan
  private let candidates: [Candidate]
  private var names: StepNames
  private let folders: CommandFolders
  /// By block: the block before it in the same parent; -1 for the first.
  private let previous: [Int]
  private var usedLeads: Set<Int> = []
  private var rewrittenItems: Set<Int> = []
  private var source: SourceFile { plan.source }
  private var markdown: MarkdownDocument { plan.markdown }

  init(_ plan: MarkdownPlan, _ candidates: [Candidate], names: StepNames, files: (any FileQuestions)?) {
    self.plan = plan
    self.candidates = candidates
    self.names = names
    folders = CommandFolders(plan, candidates, files)
    var previous = [Int](repeating: -1, count: plan.markdown.blocks.count)
    var last = previous
    for (index, block) in plan.markdown.blocks.enumerated().dropFirst() {
      previous[index] = last[block.parent]
      last[block.parent] = index
    }
    self.previous = previous
  }

  mutating func declare(_ index: Int) {
    let block = candidates[index].block
    let parent = markdown.blocks[block.block].parent
    let (lines, removed, notes, isEmpty) = folders.script(block)
    if isEmpty {
      refused[index] = .place("it only enters a folder of another machine")
      return
    }
    let lead = lead(of: block.block)
    let text = lead.map { markdown.lines(of: $0).map { source.text($0) }.joined(separator: " ") } ?? ""
    let command = lines.first { !source.text($0).hasPrefix("#") }.map { source.text($0) } ?? ""
    var edits: [FixIt.Replacement]?
    var isOwnLead = lead
    let id = names.next(text, command: command)
    if parent == 0 {
      edits = atTop(block, lead, id, command, removed: removed)
    } else if markdown.blocks[parent].kind == .item, markdown.blocks[markdown.blocks[parent].parent].parent == 0 {
      if case .list(.some) = markdown.blocks[markdown.blocks[parent].parent].kind {
        edits = inNumbered(block, parent, lead, id, command, removed: removed)
      } else {
        edits = inBullet(block, parent, lead, id, removed: removed)
        isOwnLead = parent + 1
      }
    }
    guard var edits else {
      refused[index] = .place(
        "it stands in a nested list, a quotation or beside another block; give it an item of its own")
      return
    }
    edits += removed
    if let folder = folders.folder(of: block, lead: text),
      let place = isOwnLead.flatMap({ markdown.lines(of: $0).last })
    {
      edits.append(attribute("Working directory", folder, after: place))
    }
    if let isOwnLead { usedLeads.insert(isOwnLead) }
    declarations.append(
      Declaration(candidate: index, id: id, fix: FixIt("declare \"\(id)\"", DeclarationWriter.joined(edits)), notes: notes))
  }

  /// One insertion a place: of several the later ones, which are items, stand before indentation.
  private static func joined(_ edits: [FixIt.Replacement]) -> [FixIt.Replacement] {
    var result: [FixIt.Replacement] = []
    var places: [SourceRange: Int] = [:]
    for edit in edits {
      if edit.range.isEmpty, let index = places[edit.range] {
        result[index].text = edit.text + result[index].text
      } else {
        if edit.range.isEmpty { places[edit.range] = result.count }
        result.append(edit)
      }
    }
    return result
  }

  // MARK: Places

  /// The paragraph right above a block that says what the block does.
  private func lead(of block: Int) -> Int? {
    let before = previous[block]
    guard before >= 0, markdown.blocks[before].kind == .paragraph, !usedLeads.contains(before) else { return nil }
    let length = markdown.blocks[before].range.upperBound - markdown.blocks[before].range.lowerBound
    return length <= 600 ? before : nil
  }

  private func lineStart(_ offset: Int) -> Int { source.lineRange(source.lineIndex(of: offset)).lowerBound }

  private func column(_ offset: Int) -> Int { offset - lineStart(offset) }

  private var lineEnd: String {
    let end = source.lineStarts.count > 1 ? Int(source.lineStarts[1]) : 0
    return end >= 2 && source.bytes[end - 2] == 0x0D ? "\r\n" : "\n"
  }

  /// The mark behind the numbers of the list that an item belongs to; lists with other marks are other lists.
  private func delimiter(_ item: Int?) -> String {
    guard let item else { return "." }
    let place = markdown.blocks[item].range.lowerBound
    let mark = source.bytes[place...].first { !(0x30...0x39).contains($0) }
    return mark == UInt8(ascii: ")") ? ")" : "."
  }

  private func newItem(_ id: String, _ command: String, width: Int, in item: Int? = nil) -> String {
    let name = command.split(separator: " ").prefix(3).joined(separator: " ").filter { $0 != "`" }
    return marker(width, in: item) + "`\(id)`: run `\(name)`.\(lineEnd)\(lineEnd)"
  }

  /// `1.` and as many blanks as make up a width.
  private func marker(_ width: Int, in item: Int? = nil) -> String {
    "1" + delimiter(item) + String(repeating: " ", count: max(1, width - 2))
  }

  /// Blanks at the beginning of all lines of a range that are not empty, but for those that are taken out.
  private func indent(_ range: SourceRange, by width: Int, removed: [FixIt.Replacement]) -> [FixIt.Replacement] {
    guard width > 0 else { return [] }
    let text = String(repeating: " ", count: width)
    let lines =
      source.lineIndex(of: range.lowerBound)...source.lineIndex(of: max(range.lowerBound, range.upperBound - 1))
    return lines.compactMap { line in
      let place = source.lineRange(line)
      let isRemoved = removed.contains { $0.text.isEmpty && $0.range.lowerBound == place.lowerBound }
      let isBlank = source.bytes[place.lowerBound..<place.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if isBlank || isRemoved { return nil }
      return .init(SourceRange(start: place.lowerBound, end: place.lowerBound), with: text)
    }
  }

  /// What makes code of a paragraph that was meant as code, in an item whose text begins at a column.
  private func repair(_ block: CodeBlock, column: Int, removed: [FixIt.Replacement]) -> [FixIt.Replacement] {
    guard block.isRepaired, let first = block.lines.first, let last = block.lines.last else { return [] }
    let range = SourceRange(start: lineStart(first.lowerBound), end: last.upperBound)
    return indent(range, by: column + 4 - self.column(first.lowerBound), removed: removed)
  }

  private func atTop(
    _ block: CodeBlock, _ lead: Int?, _ id: String, _ command: String, removed: [FixIt.Replacement]
  ) -> [FixIt.Replacement]? {
    let start = lineStart(block.range.lowerBound)
    let whole = SourceRange(start: start, end: block.range.upperBound)
    var edits = indent(whole, by: 3, removed: removed)
    guard let lead, column(markdown.blocks[lead].range.lowerBound) == 0 else {
      edits.append(.init(SourceRange(start: start, end: start), with: newItem(id, command, width: 3)))
      return edits
    }
    let place = markdown.blocks[lead].range
    edits.append(.init(SourceRange(start: place.lowerBound, end: place.lowerBound), with: "1. `\(id)`: "))
    if let second = markdown.lines(of: lead).dropFirst().first {
      edits += indent(SourceRange(start: lineStart(second.lowerBound), end: place.upperBound), by: 3, removed: [])
    }
    return edits
  }

  private func inNumbered(
    _ block: CodeBlock, _ item: Int, _ lead: Int?, _ id: String, _ command: String, removed: [FixIt.Replacement]
  ) -> [FixIt.Replacement]? {
    let width = column(markdown.blocks[item + 1].range.lowerBound)
    guard width >= 3, column(markdown.blocks[item].range.lowerBound) == 0 else { return nil }
    var edits = repair(block, column: width, removed: removed)
    if let lead {
      let place = markdown.blocks[lead].range.lowerBound
      if lead == item + 1 {
        edits.append(.init(SourceRange(start: place, end: place), with: "`\(id)`: "))
      } else {
        guard column(place) == width else { return nil }
        edits.append(
          .init(SourceRange(start: lineStart(place), end: place), with: marker(width, in: item) + "`\(id)`: "))
      }
    } else {
      let start = lineStart(block.range.lowerBound)
      edits.append(.init(SourceRange(start: start, end: start), with: newItem(id, command, width: width, in: item)))
    }
    return edits
  }

  private mutating func inBullet(
    _ block: CodeBlock, _ item: Int, _ lead: Int?, _ id: String, removed: [FixIt.Replacement]
  ) -> [FixIt.Replacement]? {
    let place = markdown.blocks[item].range
    let first = markdown.blocks[item + 1].range.lowerBound
    guard lead == item + 1, column(place.lowerBound) == 0, column(first) == 2, rewrittenItems.insert(item).inserted
    else { return nil }
    var edits: [FixIt.Replacement] = [
      .init(SourceRange(start: place.lowerBound, end: first), with: "1. `\(id)`: ")
    ]
    let next = source.lineIndex(of: place.lowerBound) + 1
    if next < source.lineStarts.count, source.lineRange(next).lowerBound < place.upperBound {
      let rest = SourceRange(start: source.lineRange(next).lowerBound, end: place.upperBound)
      let extra = block.isRepaired ? 3 + 4 - column(block.lines[0].lowerBound) : 1
      let inner = SourceRange(start: lineStart(block.range.lowerBound), end: block.range.upperBound)
      edits += indent(rest, by: 1, removed: removed).filter {
        !(inner.lowerBound <= $0.range.lowerBound && $0.range.lowerBound < inner.upperBound)
      }
      edits += indent(inner, by: extra, removed: removed)
    }
    return edits
  }

  /// An attribute behind the text of an item.
  private func attribute(_ name: String, _ value: String, after line: SourceRange) -> FixIt.Replacement {
    let text = "\(name): `\(value)`."
    let last = line.upperBound - 1
    if line.lowerBound <= last, source.bytes[last] == UInt8(ascii: ":") {
      return .init(SourceRange(start: last, end: line.upperBound), with: ". " + text)
    }
    let isEnded = line.lowerBound <= last && source.bytes[last] == UInt8(ascii: ".")
    return .init(SourceRange(start: line.upperBound, end: line.upperBound), with: (isEnded ? " " : ". ") + text)
  }
}
