internal import Diagnostics
internal import Markdown
internal import SourceText

extension LivingEdits {
  /// Where an entry goes, and how it is written there.
  private struct Place {
    var range: SourceRange
    /// Empty lines between this entry and what stands above it.
    var before: String
    var indentation = ""
    var marker = "-"
    /// Between two entries.
    var between = "\n"
  }

  /// The fix that adds entries at the end of the plan's first section of a kind; nil if there is none.
  func append(_ entries: [LivingEntry], to kind: SectionKind) -> FixIt? {
    guard let section = plan.ownSection(kind) else { return nil }
    let place = place(section)
    let use = use
    let items = entries.map { entry in
      entry.lines(use).enumerated().map { index, line in
        line.isEmpty ? "" : place.indentation + (index == 0 ? place.marker + " " : "") + line
      }.joined(separator: "\n")
    }
    var text = place.before + items.joined(separator: place.between)
    if isFollowedByText(place.range.upperBound) { text += "\n" }
    let newline = plan.source.newline
    if newline != "\n" {
      text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: newline)
    }
    return FixIt("add to \(kind.title)", [.init(place.range, with: text)])
  }

  private func place(_ section: Section) -> Place {
    let blocks = plan.markdown.blocks
    var content: [Int] = []
    var index = section.body.lowerBound
    while index < section.body.upperBound {
      content.append(index)
      index = blocks[index].next
    }
    // A rule or a comment at the end belongs to what follows.
    while let last = content.last, blocks[last].kind == .thematicBreak || blocks[last].kind == .html {
      content.removeLast()
    }
    guard let last = content.last else {
      return Place(range: after(blocks[section.block].range), before: "\n\n")
    }
    if content.count == 1, let text = placeholder(last) { return Place(range: text, before: "") }
    var place = Place(range: after(blocks[last].range), before: "\n\n")
    guard blocks[last].kind == .list(start: nil) else { return place }
    var items = Array(plan.markdown.children(of: last))
    let start = blocks[items.removeLast()].range.lowerBound
    let line = plan.source.lineRange(plan.source.lineIndex(of: start)).lowerBound
    let indentation = plan.source.bytes[line..<start]
    guard indentation.allSatisfy({ $0 == 0x20 }) else { return place }
    place.indentation = String(repeating: " ", count: indentation.count)
    place.marker = String(decoding: [plan.source.bytes[start]], as: UTF8.self)
    let isLoose = hasEmptyLine(SourceRange(start: blocks[last].range.lowerBound, end: place.range.lowerBound))
    place.before = isLoose ? "\n\n" : "\n"
    place.between = place.before
    return place
  }

  /// The place after the last byte of a block that is not blank.
  private func after(_ range: SourceRange) -> SourceRange {
    var end = min(range.upperBound, plan.source.bytes.count)
    while end > range.lowerBound, isSpace(plan.source.bytes[end - 1]) { end -= 1 }
    return SourceRange(start: end, end: end)
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether the line below a place is not empty.
  private func isFollowedByText(_ offset: Int) -> Bool {
    let bytes = plan.source.bytes
    var lineBreaks = 0
    for byte in bytes[offset...] {
      if byte == 0x0A { lineBreaks += 1 }
      if lineBreaks > 1 { return false }
      if !isSpace(byte) { return true }
    }
    return false
  }

  private func hasEmptyLine(_ range: SourceRange) -> Bool {
    var isEmpty = false
    for byte in plan.source.bytes[range.lowerBound..<range.upperBound] {
      if byte == 0x0A {
        if isEmpty { return true }
        isEmpty = true
      } else if !isSpace(byte) {
        isEmpty = false
      }
    }
    return false
  }

  /// The bytes of a paragraph or a list of one item that only says "None yet".
  private func placeholder(_ block: Int) -> SourceRange? {
    let blocks = plan.markdown.blocks
    let paragraph: Int
    switch blocks[block].kind {
    case .paragraph: paragraph = block
    case .list:
      guard blocks[block].next == block + 3, blocks[block + 2].kind == .paragraph else { return nil }
      paragraph = block + 2
    default: return nil
    }
    let lines = plan.markdown.lines(of: paragraph)
    guard lines.count == 1, let line = lines.first else { return nil }
    // Only what certainly says nothing is replaced: "No index was used" is an observation.
    let words = plan.source.text(line).lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "/" }
    let text = words.split(separator: " ").joined(separator: " ")
    guard text.isEmpty || Self.placeholders.contains(text) else { return nil }
    return SourceRange(start: blocks[block].range.lowerBound, end: after(blocks[block].range).lowerBound)
  }

  private static let placeholders: Set<String> = [
    "none", "none yet", "none so far", "none recorded", "none recorded yet", "none at this time", "nothing",
    "nothing yet", "nothing so far", "not yet", "not started", "not started yet", "n/a", "tbd", "todo", "pending",
    "to be written", "to be filled in", "to be filled", "to be added", "to be completed", "to be determined",
    "to be documented", "no entries yet", "no surprises yet", "no decisions yet", "no outcomes yet", "なし", "未記入", "暂无",
    "尚无", "无", "없음", "ninguno", "keine", "noch keine",
  ]
}
