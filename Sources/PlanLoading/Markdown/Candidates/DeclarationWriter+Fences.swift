internal import Markdown
internal import PlanDocument
internal import SourceText

extension DeclarationWriter {
  /// A block that stays where it is: its fence gets the id.
  mutating func declareAsFence(_ step: NewStep) {
    var mark = "{#\(step.id)"
    if let folder = step.lead.folder { mark += " cwd=\"\(folder.path)\"" }
    mark += "}"
    guard let info = step.block.info else {
      fence(step.block, info: "sh " + mark, in: nil)
      return
    }
    let language = step.block.language
    if let language, CommandClassifier.texts.contains(language.value.lowercased()) {
      edits.replace(language.range, with: "sh")
    }
    let end = SourceRange(start: info.upperBound, end: info.upperBound)
    edits.replace(end, with: (language == nil ? "sh " : " ") + mark)
  }

  /// The language of a fence that says "text" of what a shell runs.
  mutating func useShell(_ block: CodeBlock) {
    guard let language = block.language, CommandClassifier.texts.contains(language.value.lowercased()) else { return }
    edits.replace(language.range, with: "sh")
  }

  /// Whether a block can be written as a fence where it stands.
  func canBeFenced(_ block: CodeBlock) -> Bool {
    if block.isFenced { return true }
    return block.lines.allSatisfy { line in
      let start = source.lineRange(source.lineIndex(of: line.lowerBound)).lowerBound
      let isBlank = source.bytes[min(start, line.lowerBound)..<line.lowerBound].allSatisfy { $0 == 0x20 }
      return isBlank && !source.text(line).contains("```")
    }
  }

  /// Puts fences around a block without.
  ///
  /// - Parameter item: the item whose lines move to the right, and the block with them.
  mutating func fence(_ block: CodeBlock, info: String, in item: Int?) {
    guard canBeFenced(block), let first = block.lines.first, let last = block.lines.last(where: { !$0.isEmpty }) else {
      return
    }
    let parent = markdown.blocks[block.block].parent
    let column = column(markdown.blocks[parent + 1].range.lowerBound) + (item.flatMap { shifts[$0] } ?? 0)
    let blanks = String(repeating: " ", count: column)
    for line in block.lines where !line.isEmpty { edits.replaceStart(upTo: line.lowerBound, with: blanks) }
    edits.insert([blanks + "```" + info], before: source.lineIndex(of: first.lowerBound))
    edits.insert([blanks + "```"], after: source.lineIndex(of: last.lowerBound))
  }
}
