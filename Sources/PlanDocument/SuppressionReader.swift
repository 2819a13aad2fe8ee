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

  func read() -> [Suppression] {
    guard mentionsMarker() else { return [] }
    var result: [Suppression] = []
    var waiting: [Comment] = []
    var isHead = true
    var blockEnd = -1
    for line in source.lineStarts.indices {
      let range = source.lineRange(line)
      let start = skipBlanks(range.lowerBound, range.upperBound)
      if start == range.upperBound { continue }
      let isComment = source.bytes[start] == UInt8(ascii: "#")
      let comment = comment(in: start..<range.upperBound)
      if isComment {
        if let comment {
          if isHead { add([comment], .file, to: &result) } else { waiting.append(comment) }
        }
        continue
      }
      // A document marker is no key, so what stands around it is still the head of the file.
      if source.bytes[start..<range.upperBound].elementsEqual("---".utf8) { continue }
      isHead = false
      if let comment { waiting.append(comment) }
      if waiting.isEmpty { continue }
      var last = line
      if line > blockEnd {
        last = lastLine(ofBlockFrom: line, indent: indentation(of: start..<range.upperBound) + start - range.lowerBound)
        blockEnd = last
      }
      add(waiting, .lines(line...last), to: &result)
      waiting.removeAll(keepingCapacity: true)
    }
    // Comments after the last line count for nothing, and so show up as unused.
    let last = source.lineStarts.count
    add(waiting, .lines(last...last), to: &result)
    return result
  }

  private func add(_ comments: [Comment], _ scope: Suppression.Scope, to result: inout [Suppression]) {
    for comment in comments {
      for rule in comment.rules {
        result.append(Suppression(rule: rule.name, range: rule.range, reason: comment.reason, scope: scope))
      }
    }
  }

  private func mentionsMarker() -> Bool {
    let bytes = source.bytes
    var index = 0
    while let sign = bytes.firstIndex(of: UInt8(ascii: "#"), from: index) {
      index = sign + 1
      let start = skipBlanks(index, bytes.count)
      if bytes[start...].starts(with: SuppressionReader.marker) { return true }
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
    comment.reason = source.text(SourceRange(start: skipBlanks(position, end), end: end))
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
