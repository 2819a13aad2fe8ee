package import SourceText

/// What an item begins with to say which part of the plan it is about.
package struct ItemPrefix: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// An id in backticks.
    case identifier
    /// `M1`, `M1.2`, `Milestone 1`.
    case milestone
    case phase
    case stage
    case step
    case task
    /// `EP-3`: a plan that this one has below it.
    case plan
  }

  package let kind: Kind
  /// The id, or the number behind the word: `1.2`, `A`.
  package let name: String
  /// With the backticks, or with the word.
  package let range: SourceRange
}

/// Reads the prefix of an item.
struct ItemPrefixReader {
  private let bytes: [UInt8]
  private static let words: [(word: [UInt8], kind: ItemPrefix.Kind)] = {
    let words: [(String, ItemPrefix.Kind)] = [
      ("milestone", .milestone), ("work item", .task), ("phase", .phase), ("stage", .stage), ("step", .step),
      ("task", .task), ("里程碑", .milestone), ("阶段", .phase),
    ]
    return words.map { (Array($0.0.utf8), $0.1) }
  }()

  init(_ source: SourceFile) {
    bytes = source.bytes
  }

  func read(_ start: Int, _ end: Int) -> ItemPrefix? {
    var position = start
    while position < end, TextByte.isBlank(bytes[position]) || isSeparator(position, end) { position += 1 }
    if position < end, bytes[position] == UInt8(ascii: "`") { return identifier(position, end) }
    while position < end, TextByte.isEmphasis(bytes[position]) { position += 1 }
    return word(position, end) ?? short(position, end)
  }

  /// A mark between a time and the text: a colon or a dash.
  private func isSeparator(_ position: Int, _ end: Int) -> Bool {
    let byte = bytes[position]
    if byte == UInt8(ascii: ":") { return true }
    return byte == UInt8(ascii: "-") && position + 1 < end && TextByte.isBlank(bytes[position + 1])
  }

  private func identifier(_ start: Int, _ end: Int) -> ItemPrefix? {
    var close = start + 1
    while close < end, bytes[close] != UInt8(ascii: "`") {
      let byte = bytes[close]
      guard TextByte.isLetter(byte) || TextByte.isDigit(byte) || "_.-".utf8.contains(byte) else { return nil }
      close += 1
    }
    guard close < end, close > start + 1, bytes[start + 1] != UInt8(ascii: "."), bytes[start + 1] != UInt8(ascii: "-")
    else { return nil }
    return ItemPrefix(
      kind: .identifier, name: String(decoding: bytes[start + 1..<close], as: UTF8.self),
      range: SourceRange(start: start, end: close + 1))
  }

  private func word(_ start: Int, _ end: Int) -> ItemPrefix? {
    for (word, kind) in Self.words where start + word.count < end {
      guard word.indices.allSatisfy({ TextByte.lowercased(bytes[start + $0]) == word[$0] }) else { continue }
      let number = TextByte.skipBlanks(bytes, start + word.count, end)
      guard let close = numberEnd(number, end) else { return nil }
      return ItemPrefix(
        kind: kind, name: String(decoding: bytes[number..<close], as: UTF8.self),
        range: SourceRange(start: start, end: close))
    }
    return nil
  }

  /// `M1`, `EP-3`.
  private func short(_ start: Int, _ end: Int) -> ItemPrefix? {
    let kind: ItemPrefix.Kind
    let number: Int
    if TextByte.starts(bytes, start, end, with: "EP-") {
      (kind, number) = (.plan, start + 3)
    } else if start < end, bytes[start] == UInt8(ascii: "M") {
      (kind, number) = (.milestone, start + 1)
    } else {
      return nil
    }
    guard number < end, TextByte.isDigit(bytes[number]), let close = numberEnd(number, end) else { return nil }
    return ItemPrefix(
      kind: kind, name: String(decoding: bytes[number..<close], as: UTF8.self),
      range: SourceRange(start: start, end: close))
  }

  /// The end of `1`, `1.2`, `1a`, or of one capital letter.
  private func numberEnd(_ start: Int, _ end: Int) -> Int? {
    guard start < end else { return nil }
    var position = start
    if TextByte.isUpper(bytes[start]) {
      position += 1
    } else {
      guard TextByte.isDigit(bytes[start]) else { return nil }
      while position < end,
        TextByte.isDigit(bytes[position])
          || (bytes[position] == UInt8(ascii: ".") && position + 1 < end && TextByte.isDigit(bytes[position + 1]))
      {
        position += 1
      }
      if position < end, TextByte.isLetter(bytes[position]) { position += 1 }
    }
    guard position == end || !(TextByte.isLetter(bytes[position]) || TextByte.isDigit(bytes[position])) else {
      return nil
    }
    return position
  }
}
