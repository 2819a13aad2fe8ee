internal import Markdown
internal import SourceText

/// Reads a markdown file whose fences may not be what they were meant to be.
///
/// A file with sound fences is parsed once. Each repair parses it once more, and their number is bounded.
struct FenceReader {
  private let source: SourceFile
  private var pieces: [SourceRange]
  private var markdown: MarkdownDocument
  private var repairs: [FenceRepair] = []

  private static let maximumRepairs = 8

  private struct Fence {
    var block: Int
    var code: MarkdownCode
    /// The bytes of the opening line.
    var line: SourceRange
    var language: [UInt8]
    var isFirst: Bool

    var isMarkdown: Bool { language.elementsEqual("md".utf8) || language.elementsEqual("markdown".utf8) }
  }

  init(_ source: SourceFile) {
    self.source = source
    markdown = MarkdownParser.parse(source)
    pieces = [markdown.blocks[0].range]
  }

  mutating func read() -> (markdown: MarkdownDocument, repairs: [FenceRepair]) {
    if let outer = fences().first, outer.isFirst, outer.isMarkdown || outer.language.isEmpty, wrapsDocument(outer) {
      unwrap(outer)
    }
    while repairs.count < FenceReader.maximumRepairs, let (fence, heading) = swallowed() {
      cut(at: heading)
      repairs.append(FenceRepair(kind: .unclosed, range: fence.line, end: source.lineRange(heading)))
    }
    for fence in fences() where !fence.code.isClosed && markdown.lines(of: fence.block).allSatisfy({ isBlank($0) }) {
      repairs.append(FenceRepair(kind: .stray, range: fence.line, end: nil))
    }
    return (markdown, repairs)
  }

  /// The fenced blocks that stand in no other block.
  private func fences() -> [Fence] {
    var result: [Fence] = []
    for index in markdown.children(of: 0) {
      guard case .code(let code) = markdown.blocks[index].kind, let info = code.info else { continue }
      var language: [UInt8] = []
      for byte in source.bytes[info.lowerBound..<info.upperBound] {
        if byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "{") { break }
        language.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
      let line = source.lineRange(source.lineIndex(of: info.lowerBound))
      result.append(Fence(block: index, code: code, line: line, language: language, isFirst: index == 1))
    }
    return result
  }

  // MARK: A fence around the file

  /// Whether what is in a fence begins as a document does: with a heading.
  private func wrapsDocument(_ fence: Fence) -> Bool {
    guard let first = markdown.lines(of: fence.block).first(where: { !isBlank($0) }) else { return false }
    return heading(first)?.level == 1 || (fence.isMarkdown && heading(first) != nil)
  }

  /// Reads what is inside: there the fence that ends the outer one looks like one that nothing ends.
  private mutating func unwrap(_ outer: Fence) {
    let end = pieces[0].upperBound
    let start = lineStart(source.lineIndex(of: outer.line.lowerBound) + 1)
    guard start < end else { return }
    parse([SourceRange(start: start, end: end)])
    let closing = fences().last { !$0.code.isClosed && $0.code.info?.isEmpty == true }
    if let closing {
      let line = source.lineIndex(of: closing.line.lowerBound)
      parse([
        SourceRange(start: start, end: lineStart(line)),
        SourceRange(start: min(lineStart(line + 1), end), end: end),
      ])
    }
    repairs.append(FenceRepair(kind: .outer, range: outer.line, end: closing?.line))
  }

  // MARK: A fence without an end

  /// The first fence that hides a heading of the plan because its own end is missing, and the line of the heading.
  private func swallowed() -> (fence: Fence, line: Int)? {
    for fence in fences() {
      let lines = markdown.lines(of: fence.block)
      if fence.code.isClosed, fence.isMarkdown || fence.language.isEmpty { continue }
      guard let found = lines.firstIndex(where: { isStandard($0) }) else { continue }
      // A closed block that opens another was ended by the end of that one.
      if fence.code.isClosed, !lines[found...].contains(where: { opensFence($0, fence.code) }) { continue }
      return (fence, source.lineIndex(of: lines[found].lowerBound))
    }
    return nil
  }

  private mutating func cut(at line: Int) {
    let offset = lineStart(line)
    parse(
      pieces.flatMap { piece in
        guard piece.lowerBound < offset, offset < piece.upperBound else { return [piece] }
        return [
          SourceRange(start: piece.lowerBound, end: offset), SourceRange(start: offset, end: piece.upperBound),
        ]
      })
  }

  private mutating func parse(_ pieces: [SourceRange]) {
    self.pieces = pieces
    markdown = MarkdownParser.parse(source, pieces: pieces, frontMatter: markdown.frontMatter)
  }

  // MARK: Lines

  private func lineStart(_ line: Int) -> Int {
    line < source.lineStarts.count ? Int(source.lineStarts[line]) : source.bytes.count
  }

  private func isBlank(_ line: SourceRange) -> Bool {
    source.bytes[line.lowerBound..<line.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The level and the text of a line `## text`.
  private func heading(_ line: SourceRange) -> (level: Int, text: ArraySlice<UInt8>)? {
    let text = source.bytes[line.lowerBound..<line.upperBound]
    let level = text.prefix { $0 == UInt8(ascii: "#") }.count
    guard level > 0, level <= 6, let next = text.dropFirst(level).first, next == 0x20 else { return nil }
    return (level, text.dropFirst(level + 1))
  }

  /// Whether a line is a heading of one of the twelve; one `#` is a comment of a script.
  private func isStandard(_ line: SourceRange) -> Bool {
    guard let (level, text) = heading(line), level > 1 else { return false }
    return SectionNames.kind(of: text) != .other
  }

  private func opensFence(_ line: SourceRange, _ fence: MarkdownCode) -> Bool {
    guard let mark = fence.fence?.character else { return false }
    let text = source.bytes[line.lowerBound..<line.upperBound]
    let count = text.prefix { $0 == mark }.count
    return count >= 3 && text.dropFirst(count).contains { $0 != 0x20 && $0 != 0x09 }
  }
}
