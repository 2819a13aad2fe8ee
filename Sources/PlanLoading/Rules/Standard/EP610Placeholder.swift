internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let placeholder = Rule(
    "EP610", "unfilled-placeholder", .warning,
    summary: "a part of a template that was not filled in",
    explanation: """
      Text in angle brackets, YYYY-MM-DD where a date belongs, TODO and TBD stand for what somebody meant to write. A \
      plan is to be followed by someone who knows nothing else, so write it now or say in words what is still open. \
      Code and text in backticks is not looked at.
      """,
    bad: StandardExample.plan(
      decisions: "- Decision: <what was decided>\n  Rationale: <why this choice>\n  Date/Author: YYYY-MM-DD, ada\n"),
    good: StandardExample.plan(
      decisions:
        "- Decision: Load whole days.\n  Rationale: Part of a day can't be checked.\n  Date/Author: 2026-03-01, ada\n"))
}

/// EP610, one finding for a whole plan.
enum PlaceholderRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let finder = PlaceholderFinder(subject)
    let found = finder.find()
    guard let first = found.first else { return }
    let text = subject.source.text(first)
    collector.report(
      .placeholder, first,
      found.count == 1
        ? "\"\(text)\" is still to be filled in"
        : "\"\(text)\" and \(found.count - 1) more are still to be filled in: \(subject.lineList(found))",
      notes: ["write what belongs there, or take it out"])
  }
}

/// Finds what a template left behind.
private struct PlaceholderFinder {
  private let subject: StandardSubject
  private let bytes: [UInt8]
  private static let words: [[UInt8]] = ["TODO", "TBD", "FIXME"].map { Array($0.utf8) }
  private static let date = Array("YYYY-MM-DD".utf8)
  /// Elements of HTML that may hold further words.
  private static let tags: Set<String> = [
    "details", "summary", "img", "a", "p", "div", "span", "br", "hr", "sub", "sup", "kbd", "table", "td", "tr", "th",
    "b",
    "i", "em", "strong", "code", "pre", "ul", "ol", "li", "h1", "h2", "h3", "center", "picture", "source", "video",
  ]

  init(_ subject: StandardSubject) {
    self.subject = subject
    bytes = subject.source.bytes
  }

  func find() -> [SourceRange] {
    var found: [SourceRange] = []
    for section in subject.plan.sections { brackets(section.heading.range, isWhole: true, into: &found) }
    let markdown = subject.plan.markdown
    subject.eachParagraph { _ in
      true
    } _: { index, kind in
      let lines = markdown.lines(of: index)
      // A quotation and a transcript tell what others wrote.
      if kind == .artifacts { return }
      if case .blockQuote = markdown.blocks[markdown.blocks[index].parent].kind { return }
      for line in lines { brackets(line, isWhole: false, into: &found) }
      if let first = lines.first, kind != .other, kind != .outcomes, kind != .surprises {
        word(first, into: &found)
      }
    }
    for item in subject.living.progress { date(item.text, into: &found) }
    for entry in subject.living.decisions {
      if let date = entry.date { self.date(date.text, into: &found) }
      fields(entry.entry, into: &found)
    }
    for entry in subject.living.surprises { fields(entry.entry, into: &found) }
    return found.sorted()
  }

  /// `<what was decided>`: at least two words in brackets, or one that stands alone.
  private func brackets(_ line: SourceRange, isWhole: Bool, into found: inout [SourceRange]) {
    let lineEnd = line.upperBound
    // Most lines have no bracket.
    guard bytes.firstIndex(of: UInt8(ascii: "<"), in: line.lowerBound..<lineEnd) != nil else { return }
    var position = line.lowerBound
    var isCode = false
    while position < lineEnd {
      let byte = bytes[position]
      if byte == UInt8(ascii: "`") { isCode.toggle() }
      position += 1
      guard byte == UInt8(ascii: "<"), !isCode, !isPartOfWord(position - 2, line.lowerBound),
        let end = placeholderEnd(position, lineEnd)
      else { continue }
      found.append(SourceRange(start: position - 1, end: end))
      position = end
    }
  }

  private func isPartOfWord(_ position: Int, _ start: Int) -> Bool {
    guard position >= start else { return false }
    let byte = bytes[position]
    return isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || "/=-:\"'<_.\\".utf8.contains(byte)
  }

  private func placeholderEnd(_ start: Int, _ end: Int) -> Int? {
    guard start < end, isLetter(bytes[start]) || bytes[start] >= 0xC3 else { return nil }
    var position = start
    var blanks = 0
    while position < end, position - start < 160 {
      let byte = bytes[position]
      if byte == UInt8(ascii: ">") {
        guard blanks > 0, bytes[position - 1] != 0x20 else { return nil }
        let first = bytes[start..<position].prefix { $0 != 0x20 }
        let name = String(decoding: first, as: UTF8.self).lowercased()
        return Self.tags.contains(name) ? nil : position + 1
      }
      if byte == 0x20 { blanks += 1 }
      // A URL.
      if byte == UInt8(ascii: "/"), bytes[position - 1] == UInt8(ascii: ":") { return nil }
      if "<=\"`|;{}@".utf8.contains(byte) { return nil }
      position += 1
    }
    return nil
  }

  /// A paragraph that begins with TODO or TBD.
  private func word(_ line: SourceRange, into found: inout [SourceRange]) {
    var start = line.lowerBound
    if start + 4 <= line.upperBound, bytes[start] == UInt8(ascii: "["), bytes[start + 2] == UInt8(ascii: "]") {
      start += 4
    }
    while start < line.upperBound, isOpening(bytes[start]) { start += 1 }
    if let range = wordRange(start, line.upperBound) { found.append(range) }
  }

  private func wordRange(_ start: Int, _ end: Int) -> SourceRange? {
    for word in Self.words where start + word.count <= end && bytes[start..<start + word.count].elementsEqual(word) {
      let after = start + word.count
      guard after == end || ":.*_)".utf8.contains(bytes[after]) else { return nil }
      return SourceRange(start: start, end: after)
    }
    return nil
  }

  /// YYYY-MM-DD where a date belongs.
  private func date(_ text: SourceRange, into found: inout [SourceRange]) {
    var start = text.lowerBound
    while start < text.upperBound, isOpening(bytes[start]) || bytes[start] == UInt8(ascii: "[") { start += 1 }
    guard start + Self.date.count <= text.upperBound,
      bytes[start..<start + Self.date.count].elementsEqual(Self.date)
    else { return }
    found.append(SourceRange(start: start, end: start + Self.date.count))
  }

  /// Fields that hold nothing but TODO, TBD or an ellipsis.
  private func fields(_ entry: LogEntry, into found: inout [SourceRange]) {
    for field in entry.fields {
      let text = bytes[field.text.lowerBound..<field.text.upperBound]
      if text.elementsEqual("…".utf8) || text.elementsEqual("...".utf8) {
        found.append(field.text)
      } else if let range = wordRange(field.text.lowerBound, field.text.upperBound),
        range.upperBound >= field.text.upperBound - 1, range.lowerBound != entry.firstLine.lowerBound
      {
        found.append(range)
      }
    }
  }

  /// What may stand before a word: a mark of emphasis, a parenthesis or a blank.
  private func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "(") || byte == 0x20
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }
}
