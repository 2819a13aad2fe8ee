internal import SourceText

/// A phase that a heading declares: `## Phase 1: Extract`, `### Milestone 2`.
struct DeclaredPhase {
  var id: Located<String>
  var title: Located<String>
  var range: SourceRange
  var attributes: [StepAttribute] = []
}

/// Reads the heading of a phase.
enum PhaseHeading {
  /// What the heading of a phase says.
  struct Label {
    var id: String
    /// The id, if it stands in backticks.
    var span: Range<Int>?
    var title: Range<Int>
  }

  /// What the heading of a phase begins with.
  static let words = ["phase", "milestone"].map { Array($0.utf8) }

  /// Nil if the heading is no phase.
  ///
  /// The id is the slug of what stands before the first separator: `Milestone 1: Foo` is `milestone-1`. An id in
  /// backticks stands for itself, and what follows it is the title.
  static func read(_ text: ProseText) -> Label? {
    let whole = 0..<text.bytes.count
    var start = text.skipBlanks(0)
    // `3. Milestone 1`
    let number = start
    while start < text.bytes.count, isDigit(text.bytes[start]) || text.bytes[start] == 0x2E || text.bytes[start] == 0x29
    {
      start += 1
    }
    if start > number {
      guard start < text.bytes.count, text.isBlank(start) else { return nil }
      start = text.skipBlanks(start)
    }
    while start < text.bytes.count, text.bytes[start] == 0x2A || text.bytes[start] == 0x5F { start += 1 }
    var index = start
    while index < text.bytes.count, text.bytes[index].isLetter { index += 1 }
    let word = text.text(start..<index).lowercased()
    guard word == "phase" || word == "milestone" else { return nil }
    let next = text.skipBlanks(index)
    if let span = text.codeSpan(at: next), next > index {
      let title = afterSeparator(in: text, from: span.whole.upperBound)
      return Label(id: text.text(span.content), span: span.content, title: title.isEmpty ? whole : title)
    }
    guard next < text.bytes.count else { return nil }
    if next > index {
      var end = next
      while end < text.bytes.count, isDigit(text.bytes[end]) || text.bytes[end].isLetter || text.bytes[end] == 0x2E {
        end += 1
      }
      while end > next, text.bytes[end - 1] == 0x2E { end -= 1 }
      let token = text.bytes[next..<end]
      // `Phase 1`, `Phase 2a`, `Phase B`, `Phase 1.2`
      if let first = token.first, isDigit(first) || token.count == 1 {
        return Label(id: slug(word + " " + text.text(next..<end)), title: whole)
      }
    }
    let end = separator(in: text, from: next)
    let name = text.plain(next..<end)
    let isBare = name.isEmpty
    let rest = isBare ? text.plain(next..<text.bytes.count) : name
    let id = slug(word + " " + rest)
    return id == word ? nil : Label(id: id, title: whole)
  }

  /// What stands behind a colon or a dash.
  private static func afterSeparator(in text: ProseText, from start: Int) -> Range<Int> {
    var rest = text.trimmed(start..<text.bytes.count)
    for separator in [":", "-", "–", "—"] where text.text(rest).hasPrefix(separator) {
      rest = text.trimmed((rest.lowerBound + separator.utf8.count)..<rest.upperBound)
      break
    }
    return rest
  }

  /// `:`, or a dash with blanks around it, or a bracket.
  private static func separator(in text: ProseText, from start: Int) -> Int {
    var index = start
    while index < text.bytes.count {
      switch text.bytes[index] {
      case UInt8(ascii: ":"), UInt8(ascii: "("): return index
      case UInt8(ascii: "-"), 0xE2:
        if index > start, text.isBlank(index - 1) { return index }
      default: break
      }
      index += 1
    }
    return index
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Letters and digits of ASCII in lower case, with one dash for everything between them.
  static func slug(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.lowercased().utf8 {
      if isDigit(byte) || byte.isLetter || byte == 0x2E || byte == 0x5F {
        result.append(byte)
      } else if let last = result.last, last != UInt8(ascii: "-") {
        result.append(UInt8(ascii: "-"))
      }
    }
    while let last = result.last, last == UInt8(ascii: "-") || last == 0x2E { result.removeLast() }
    return String(decoding: result.prefix(100), as: UTF8.self)
  }
}
