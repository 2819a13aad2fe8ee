internal import SourceText

/// The YAML between two lines `---` at the head of a file.
struct FrontMatter {
  /// The lines between the markers.
  let content: SourceRange
  /// The offset after the line of the closing marker.
  let end: Int

  /// Nil if the first line is no marker, or no line closes it: then `---` is a thematic break.
  static func find(in source: SourceFile, from start: Int, to end: Int) -> FrontMatter? {
    let first = source.lineIndex(of: start)
    guard isMarker(source, first, closing: false) else { return nil }
    let begin = lineStart(source, first + 1)
    for line in source.lineStarts.indices.dropFirst(first + 1) {
      guard lineStart(source, line) < end else { return nil }
      if isMarker(source, line, closing: true) {
        return FrontMatter(
          content: SourceRange(start: begin, end: lineStart(source, line)), end: min(lineStart(source, line + 1), end))
      }
    }
    return nil
  }

  private static func lineStart(_ source: SourceFile, _ line: Int) -> Int {
    line < source.lineStarts.count ? Int(source.lineStarts[line]) : source.bytes.count
  }

  private static func isMarker(_ source: SourceFile, _ line: Int, closing: Bool) -> Bool {
    let range = source.lineRange(line)
    var end = range.upperBound
    while end > range.lowerBound, source.bytes[end - 1] == 0x20 || source.bytes[end - 1] == 0x09 { end -= 1 }
    let text = source.bytes[range.lowerBound..<end]
    return text.elementsEqual("---".utf8) || (closing && text.elementsEqual("...".utf8))
  }
}
