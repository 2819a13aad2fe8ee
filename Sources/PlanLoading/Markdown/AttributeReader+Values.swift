internal import SourceText

extension AttributeReader {
  mutating func readValue(of label: Label) -> Int {
    let key = label.key ?? ""
    var attribute = StepAttribute(key: key, keyRange: text.range(label.range), words: label.words, values: [])
    var index = text.skipBlanks(label.end)
    if text.codeSpan(at: index) != nil {
      while let span = text.codeSpan(at: index) {
        attribute.values += pieces(of: span.content, key: key, isQuoted: true)
        index = span.whole.upperBound
        guard let next = nextItem(after: index) else { break }
        index = next
      }
    } else {
      let end = endOfPlainValue(from: index, key: key)
      let part = withoutEnd(text.trimmed(index..<end))
      if !part.isEmpty, !isNone(part, key: key) { attribute.values = pieces(of: part, key: key, isQuoted: false) }
      index = end
    }
    if attribute.values.count == 1, isNone(attribute.values[0], key: key) { attribute.values = [] }
    attributes.append(attribute)
    return index
  }

  /// Where the next item in backticks begins, after a comma or "and".
  private func nextItem(after end: Int) -> Int? {
    var index = text.skipBlanks(end)
    if index < text.bytes.count, ",;&+".utf8.contains(text.bytes[index]) { index = text.skipBlanks(index + 1) }
    if index + 3 < text.bytes.count, text.text(index..<(index + 3)) == "and", text.isBlank(index + 3) {
      index = text.skipBlanks(index + 3)
    }
    return text.codeSpan(at: index) == nil ? nil : index
  }

  /// The end of a value without backticks: a separator, or the next label.
  private func endOfPlainValue(from start: Int, key: String) -> Int {
    let isSentence = AttributeNames.sentences.contains(key)
    var index = start
    while index < text.bytes.count {
      if let span = text.codeSpan(at: index) {
        index = span.whole.upperBound
        continue
      }
      let byte = text.bytes[index]
      if byte == 0xC2 || byte == UInt8(ascii: "|"), isSeparator(index) { return index }
      if index > start, text.isBlank(index - 1), byte.isLetter || byte == 0x2A || byte == 0x5F,
        let label = label(at: index)
      {
        if label.key != nil, !isSentence || endsBefore(index) { return index }
        if lineStarts.contains(index) { return index }
      }
      if !isSentence, isSentenceEnd(index), byte == UInt8(ascii: ".") || byte == UInt8(ascii: ";") { return index }
      index += 1
    }
    return index
  }

  private func withoutEnd(_ part: Range<Int>) -> Range<Int> {
    var part = part
    while let last = part.last, ".,;".utf8.contains(text.bytes[last]) {
      part = text.trimmed(part.lowerBound..<last)
    }
    return part
  }

  /// One value, or several with commas between them.
  private func pieces(of part: Range<Int>, key: String, isQuoted: Bool) -> [StepAttribute.Value] {
    guard AttributeNames.lists.contains(key) else { return [value(part, isQuoted: isQuoted)] }
    // A comma can be part of a path.
    let needsBlank = isQuoted && !AttributeNames.nameLists.contains(key)
    return AttributeReader.items(of: text, part, needsBlank: needsBlank).map { item in
      if let span = text.codeSpan(at: item.lowerBound), span.whole == item {
        return value(span.content, isQuoted: true)
      }
      return value(item, isQuoted: isQuoted)
    }
  }

  /// The parts between commas that stand outside of braces.
  ///
  /// - Parameter needsBlank: whether only a comma with a blank behind it counts.
  static func items(of text: ProseText, _ part: Range<Int>? = nil, needsBlank: Bool = false) -> [Range<Int>] {
    let part = part ?? 0..<text.bytes.count
    var items: [Range<Int>] = []
    var start = part.lowerBound
    var depth = 0
    for index in part {
      let byte = text.bytes[index]
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      guard byte == UInt8(ascii: ","), depth <= 0 else { continue }
      if needsBlank, index + 1 < part.upperBound, !text.isBlank(index + 1) { continue }
      items.append(text.trimmed(start..<index))
      start = index + 1
    }
    items.append(text.trimmed(start..<part.upperBound))
    return items.filter { !$0.isEmpty }
  }

  private func value(_ part: Range<Int>, isQuoted: Bool) -> StepAttribute.Value {
    let written = text.text(part)
    let meant = isQuoted ? written : text.plain(part)
    return StepAttribute.Value(
      text: meant, range: text.range(part), isQuoted: isQuoted,
      isVerbatim: text.isContiguous(part) && written == meant)
  }

  /// `Needs: none`.
  private func isNone(_ part: Range<Int>, key: String) -> Bool {
    AttributeNames.lists.contains(key)
      && ["none", "nothing", "-", "—", "–"].contains(text.text(part).lowercased())
  }

  private func isNone(_ value: StepAttribute.Value, key: String) -> Bool {
    AttributeNames.lists.contains(key) && value.text.lowercased() == "none" && !value.isQuoted
      || AttributeNames.nameLists.contains(key) && value.text == "none"
  }
}
