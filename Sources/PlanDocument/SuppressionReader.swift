internal import Markdown
internal import SourceText

/// Finds the comments that suppress findings, line by line and without a parse.
struct SuppressionReader {
  let source: SourceFile
  private static let marker = Array("execplan:ignore".utf8)

  /// What a comment says, before it is known which line it is for.
  private struct Comment {
    var rules: [(name: String, range: SourceRange)]
    var reason: String
  }

  private var result: [Suppression] = []
  /// Comments on lines of their own, until the line comes that they are for.
  private var waiting: [Comment] = []
  /// Whether no key or heading has come yet.
  private var isHead = true
  /// The last line of the text block that a comment counts for.
  private var blockEnd = -1

  init(source: SourceFile) {
    self.source = source
  }

  mutating func read() -> [Suppression] {
    guard mentionsMarker() else { return [] }
    for line in source.lineStarts.indices { readLine(line) }
    return finish()
  }

  private mutating func readLine(_ line: Int) {
    let range = source.lineRange(line)
    let start = skipBlanks(range.lowerBound, range.upperBound)
    if start == range.upperBound { return }
    let comment = comment(in: start..<range.upperBound)
    if source.bytes[start] == UInt8(ascii: "#") {
      if let comment { addOnOwnLine(comment) }
      return
    }
    // A document marker is no key, so what stands around it is still the head of the file.
    if source.bytes[start..<range.upperBound].elementsEqual("---".utf8) { return }
    isHead = false
    if let comment { waiting.append(comment) }
    if waiting.isEmpty { return }
    let last = lastLine(ofBlockFrom: line, indent: indentation(of: start..<range.upperBound) + start - range.lowerBound)
    addWaiting(line, last)
  }

  private mutating func addOnOwnLine(_ comment: Comment) {
    if isHead { add([comment], .file) } else { waiting.append(comment) }
  }

  /// Says that what waits is for a line, or for the text block that begins there.
  private mutating func addWaiting(_ line: Int, _ last: Int) {
    // Blocks inside a block would overlap with it.
    let end = line > blockEnd ? last : line
    blockEnd = max(blockEnd, end)
    add(waiting, .lines(line...end))
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func finish() -> [Suppression] {
    // Comments after the last line count for nothing, and so show up as unused.
    let last = source.lineStarts.count
    add(waiting, .lines(last...last))
    return result
  }

  private mutating func add(_ comments: [Comment], _ scope: Suppression.Scope) {
    for comment in comments {
      for rule in comment.rules {
        result.append(Suppression(rule: rule.name, range: rule.range, reason: comment.reason, scope: scope))
      }
    }
  }

  // MARK: Markdown

  /// Reads the comments of a markdown file: `<!-- … -->` in its text, `# …` in its front matter and its code.
  mutating func read(_ plan: MarkdownPlan) -> [Suppression] {
    guard mentionsMarkerInComment() else { return [] }
    let front = plan.markdown.frontMatter.map { lines(of: $0) }
    let firstHeading = plan.sections.first.map { line(of: plan.markdown.blocks[$0.block].range.lowerBound) }
    var codes = plan.codeBlocks.map { (whole: lines(of: $0.range), content: $0.lines) }[...]
    for line in source.lineStarts.indices {
      if line == firstHeading { isHead = false }
      while let code = codes.first, code.whole.upperBound < line { codes.removeFirst() }
      let code = codes.first.flatMap { $0.whole.contains(line) ? $0 : nil }
      if front?.contains(line) == true {
        readLine(line)
        isHead = firstHeading != nil
      } else if let code, code.whole.lowerBound != line || !isFence(code) {
        if line == code.whole.lowerBound, !waiting.isEmpty { addWaiting(line, code.whole.upperBound) }
        // A script is no head, even above the first heading.
        let wasHead = isHead
        isHead = false
        readLine(line)
        isHead = wasHead
      } else {
        readText(line, to: code?.whole.upperBound ?? line)
      }
    }
    return finish()
  }

  /// - Parameter last: the last line of the code that begins on this one.
  private mutating func readText(_ line: Int, to last: Int) {
    let range = source.lineRange(line)
    let start = skipBlanks(range.lowerBound, range.upperBound)
    if start == range.upperBound { return }
    var isOwnLine = false
    if let opener = source.bytes[start..<range.upperBound].firstRange(of: "<!--".utf8) {
      let text = skipBlanks(opener.upperBound, range.upperBound)
      let end = source.bytes[text..<range.upperBound].firstRange(of: "-->".utf8)
      if let end, source.bytes[text..<end.lowerBound].starts(with: SuppressionReader.marker) {
        let comment = rules(from: text + SuppressionReader.marker.count, to: end.lowerBound)
        isOwnLine = opener.lowerBound == start && skipBlanks(end.upperBound, range.upperBound) == range.upperBound
        if isOwnLine { addOnOwnLine(comment) } else { waiting.append(comment) }
      }
    }
    if !isOwnLine, !waiting.isEmpty { addWaiting(line, last) }
  }

  private func isFence(_ code: (whole: ClosedRange<Int>, content: [SourceRange])) -> Bool {
    code.content.first.map { line(of: $0.lowerBound) != code.whole.lowerBound } ?? true
  }

  private func line(of offset: Int) -> Int { source.lineIndex(of: offset) }

  private func lines(of range: SourceRange) -> ClosedRange<Int> {
    let first = line(of: range.lowerBound)
    return first...max(first, line(of: max(range.lowerBound, range.upperBound - 1)))
  }

  private func mentionsMarkerInComment() -> Bool {
    let colon = UInt8(ascii: ":")
    let before = SuppressionReader.marker.firstIndex(of: colon) ?? 0
    var index = 0
    while let found = source.bytes.firstIndex(of: colon, from: index) {
      index = found + 1
      if source.bytes.has(SuppressionReader.marker, at: found - before) { return true }
    }
    return false
  }

  private func mentionsMarker() -> Bool {
    let bytes = source.bytes
    var index = 0
    while let sign = bytes.firstIndex(of: UInt8(ascii: "#"), from: index) {
      index = sign + 1
      if bytes.has(SuppressionReader.marker, at: skipBlanks(index, bytes.count)) { return true }
    }
    return false
  }

  // MARK: One line

  private func comment(in line: Range<Int>) -> Comment? {
    var index = line.lowerBound
    while index < line.upperBound {
      if source.bytes[index] == UInt8(ascii: "#"), index == line.lowerBound || isBlank(index - 1) {
        let start = skipBlanks(index + 1, line.upperBound)
        if source.bytes[start..<line.upperBound].starts(with: SuppressionReader.marker) {
          let end = start + SuppressionReader.marker.count
          if end == line.upperBound || isBlank(end) { return rules(from: end, to: line.upperBound) }
        }
      }
      index += 1
    }
    return nil
  }

  /// Reads `EP401, EP402 reason`.
  private func rules(from start: Int, to end: Int) -> Comment {
    var comment = Comment(rules: [], reason: "")
    var position = start
    while true {
      position = skipBlanks(position, end)
      let nameStart = position
      while position < end, isNameByte(source.bytes[position]) { position += 1 }
      if position == nameStart { break }
      let range = SourceRange(start: nameStart, end: position)
      comment.rules.append((source.text(range), range))
      let next = skipBlanks(position, end)
      guard next < end, source.bytes[next] == UInt8(ascii: ",") else { break }
      position = next + 1
    }
    var last = end
    while last > position, isBlank(last - 1) { last -= 1 }
    comment.reason = source.text(SourceRange(start: min(skipBlanks(position, end), last), end: last))
    return comment
  }

  // MARK: Text blocks

  /// The last line of the text block that begins on a line; the line itself if none does.
  private func lastLine(ofBlockFrom line: Int, indent: Int) -> Int {
    guard beginsBlock(line) else { return line }
    var last = line
    for next in source.lineStarts.indices.dropFirst(line + 1) {
      let range = source.lineRange(next)
      let start = skipBlanks(range.lowerBound, range.upperBound)
      if start == range.upperBound { continue }
      if start - range.lowerBound <= indent { break }
      last = next
    }
    return last
  }

  /// The columns after which the text of a block stands that begins on a line: those before its key, or
  /// before the last dash if it has no key.
  private func indentation(of line: Range<Int>) -> Int {
    var start = line.lowerBound
    var dash = start
    while start + 1 < line.upperBound, source.bytes[start] == UInt8(ascii: "-"), isBlank(start + 1) {
      dash = start
      start = skipBlanks(start + 1, line.upperBound)
    }
    let hasKey =
      start < line.upperBound && source.bytes[start] != UInt8(ascii: "|") && source.bytes[start] != UInt8(ascii: ">")
    return (hasKey ? start : dash) - line.lowerBound
  }

  /// Whether a line ends with `|` or `>` and what may follow them, apart from a comment.
  private func beginsBlock(_ line: Int) -> Bool {
    let range = source.lineRange(line)
    var words = source.bytes[range.lowerBound..<range.upperBound].split { $0 == 0x20 || $0 == 0x09 }
    if let comment = words.firstIndex(where: { $0.first == UInt8(ascii: "#") }) { words.removeSubrange(comment...) }
    guard let last = words.last, words.count > 1, last.count <= 3 else { return false }
    return (last.first == UInt8(ascii: "|") || last.first == UInt8(ascii: ">"))
      && last.dropFirst().allSatisfy { "+-0123456789".utf8.contains($0) }
  }

  private func isBlank(_ index: Int) -> Bool { source.bytes[index] == 0x20 || source.bytes[index] == 0x09 }

  private func isNameByte(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")) || (byte >= 0x30 && byte <= 0x39)
      || byte == UInt8(ascii: "-")
  }

  private func skipBlanks(_ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end, isBlank(position) { position += 1 }
    return position
  }
}
