internal import SourceText

/// Reads the mark at the start of an item that says its state.
struct CheckboxReader {
  struct Found {
    var state: ProgressItem.State
    var mark: ProgressItem.Mark
    var stateRange: SourceRange
    /// Where the text begins.
    var text: Int
  }

  private let bytes: [UInt8]
  private static let words: [[UInt8]: ProgressItem.State] = {
    var words: [[UInt8]: ProgressItem.State] = [:]
    for word in ["done", "completed", "complete", "finished"] { words[Array(word.utf8)] = .done }
    for word in ["pending", "todo", "to do", "open", "not started", "not_started", "planned"] {
      words[Array(word.utf8)] = .open
    }
    for word in ["in_progress", "in progress", "in-progress", "wip", "partial", "blocked", "skipped", "deferred"] {
      words[Array(word.utf8)] = .partial
    }
    return words
  }()

  init(_ source: SourceFile) {
    bytes = source.bytes
  }

  /// - Parameter allowsSymbols: whether a symbol in place of a box counts; outside of Progress it is decoration.
  func read(_ line: SourceRange, allowsSymbols: Bool) -> Found? {
    let start = line.lowerBound
    let end = line.upperBound
    guard start < end else { return nil }
    if bytes[start] == UInt8(ascii: "[") { return box(start, end) }
    return allowsSymbols && bytes[start] >= 0xE2 ? symbol(start, end) : nil
  }

  private func box(_ start: Int, _ end: Int) -> Found? {
    var close = start + 1
    // The longest word is "not started"; a mark is shorter than that.
    while close < end, close - start < 16, bytes[close] != UInt8(ascii: "]") { close += 1 }
    guard close < end, bytes[close] == UInt8(ascii: "]"), close + 1 == end || TextByte.isBlank(bytes[close + 1]) else {
      return nil
    }
    let range = SourceRange(start: start + 1, end: close)
    let text = TextByte.skipBlanks(bytes, close + 1, end)
    func found(_ state: ProgressItem.State, _ mark: ProgressItem.Mark) -> Found {
      Found(state: state, mark: mark, stateRange: range, text: text)
    }
    let content = bytes[start + 1..<close]
    if content.count == 1, let byte = content.first {
      switch byte {
      case 0x20, 0x09: return found(.open, .box)
      case UInt8(ascii: "x"), UInt8(ascii: "X"): return found(.done, .box)
      case UInt8(ascii: "~"): return found(.partial, .box)
      // A footnote or a reference in brackets is no box.
      default: return TextByte.isDigit(byte) || TextByte.isLetter(byte) ? nil : found(.unknown, .box)
      }
    }
    if let state = Self.words[content.map(TextByte.lowercased)] { return found(state, .word) }
    if TextByte.starts(bytes, start + 1, close, with: "✅") || TextByte.starts(bytes, start + 1, close, with: "✓") {
      return found(.done, .box)
    }
    let marks = content.filter { !TextByte.isBlank($0) }
    if marks.allSatisfy({ $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") }), marks.count == 1 {
      return found(.done, .box)
    }
    return marks.allSatisfy { "?!~-/>".utf8.contains($0) } ? found(.unknown, .box) : nil
  }

  private func symbol(_ start: Int, _ end: Int) -> Found? {
    let state: ProgressItem.State
    var length = 3
    if TextByte.starts(bytes, start, end, with: "✅") || TextByte.starts(bytes, start, end, with: "☑") {
      state = .done
    } else if TextByte.starts(bytes, start, end, with: "⬜") || TextByte.starts(bytes, start, end, with: "☐") {
      state = .open
    } else if TextByte.starts(bytes, start, end, with: "⏳") {
      state = .partial
    } else if TextByte.starts(bytes, start, end, with: "🔄") || TextByte.starts(bytes, start, end, with: "🚧") {
      (state, length) = (.partial, 4)
    } else {
      return nil
    }
    var text = start + length
    // The selector that asks for the coloured form of a symbol.
    if TextByte.starts(bytes, text, end, with: "\u{FE0F}") { text += 3 }
    return Found(
      state: state, mark: .symbol, stateRange: SourceRange(start: start, end: text),
      text: TextByte.skipBlanks(bytes, text, end))
  }
}
