internal import SourceText

/// Changes of a text by its lines: what they begin with, what stands between them.
///
/// A later change of a line's beginning takes the place of an earlier one, so that the indentation of a whole item can
/// be set first, and that of the blocks in it after.
struct LineEdits {
  private struct Line {
    var start: Start?
    var isRemoved = false
    var before: [String] = []
    var after: [String] = []
    /// Replacements behind the beginning, in their order.
    var inner: [(range: SourceRange, text: String)] = []
  }

  private enum Start {
    case indented(Int)
    case replaced(upTo: Int, String)
  }

  private let source: SourceFile
  private var lines: [Int: Line] = [:]

  init(_ source: SourceFile) {
    self.source = source
  }

  var isEmpty: Bool { lines.isEmpty }

  // MARK: Changes

  /// Puts blanks in front of a line that holds more than blanks.
  ///
  /// - Parameter isFirst: only when nothing is done to the beginning of the line yet.
  mutating func indent(_ line: Int, by width: Int, isFirst: Bool = false) {
    let range = source.lineRange(line)
    if width <= 0 || source.bytes[range.lowerBound..<range.upperBound].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      return
    }
    if isFirst, lines[line]?.start != nil { return }
    lines[line, default: Line()].start = .indented(width)
  }

  /// Replaces what stands in front of a place in its line.
  mutating func replaceStart(upTo offset: Int, with text: String) {
    lines[source.lineIndex(of: offset), default: Line()].start = .replaced(upTo: offset, text)
  }

  mutating func replace(_ range: SourceRange, with text: String) {
    lines[source.lineIndex(of: range.lowerBound), default: Line()].inner.append((range, text))
  }

  mutating func remove(_ line: Int) { lines[line, default: Line()].isRemoved = true }

  mutating func insert(_ texts: [String], before line: Int) { lines[line, default: Line()].before += texts }

  mutating func insert(_ texts: [String], after line: Int) { lines[line, default: Line()].after += texts }

  // MARK: The new text

  func apply() -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(source.bytes.count + 16 * lines.count)
    let end = lineEnd
    var position = 0
    for (index, line) in lines.sorted(by: { $0.key < $1.key }) {
      let range = source.lineRange(index)
      let next = index + 1 < source.lineStarts.count ? Int(source.lineStarts[index + 1]) : source.bytes.count
      result += source.bytes[position..<range.lowerBound]
      position = next
      for text in line.before { result += Array(text.utf8) + end }
      if !line.isRemoved {
        append(line, range, to: &result)
        result += source.bytes[range.upperBound..<next]
      }
      if !line.after.isEmpty, result.last != 0x0A { result += end }
      for text in line.after { result += Array(text.utf8) + end }
    }
    result += source.bytes[position...]
    return result
  }

  private func append(_ line: Line, _ range: SourceRange, to result: inout [UInt8]) {
    var position = range.lowerBound
    switch line.start {
    case .indented(let width): result += repeatElement(0x20, count: width)
    case .replaced(let offset, let text):
      result += Array(text.utf8)
      position = offset
    case nil: break
    }
    for edit in line.inner.sorted(by: { $0.range < $1.range }) where edit.range.lowerBound >= position {
      result += source.bytes[position..<edit.range.lowerBound]
      result += Array(edit.text.utf8)
      position = edit.range.upperBound
    }
    result += source.bytes[position..<range.upperBound]
  }

  private var lineEnd: [UInt8] {
    let end = source.lineStarts.count > 1 ? Int(source.lineStarts[1]) : 0
    return end >= 2 && source.bytes[end - 2] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }
}
