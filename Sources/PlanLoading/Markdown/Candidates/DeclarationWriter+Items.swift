internal import Markdown
internal import PlanDocument
internal import SourceText

extension DeclarationWriter {
  // MARK: At the top

  /// The sentence above a block becomes an item, and the block a part of it.
  mutating func declareAtTop(_ step: NewStep) {
    let width = 3
    indent(step.block.range, by: width - extraColumns(step.block))
    if let folder = step.lead.folder { writeFolder(folder, column: width) }
    guard let lead = step.lead.paragraph else {
      let first = step.lead.folder.map { markdown.blocks[$0.block].range } ?? step.block.range
      edits.insert(newItem(step, column: 0, width: width), before: source.lineIndex(of: first.lowerBound))
      return
    }
    let place = markdown.blocks[lead].range
    edits.replaceStart(upTo: place.lowerBound, with: marker(0, width) + "`\(step.id)`: ")
    indent(place, by: width, isFirst: true)
  }

  /// A block behind a numbered list, whose last item announces it, moves into that item.
  mutating func declare(_ step: NewStep, behind item: Int) {
    let text = markdown.blocks[item + 1].range.lowerBound
    edits.replace(SourceRange(start: text, end: text), with: "`\(step.id)`: ")
    indent(step.block.range, by: column(text) - extraColumns(step.block))
    stepStarts[item] = markdown.blocks[item].range.lowerBound
  }

  /// The columns by which a fence at the top is indented already.
  private func extraColumns(_ block: CodeBlock) -> Int { block.isFenced ? column(block.range.lowerBound) : 0 }

  // MARK: In an item

  mutating func declare(_ step: NewStep, in item: Int) {
    let place = markdown.blocks[item].range
    let base = column(place.lowerBound)
    let content = column(markdown.blocks[item + 1].range.lowerBound)
    var isOrdered = false
    if case .list(.some) = markdown.blocks[markdown.blocks[item].parent].kind { isOrdered = true }
    let width = isOrdered ? content : max(base + 3, content)
    let shift = width - content
    let first = source.lineIndex(of: markdown.blocks[item + 1].range.lowerBound)
    var start = source.lineIndex(of: step.block.range.lowerBound)
    if step.lead.paragraph == item + 1 {
      start = first
      let text = markdown.blocks[item + 1].range.lowerBound
      if isOrdered {
        edits.replace(SourceRange(start: text, end: text), with: "`\(step.id)`: ")
      } else {
        edits.replaceStart(upTo: text, with: marker(base, width) + "`\(step.id)`: ")
      }
    } else if let lead = step.lead.paragraph {
      let text = markdown.blocks[lead].range.lowerBound
      start = source.lineIndex(of: text)
      edits.replaceStart(upTo: text, with: marker(base, width, in: item) + "`\(step.id)`: ")
    } else if step.block.block == item + 1 {
      let lines = newItem(step, column: base, width: width, in: item)
      edits.insert(lines, before: start)
      edits.replaceStart(upTo: step.block.range.lowerBound, with: String(repeating: " ", count: width))
    } else {
      if let folder = step.lead.folder { start = source.lineIndex(of: markdown.blocks[folder.block].range.lowerBound) }
      edits.insert(newItem(step, column: base, width: width, in: item), before: start)
    }
    if let folder = step.lead.folder { writeFolder(folder, column: width) }
    shifts[item] = shift
    indent(SourceRange(start: source.lineRange(start).lowerBound, end: place.upperBound), by: shift, isFirst: true)
    if step.block.isRepaired, let line = step.block.lines.first {
      indent(step.block.range, by: width + 4 - column(line.lowerBound))
    }
    let begins = source.lineRange(start).lowerBound
    stepStarts[item] = min(stepStarts[item] ?? begins, begins)
  }

  /// Blanks in front of the lines of a range.
  private mutating func indent(_ range: SourceRange, by width: Int, isFirst: Bool = false) {
    let last = source.lineIndex(of: max(range.lowerBound, range.upperBound - 1))
    for line in source.lineIndex(of: range.lowerBound)...last { edits.indent(line, by: width, isFirst: isFirst) }
  }

  // MARK: Texts

  private func newItem(_ step: NewStep, column: Int, width: Int, in item: Int? = nil) -> [String] {
    let name = step.command.filter { $0 != "`" }
    return [marker(column, width, in: item) + "`\(step.id)`: run `\(name)`.", ""]
  }

  /// `1.` behind as many blanks as a column, and as many blanks behind as make up a width.
  private func marker(_ column: Int, _ width: Int, in item: Int? = nil) -> String {
    let blanks = String(repeating: " ", count: max(1, width - column - 2))
    return String(repeating: " ", count: column) + "1" + delimiter(item) + blanks
  }

  /// The mark behind the numbers of the list that an item belongs to; lists with other marks are other lists.
  private func delimiter(_ item: Int?) -> String {
    guard let item else { return "." }
    let place = markdown.blocks[item].range.lowerBound
    let mark = source.bytes[place...].first { !(0x30...0x39).contains($0) }
    return mark == UInt8(ascii: ")") ? ")" : "."
  }

  /// A paragraph that names a folder as an attribute of the step.
  private mutating func writeFolder(_ folder: (block: Int, path: String), column: Int) {
    let place = markdown.blocks[folder.block].range
    edits.replaceStart(
      upTo: place.upperBound, with: String(repeating: " ", count: column) + "Working directory: `\(folder.path)`.")
  }

  /// An attribute behind the text of an item.
  mutating func addAttribute(_ name: String, _ value: String, after line: SourceRange) {
    let text = "\(name): `\(value)`."
    let last = line.upperBound - 1
    if line.lowerBound <= last, source.bytes[last] == UInt8(ascii: ":") {
      edits.replace(SourceRange(start: last, end: line.upperBound), with: ". " + text)
      return
    }
    let isEnded = line.lowerBound <= last && source.bytes[last] == UInt8(ascii: ".")
    edits.replace(SourceRange(start: line.upperBound, end: line.upperBound), with: (isEnded ? " " : ". ") + text)
  }
}
