internal import SourceText

/// The bytes that cmark is given for a piece of a file.
///
/// They are those of the file, but for a few that would cost cmark more time or memory than the length of the text
/// allows, or that it would replace by several bytes. Each of these becomes one letter, so that all places stay as
/// they are and nobody sees the letter: what is read from the text is read from the file itself.
struct ParserInput {
  private let source: SourceFile
  private let piece: SourceRange
  /// A copy of the piece, made when its first byte has to be changed.
  private var copy: [UInt8] = []

  /// A list or quote that begins further right is text. cmark walks through all that is open for each blank line, and
  /// for each list through all lists in it.
  private static let columnLimit = 200

  /// What cmark may read again, in bytes: for each line that could be the second of a table it reads the paragraph
  /// before it anew.
  private var paragraphBudget: Int
  /// The cells that cmark may make: it fills up short rows of a table to the width of its first.
  private var cellBudget: Int

  /// More columns are text: cmark looks for the last cell of a row whenever it adds one.
  private static let cellLimit = 200

  private static let letter = UInt8(ascii: "x")

  init(_ source: SourceFile, _ piece: SourceRange) {
    self.source = source
    self.piece = piece
    let size = piece.upperBound - piece.lowerBound
    paragraphBudget = 1 << 20 + size * 8
    cellBudget = 100_000 + size / 4
  }

  /// Calls `body` with the bytes.
  mutating func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    check()
    if copy.isEmpty {
      unsafe source.bytes.withUnsafeBytes { bytes in
        unsafe body(UnsafeRawBufferPointer(rebasing: bytes[piece.lowerBound..<piece.upperBound]))
      }
    } else {
      unsafe copy.withUnsafeBytes { bytes in unsafe body(bytes) }
    }
  }

  private mutating func change(_ offset: Int) {
    if copy.isEmpty { copy = Array(source.bytes[piece.lowerBound..<piece.upperBound]) }
    copy[offset - piece.lowerBound] = Self.letter
  }

  // MARK: Looking for what costs too much

  private mutating func check() {
    var index = piece.lowerBound
    while let zero = source.bytes.firstIndex(of: 0, from: index), zero < piece.upperBound {
      change(zero)
      index = zero + 1
    }
    var line = source.lineIndex(of: piece.lowerBound)
    // Where the lines without a blank one between them began.
    var paragraph = (start: piece.lowerBound, line: line)
    // The line that may make a table of those around it, and its columns.
    var table: (dash: Int, columns: Int)?
    while line < source.lineStarts.count {
      let range = source.lineRange(line)
      guard range.lowerBound < piece.upperBound else { break }
      line += 1
      if range.upperBound - range.lowerBound > Self.cellLimit { limitCells(range) }
      let text = skipContainers(range)
      if text == range.upperBound {
        if isBlank(range) {
          paragraph = (range.upperBound, line)
          table = nil
        }
        continue
      }
      if let dash = dash(ofDelimiters: text..<range.upperBound) {
        // Of these it reads each line again for each line: 16 lines take about as long as one byte of a row.
        let lines = line - paragraph.line
        paragraphBudget -= range.upperBound - paragraph.start + lines * lines / 16
        if paragraphBudget < 0 {
          change(dash)
        } else if table == nil {
          table = (dash, columns(text..<range.upperBound))
        }
      }
      if let found = table {
        cellBudget -= found.columns
        if cellBudget < 0 {
          change(found.dash)
          cellBudget += found.columns
          table = nil
        }
      }
    }
  }

  private mutating func limitCells(_ line: SourceRange) {
    var count = 0
    for index in line.lowerBound..<line.upperBound where source.bytes[index] == UInt8(ascii: "|") {
      count += 1
      if count > Self.cellLimit { change(index) }
    }
  }

  /// Where the text of a line begins, behind the marks of quotes and lists. One that stands too far right is changed.
  private mutating func skipContainers(_ line: SourceRange) -> Int {
    let bytes = source.bytes
    var index = line.lowerBound
    var column = 0
    while index < line.upperBound {
      let byte = bytes[index]
      switch byte {
      case 0x20:
        column += 1
        index += 1
        continue
      case 0x09:
        column += 4 - column % 4
        index += 1
        continue
      case UInt8(ascii: ">"): break
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
        guard index + 1 == line.upperBound || bytes[index + 1].isBlank else { return index }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        var end = index + 1
        while end < line.upperBound, end < index + 9, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
        guard end < line.upperBound, bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")"),
          end + 1 == line.upperBound || bytes[end + 1].isBlank
        else { return index }
        if column < Self.columnLimit {
          column += end - index
          index = end
        }
      default: return index
      }
      guard column < Self.columnLimit else {
        change(index)
        return index
      }
      column += 1
      index += 1
    }
    return index
  }

  private func isBlank(_ line: SourceRange) -> Bool {
    source.bytes[line.lowerBound..<line.upperBound].allSatisfy { $0.isBlank }
  }

  /// The first dash of a line that could stand below the head of a table; nil for other lines.
  private func dash(ofDelimiters line: Range<Int>) -> Int? {
    var dash: Int?
    for index in line {
      switch source.bytes[index] {
      case UInt8(ascii: "-"): if dash == nil { dash = index }
      case UInt8(ascii: "|"), UInt8(ascii: ":"), 0x20, 0x09: break
      default: return nil
      }
    }
    return dash
  }

  private func columns(_ line: Range<Int>) -> Int {
    source.bytes[line].count { $0 == UInt8(ascii: "|") } + 1
  }
}
