internal import Markdown
internal import SourceText

/// Reads the entries of Decision Log and of Surprises & Discoveries.
struct LogEntryReader {
  private let plan: MarkdownPlan
  private let bytes: [UInt8]
  private let timestamps: TimestampReader
  /// The labels of this section; the first one begins an entry.
  private let labels: [EntryLabel]

  init(_ plan: MarkdownPlan, labels: [EntryLabel]) {
    self.plan = plan
    self.labels = labels
    bytes = plan.source.bytes
    timestamps = TimestampReader(plan.source)
  }

  /// The entries of all sections of a kind.
  func read(_ kind: SectionKind) -> [LogEntry] {
    var entries: [LogEntry] = []
    var end = 0
    for section in plan.sections where section.kind == kind && section.block >= end {
      read(section.body, into: &entries)
      end = section.body.upperBound
    }
    return entries
  }

  private func read(_ body: Range<Int>, into entries: inout [LogEntry]) {
    let blocks = plan.markdown.blocks
    var index = body.lowerBound
    let first = entries.count
    while index < body.upperBound {
      let block = blocks[index]
      switch block.kind {
      case .heading:
        let end = endOfPart(index, body.upperBound)
        // A heading that has list items below it is one over a group of entries.
        let holdsItems = blocks[index + 1..<end].contains { if case .item = $0.kind { true } else { false } }
        if holdsItems {
          read(index + 1..<end, into: &entries)
        } else {
          append(index..<end, to: &entries, first: first)
        }
        index = end
        continue
      case .list:
        for item in plan.markdown.children(of: index) { append(item..<blocks[item].next, to: &entries, first: first) }
      case .paragraph:
        if let line = plan.markdown.lines(of: index).first, label(atStartOf: line) != nil {
          append(index..<block.next, to: &entries, first: first)
        }
      default: break
      }
      index = block.next
    }
  }

  private func endOfPart(_ heading: Int, _ end: Int) -> Int {
    var index = plan.markdown.blocks[heading].next
    while index < end {
      if case .heading = plan.markdown.blocks[index].kind { return index }
      index = plan.markdown.blocks[index].next
    }
    return end
  }

  private func append(_ range: Range<Int>, to entries: inout [LogEntry], first: Int) {
    let fields = fields(range)
    // "- Decision: …" and "- Rationale: …" may be items of their own.
    if let label = fields.first?.label, label != labels.first, entries.count > first, let last = entries.last,
      !last.fields.isEmpty, last.field(label) == nil, let line = firstLine(range), self.label(atStartOf: line) != nil,
      last.blocks.upperBound <= range.lowerBound
    {
      entries[entries.count - 1].fields += fields
      entries[entries.count - 1].blocks = last.blocks.lowerBound..<range.upperBound
      return
    }
    guard let line = firstLine(range) else { return }
    entries.append(
      LogEntry(
        blocks: range, firstLine: line, fields: fields, timestamp: timestamps.atStart(line.lowerBound, line.upperBound),
        isPlaceholder: fields.isEmpty && PlaceholderText.isPlaceholder(bytes[line.lowerBound..<line.upperBound])))
  }

  private func firstLine(_ range: Range<Int>) -> SourceRange? {
    for index in range {
      if let line = plan.markdown.lines(of: index).first { return line }
    }
    return nil
  }

  // MARK: Labels

  private func fields(_ range: Range<Int>) -> [LogEntry.Field] {
    var fields: [LogEntry.Field] = []
    for index in range {
      switch plan.markdown.blocks[index].kind {
      case .paragraph, .heading: break
      default: continue
      }
      for line in plan.markdown.lines(of: index) {
        var isContinued = true
        var position = line.lowerBound
        while let colon = nextColon(position, line.upperBound) {
          if let found = label(before: colon.start, from: position, lineStart: line.lowerBound) {
            if isContinued, let last = fields.indices.last {
              let end = max(fields[last].text.lowerBound, found.range.lowerBound)
              if fields[last].text.upperBound > end {
                fields[last].text = SourceRange(start: fields[last].text.lowerBound, end: end)
              }
            }
            var text = TextByte.skipBlanks(bytes, colon.end, line.upperBound)
            while text < line.upperBound, TextByte.isEmphasis(bytes[text]) || TextByte.isBlank(bytes[text]) {
              text += 1
            }
            fields.append(
              LogEntry.Field(
                label: found.label, labelRange: found.range, text: SourceRange(start: text, end: line.upperBound)))
            isContinued = true
          }
          position = colon.end
        }
        if let last = fields.indices.last, fields[last].text.upperBound < line.upperBound {
          let start = fields[last].text.isEmpty ? line.lowerBound : fields[last].text.lowerBound
          fields[last].text = SourceRange(start: start, end: line.upperBound)
        }
      }
    }
    return fields
  }

  private func nextColon(_ start: Int, _ end: Int) -> (start: Int, end: Int)? {
    var position = start
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: ":") { return (position, position + 1) }
      if byte == 0xEF, TextByte.starts(bytes, position, end, with: "：") { return (position, position + 3) }
      position += 1
    }
    return nil
  }

  /// The label that a line begins with.
  private func label(atStartOf line: SourceRange) -> EntryLabel? {
    let limit = min(line.upperBound, line.lowerBound + EntryLabel.maximumLength + 3)
    guard let colon = nextColon(line.lowerBound, limit) else { return nil }
    return label(before: colon.start, from: line.lowerBound, lineStart: line.lowerBound)?.label
  }

  /// The label that ends before a colon: all of the line so far, or the words after the end of a sentence.
  private func label(before colon: Int, from start: Int, lineStart: Int) -> (label: EntryLabel, range: SourceRange)? {
    let wordEnd = beforeBrackets(colon, from: start)
    var first = wordEnd
    let limit = max(start, wordEnd - EntryLabel.maximumLength)
    while first > limit {
      let byte = bytes[first - 1]
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "(")
        || byte == UInt8(ascii: ")")
        || byte == UInt8(ascii: ",")
      {
        break
      }
      first -= 1
    }
    guard first == lineStart || first > limit || first == start else { return nil }
    while first < wordEnd, TextByte.isBlank(bytes[first]) || TextByte.isEmphasis(bytes[first]) { first += 1 }
    var end = wordEnd
    while end > first, TextByte.isBlank(bytes[end - 1]) || TextByte.isEmphasis(bytes[end - 1]) { end -= 1 }
    guard first < end else { return nil }
    // In the middle of a line only a capital tells a label from a word.
    if first > lineStart + 4, !TextByte.isUpper(bytes[first]), bytes[first] < 0x80 { return nil }
    guard let label = EntryLabel(bytes[first..<end]), labels.contains(label) else { return nil }
    return (label, SourceRange(start: first, end: end))
  }

  /// The place before a remark in brackets: `Evidence (local):`.
  private func beforeBrackets(_ colon: Int, from start: Int) -> Int {
    guard colon > start, bytes[colon - 1] == UInt8(ascii: ")") else { return colon }
    var position = colon - 1
    let limit = max(start, colon - EntryLabel.maximumLength)
    while position > limit {
      position -= 1
      if bytes[position] == UInt8(ascii: "(") { return position }
    }
    return colon
  }
}
