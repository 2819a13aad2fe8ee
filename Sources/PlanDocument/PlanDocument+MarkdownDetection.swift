internal import Markdown
internal import SourceText

extension PlanDocument {
  /// How many of the four living sections make a markdown file a plan.
  static let livingSections = 3

  /// Whether a markdown file is worth a parse: it has what makes a plan in some line, be it in code.
  static func mayBeMarkdownPlan(_ source: SourceFile) -> Bool {
    let bytes = source.bytes
    if bytes.dropFirst(source.hasByteOrderMark ? 3 : 0).starts(with: "---".utf8) { return true }
    var living: Set<SectionKind> = []
    for line in source.lineStarts.indices {
      let range = source.lineRange(line)
      guard range.lowerBound < range.upperBound else { continue }
      var start = range.lowerBound
      while start < range.upperBound, bytes[start] == 0x20 { start += 1 }
      let isMarked = start < range.upperBound && bytes[start] == UInt8(ascii: "#")
      guard isMarked || isUnderlined(line, in: source) else { continue }
      var heading = bytes[start..<range.upperBound]
      if isMarked {
        heading = heading.drop { $0 == UInt8(ascii: "#") }.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = heading.last, last == UInt8(ascii: "#") || last == 0x20 || last == 0x09 {
          heading.removeLast()
        }
      }
      let name = HeadingText.normalized(Array(heading))
      if isMarked, isTitle(name) { return true }
      guard heading.count <= SectionNames.maximumLength else { continue }
      let kind = SectionNames.kind(ofName: name)
      if kind.isLiving { living.insert(kind) }
      if living.count >= livingSections { return true }
    }
    return false
  }

  /// Whether the next line makes a heading of this one.
  private static func isUnderlined(_ line: Int, in source: SourceFile) -> Bool {
    guard line + 1 < source.lineStarts.count else { return false }
    // Nearly no line begins so, and there are many.
    let start = Int(source.lineStarts[line + 1])
    guard start < source.bytes.count, isBlankOrMark(source.bytes[start]) else { return false }
    let next = source.lineRange(line + 1)
    let text = source.bytes[next.lowerBound..<next.upperBound]
    guard let mark = text.first(where: { $0 != 0x20 }), mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else {
      return false
    }
    return text.allSatisfy { $0 == mark || $0 == 0x20 || $0 == 0x09 }
  }

  private static func isBlankOrMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") || byte == 0x20
  }

  /// Whether a heading is one under which other tools write plans of phases and components; `form` says exactly.
  private static func isTitle(_ heading: [UInt8]) -> Bool {
    heading.starts(with: "execution plan summary".utf8) || heading.starts(with: "implementation plan:".utf8)
  }
}

extension MarkdownPlan {
  /// Whether the file says of itself that it is a plan, or has the sections of one.
  var looksLikePlan: Bool {
    if let frontMatter = markdown.frontMatter, hasKey(in: frontMatter) { return true }
    var living: Set<SectionKind> = []
    for section in sections {
      if section.kind.isLiving { living.insert(section.kind) }
    }
    return living.count >= PlanDocument.livingSections || form != nil
  }

  /// Whether a line of the front matter begins with `execplan:`.
  private func hasKey(in range: SourceRange) -> Bool {
    let key = Array("execplan".utf8)
    var line = source.lineIndex(of: range.lowerBound)
    while line < source.lineStarts.count, source.lineRange(line).lowerBound < range.upperBound {
      let text = source.lineRange(line)
      var rest = source.bytes[text.lowerBound..<text.upperBound]
      if let first = rest.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { rest.removeFirst() }
      if rest.starts(with: key) {
        rest = rest.dropFirst(key.count).drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") || $0 == 0x20 }
        if rest.first == UInt8(ascii: ":") { return true }
      }
      line += 1
    }
    return false
  }
}
