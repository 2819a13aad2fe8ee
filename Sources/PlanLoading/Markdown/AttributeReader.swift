internal import SourceText

/// Finds the attributes in a paragraph of a declared step: `Needs: `fetch` · Timeout: `10m``.
///
/// An attribute begins where a sentence, a line or the paragraph begins, or after another attribute, so that the
/// paragraph means the same after its lines are wrapped anew.
struct AttributeReader {
  let text: ProseText
  let names: AttributeNames
  let lineStarts: Set<Int>
  var attributes: [StepAttribute] = []
  /// Words with a colon that look like an attribute and are none.
  private(set) var unknown: [Unknown] = []
  /// The parts that are prose.
  private(set) var prose: [Range<Int>] = []

  struct Unknown {
    let words: String
    let range: SourceRange
    /// The attribute that was most likely meant, as it is written in prose.
    let nearest: String?
  }

  /// A word or a few with a colon.
  struct Label {
    let words: String
    let range: Range<Int>
    /// Where the value begins.
    let end: Int
    let key: String?
    let nearest: String?
  }

  /// - Parameter onlyAttributes: whether a text that begins with prose is read no further.
  init(_ text: ProseText, names: AttributeNames, from start: Int = 0, onlyAttributes: Bool = false) {
    self.text = text
    self.names = names
    lineStarts = Set(text.lineStarts)
    read(from: start, onlyAttributes)
  }

  /// Whether a paragraph may begin with an attribute, seen in its bytes: it can't unless the words of one and a colon
  /// come first.
  static func mayBegin(_ bytes: [UInt8], _ lines: ArraySlice<SourceRange>, names: AttributeNames) -> Bool {
    guard let line = lines.first else { return false }
    var start = line.lowerBound
    let end = line.upperBound
    while start < end, isBeforeWords(bytes[start]) { start += 1 }
    var index = start
    while index < end, bytes[index].isLetter || isBetweenWords(bytes[index]) { index += 1 }
    // The words may go on in the next line.
    if index == end { return true }
    guard bytes[index] == UInt8(ascii: ":") else { return false }
    while index > start, isBetweenWords(bytes[index - 1]) { index -= 1 }
    return names.key(String(decoding: bytes[start..<index], as: UTF8.self)) != nil
  }

  /// A blank, a mark of emphasis, or what may be a separator: see `isSeparator`.
  private static func isBeforeWords(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 0xC2, 0xB7: true
    default: isBetweenWords(byte)
    }
  }

  private static func isBetweenWords(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "*")
  }

  /// Whether the text begins with an attribute rather than with prose.
  var beginsWithAttribute: Bool {
    guard let first = attributes.first else { return false }
    return prose.first.map { text.range($0).lowerBound > first.keyRange.lowerBound } ?? true
  }

  private mutating func read(from start: Int, _ onlyAttributes: Bool) {
    var index = text.skipBlanks(start)
    var proseStart = index
    var follows = Place.start
    while index < text.bytes.count {
      if let span = text.codeSpan(at: index) {
        index = span.whole.upperBound
        follows = .inside
        continue
      }
      if lineStarts.contains(index), follows == .inside || follows == .sentence { follows = .line }
      if follows != .inside, !text.isBlank(index), !isSeparator(index) {
        if let label = label(at: index), isAttribute(label, after: follows) {
          endProse(proseStart, index)
          index = readValue(of: label)
          proseStart = index
          follows = .attribute
          continue
        }
        if onlyAttributes, attributes.isEmpty { return }
        follows = .inside
      }
      if follows == .inside, isSentenceEnd(index) || isSeparator(index) { follows = .sentence }
      index += 1
    }
    endProse(proseStart, index)
  }

  private enum Place {
    case start, line, sentence, attribute, inside
  }

  private mutating func endProse(_ start: Int, _ end: Int) {
    var part = text.trimmed(start..<end)
    while let first = part.first, isSeparator(first) {
      part = text.trimmed((first + 1)..<part.upperBound)
    }
    if !part.isEmpty { prose.append(part) }
  }

  /// Whether a label begins an attribute; one that only looks like it is noted.
  private mutating func isAttribute(_ label: Label, after place: Place) -> Bool {
    let next = text.skipBlanks(label.end)
    let isQuoted = text.codeSpan(at: next) != nil
    // "…, with these⏎inputs:" is the end of a sentence whose lines were wrapped.
    let isWrapped = place == .line && !endsBefore(label.range.lowerBound)
    if isWrapped, next == text.bytes.count, !isCapital(label) { return false }
    if let key = label.key {
      if AttributeNames.expectations.contains(key) { return true }
      // "Run:" before a block is prose, and so is a word of a sentence that happens to be a key.
      if next == text.bytes.count { return place != .sentence && !AttributeReader.isProseLabel(key) }
      if isQuoted || place == .attribute { return true }
      if place == .sentence { return isCapital(label) && !AttributeReader.isProseLabel(key) }
      return isCapital(label) || place == .start
    }
    let isLineLabel = place == .start || place == .line || place == .attribute
    let counts =
      isLineLabel
      ? isCapital(label) || label.nearest != nil
      : isQuoted && label.nearest != nil
    guard counts, !AttributeReader.isProse(label.words) else { return false }
    // A line that only happens to begin with such words after wrapping is no slip.
    if isWrapped, label.nearest == nil { return false }
    // "It prints three lines:" before a block.
    if next == text.bytes.count, label.nearest == nil { return false }
    unknown.append(Unknown(words: label.words, range: text.range(label.range), nearest: label.nearest))
    return false
  }

  private func isCapital(_ label: Label) -> Bool {
    label.words.utf8.first.map { (0x41...0x5A).contains($0) } ?? false
  }

  /// Whether a sentence or an attribute ends before a place.
  func endsBefore(_ index: Int) -> Bool {
    var index = index - 1
    while index >= 0, text.isBlank(index) { index -= 1 }
    return index < 0 || ".!?:;`)".utf8.contains(text.bytes[index]) || isSeparator(index)
  }

  func isSentenceEnd(_ index: Int) -> Bool {
    switch text.bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: ")"):
      index + 1 == text.bytes.count || text.isBlank(index + 1)
    default: false
    }
  }

  /// What may stand between two attributes: `·` (two bytes), `|`, and a stop or a comma.
  func isSeparator(_ index: Int) -> Bool {
    switch text.bytes[index] {
    case 0xC2: index + 1 < text.bytes.count && text.bytes[index + 1] == 0xB7
    case 0xB7: index > 0 && text.bytes[index - 1] == 0xC2
    case UInt8(ascii: "|"): true
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"):
      index + 1 == text.bytes.count || text.isBlank(index + 1)
    default: false
    }
  }

  /// Keys that are also the beginning of a sentence before a block: "Run:", "Check: …".
  private static func isProseLabel(_ key: String) -> Bool {
    ["run", "exec", "file", "edit", "sql", "check", "title", "description", "state", "expect", "verify", "undo"]
      .contains(key)
  }

  /// Labels that begin prose in a declared step.
  private static func isProse(_ words: String) -> Bool {
    let first = words.lowercased().split(separator: " ").first ?? ""
    return ["note", "notes", "expect", "expected", "then"].contains(first)
  }

  // MARK: Labels

  /// `Working directory:`, `**Needs:**`, `- Needs:`
  func label(at start: Int) -> Label? {
    var index = start
    while index < text.bytes.count, text.bytes[index] == 0x2A || text.bytes[index] == 0x5F { index += 1 }
    let first = index
    var words = 1
    while index < text.bytes.count, index - first <= 32 {
      let byte = text.bytes[index]
      if byte.isLetter || (index > first && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_"))) {
        index += 1
      } else if byte == 0x20, index > first, words < 4 {
        words += 1
        index += 1
      } else {
        break
      }
    }
    var last = index
    while last > first, text.bytes[last - 1] == 0x5F || text.isBlank(last - 1) { last -= 1 }
    guard last > first else { return nil }
    while index < text.bytes.count, text.bytes[index] == 0x2A || text.bytes[index] == 0x5F { index += 1 }
    guard index < text.bytes.count, text.bytes[index] == UInt8(ascii: ":") else { return nil }
    index += 1
    while index < text.bytes.count, text.bytes[index] == 0x2A || text.bytes[index] == 0x5F { index += 1 }
    guard index == text.bytes.count || text.isBlank(index) || text.bytes[index] == 0x60 else { return nil }
    let name = text.text(first..<last)
    let key = names.key(name)
    let nearest = key == nil ? names.nearest(name) : nil
    // Several words with a colon are a sentence unless they are, or are near to, an attribute.
    if words > 1, key == nil, nearest == nil { return nil }
    return Label(words: name, range: first..<last, end: index, key: key, nearest: nearest)
  }
}

extension UInt8 {
  /// A letter of ASCII.
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
