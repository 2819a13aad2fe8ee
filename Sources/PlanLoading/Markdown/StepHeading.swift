internal import SourceText

/// The words that begin a step: ``Step `build`: Build the binary``, or in an item ```build`: build it``; and
/// ``Undo of `build`: …``.
struct StepHeading {
  enum Kind {
    case step, undo
  }

  let kind: Kind
  let id: Located<String>
  /// Where what follows the id and its colon begins.
  let rest: Int

  /// What the heading of a step begins with.
  static let words = ["step", "undo"].map { Array($0.utf8) }

  /// A heading; nil if it is none of a step.
  init?(heading text: ProseText) {
    let index = StepHeading.skipMarks(text, StepHeading.skipNumber(text))
    if let end = StepHeading.skip(["step"], in: text, from: index) {
      self.init(.step, text, at: end, needsColon: false)
    } else if let end = StepHeading.skip(["undo", "of"], in: text, from: index) {
      self.init(.undo, text, at: end, needsColon: false)
    } else {
      return nil
    }
  }

  /// The first paragraph of an item.
  init?(item text: ProseText) {
    let index = StepHeading.skipMarks(text, 0)
    if let end = StepHeading.skip(["undo", "of"], in: text, from: index) {
      self.init(.undo, text, at: end, needsColon: false)
    } else {
      self.init(.step, text, at: index, needsColon: true)
    }
  }

  private init?(_ kind: Kind, _ text: ProseText, at start: Int, needsColon: Bool) {
    let start = StepHeading.skipMarks(text, start)
    guard let span = text.codeSpan(at: start), !span.content.isEmpty else { return nil }
    let id = text.text(span.content)
    if needsColon, !DecodingContext.isIdentifier(id.utf8.span) { return nil }
    var index = StepHeading.skipMarks(text, span.whole.upperBound)
    let afterMarks = index
    index = text.skipBlanks(index)
    if index < text.bytes.count, text.bytes[index] == UInt8(ascii: ":") {
      index = StepHeading.skipMarks(text, index + 1)
    } else if let end = StepHeading.skipDash(text, index), index > afterMarks {
      index = end
    } else if needsColon {
      return nil
    }
    self.kind = kind
    self.id = Located(id, text.range(span.content))
    rest = text.skipBlanks(index)
  }

  /// Whether a heading begins with "Step" and a word without backticks: `Step build:`. The word is given.
  static func nearMiss(_ text: ProseText) -> Range<Int>? {
    let start = skipMarks(text, skipNumber(text))
    guard let end = skip(["step"], in: text, from: start), text.codeSpan(at: end) == nil else { return nil }
    var index = end
    while index < text.bytes.count, isIDByte(text.bytes[index]) { index += 1 }
    guard index - end > 1, index < text.bytes.count, text.bytes[index] == UInt8(ascii: ":") else { return nil }
    // "Step 1:", "Step 2a:" and "Step B.4:" number prose.
    let isNumber = text.bytes[(end + 1)..<index].allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    return text.bytes[end].isLetter && !isNumber ? end..<index : nil
  }

  private static func isIDByte(_ byte: UInt8) -> Bool {
    byte.isLetter || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }

  /// `3. `, `1) `, `2.1 `
  private static func skipNumber(_ text: ProseText) -> Int {
    var index = 0
    while index < text.bytes.count, (0x30...0x39).contains(text.bytes[index]) || text.bytes[index] == 0x2E {
      index += 1
    }
    if index > 0, index < text.bytes.count, text.bytes[index] == UInt8(ascii: ")") { index += 1 }
    guard index > 0, index < text.bytes.count, text.isBlank(index) else { return 0 }
    return text.skipBlanks(index)
  }

  /// Marks of emphasis.
  private static func skipMarks(_ text: ProseText, _ start: Int) -> Int {
    var index = start
    while index < text.bytes.count, text.bytes[index] == 0x2A || text.bytes[index] == 0x5F { index += 1 }
    return index
  }

  /// ` - `, ` – `, ` — `
  private static func skipDash(_ text: ProseText, _ start: Int) -> Int? {
    for dash in ["-", "–", "—"] {
      let end = start + dash.utf8.count
      if end < text.bytes.count, text.bytes[start..<end].elementsEqual(dash.utf8), text.isBlank(end) { return end }
    }
    return nil
  }

  /// The place after some words, in any case, and the blanks behind them.
  private static func skip(_ words: [String], in text: ProseText, from start: Int) -> Int? {
    var index = start
    for word in words {
      let end = index + word.utf8.count
      guard end < text.bytes.count, text.isBlank(end), text.text(index..<end).lowercased() == word else { return nil }
      index = text.skipBlanks(end)
    }
    return index
  }
}
