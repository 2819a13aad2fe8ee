internal import SourceText

/// The source line of a finding, with a caret range under it.
///
/// Only the bytes around the caret are looked at, however long the line is.
struct SourceExcerpt {
  /// Where a tab goes to: the next multiple of this.
  private static let tabStop = 4

  /// What is shown of the line.
  private(set) var source = ""
  /// Blanks and `^~~~`, to stand under `source`.
  private(set) var marker = ""

  /// - Parameters:
  ///   - line: from 1.
  ///   - limit: the columns that the excerpt may take.
  init(_ file: SourceFile, _ range: SourceRange, line: Int, limit: Int) {
    let limit = max(limit, 20)
    let whole = file.lineRange(line - 1)
    let start = min(max(range.lowerBound, whole.lowerBound), whole.upperBound)
    // A range over several lines is shown by its first.
    let end = min(max(range.upperBound, start), whole.upperBound)
    // Below this length the line may fit; above, it is never read as a whole.
    let fits = whole.upperBound - whole.lowerBound <= limit
    var from = whole.lowerBound
    var to = whole.upperBound
    if !fits {
      let lead = limit / 3
      if start - from > lead * 2 { from = SourceExcerpt.boundary(file, before: start - lead, from: from) }
      if to - from > limit * 4 { to = SourceExcerpt.boundary(file, before: from + limit * 4, from: start) }
    }
    var writer = Writer(limit: limit, expandsTabs: fits)
    if from > whole.lowerBound { writer.append("…") }
    writer.append(file, from, start)
    let markerStart = writer.column
    writer.append(file, start, min(end, to))
    let markerEnd = writer.column
    writer.append(file, min(max(start, end), to), to)
    if to < whole.upperBound { writer.cut() }
    source = writer.text
    let underline = max(0, markerEnd - markerStart - 1)
    marker = String(repeating: " ", count: markerStart) + "^" + String(repeating: "~", count: underline)
  }

  /// The beginning of the scalar at or before `offset`.
  private static func boundary(_ file: SourceFile, before offset: Int, from lowest: Int) -> Int {
    var offset = max(offset, lowest)
    while offset > lowest, file.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  private struct Writer {
    var limit: Int
    var expandsTabs: Bool
    var text = ""
    var column = 0
    private var isCut = false

    init(limit: Int, expandsTabs: Bool) {
      self.limit = limit
      self.expandsTabs = expandsTabs
    }

    mutating func append(_ character: Character) {
      let width = DisplayWidth.width(of: character)
      // One column is kept for the `…`.
      guard !isCut, column + width < limit else { return cut() }
      text.append(character)
      column += width
    }

    mutating func append(_ file: SourceFile, _ start: Int, _ end: Int) {
      var position = start
      while position < end {
        let plain = Writer.plain(file.bytes, position, end)
        if plain > position { appendPlain(file.bytes[position..<plain]) }
        position = plain
        while position < end, Writer.plain(file.bytes, position, end) == position { position += 1 }
        appendCharacters(file.bytes[plain..<position])
      }
    }

    /// The end of the printable letters of ASCII at a place; the last one may be the base of marks that follow it.
    private static func plain(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
      var position = start
      while position < end, bytes[position] >= 0x20, bytes[position] < 0x7F { position += 1 }
      return position > start && position < end && bytes[position] >= 0x80 ? position - 1 : position
    }

    private mutating func appendPlain(_ bytes: ArraySlice<UInt8>) {
      guard !isCut else { return }
      let fitting = bytes.prefix(max(0, limit - 1 - column))
      text.append(String(decoding: fitting, as: UTF8.self))
      column += fitting.count
      if fitting.count < bytes.count { cut() }
    }

    private mutating func appendCharacters(_ bytes: ArraySlice<UInt8>) {
      for character in String(decoding: bytes, as: UTF8.self) {
        if character == "\t" {
          let stop = expandsTabs ? SourceExcerpt.tabStop - column % SourceExcerpt.tabStop : 1
          for _ in 0..<stop { append(" ") }
        } else {
          append(harmless(character))
        }
      }
    }

    mutating func cut() {
      guard !isCut else { return }
      isCut = true
      text.append("…")
    }

    private func harmless(_ character: Character) -> Character {
      let scalars = character.unicodeScalars
      guard let first = scalars.first else { return character }
      if PrintableText.visible(first) != first { return Character(PrintableText.visible(first)) }
      // Marks without end on one letter would be shown over the lines above.
      if scalars.count > 8 { return Character(String(String.UnicodeScalarView(scalars.prefix(8)))) }
      return character
    }
  }
}
