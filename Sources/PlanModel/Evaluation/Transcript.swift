/// Expected output, line by line, with the marks that cram gave its tests: a line `...` stands for any number of
/// lines, a line that ends in ` (re)` is a regular expression, one that ends in ` (glob)` a pattern with `*` and `?`.
///
/// Blanks at the end of a line never count, since editors take them away.
package struct Transcript {
  /// How the lines are held against the output.
  package enum Mode {
    /// They are the whole output.
    case whole
    /// Each is found within a line of the output, one after another.
    case part
  }

  private enum Line {
    case text(ByteSearch)
    case regex(Regex<AnyRegexOutput>)
    case glob([Unicode.Scalar])
    case gap
  }

  /// Where output stops being as expected; lines are counted from 1.
  package struct Mismatch: Hashable, Sendable {
    /// The line of the transcript that nothing fits; nil: the output goes on after the last one.
    package var expectedLine: Int?
    package var expected: String?
    /// Whether the line of the transcript may stand anywhere below what was found, so that all of it was looked
    /// through.
    package var isSearched = false
    /// The line of the output that is there instead; nil: the output ends, or it was looked through.
    package var foundLine: Int?
    package var found: String?
  }

  private let lines: [Line]
  private let texts: [String]
  private let mode: Mode

  /// Throws when a line that ends in ` (re)` is no regular expression.
  package init(_ text: String, mode: Mode) throws(EvaluationError) {
    self.mode = mode
    texts = Transcript.lines(of: text)
    var lines: [Line] = []
    for text in texts { lines.append(try Transcript.line(text)) }
    self.lines = lines
  }

  private static func line(_ text: String) throws(EvaluationError) -> Line {
    if text == "..." { return .gap }
    if text.hasSuffix(" (re)") { return .regex(try RegularExpression.compile(String(text.dropLast(5)))) }
    if text.hasSuffix(" (glob)") { return .glob(Array(text.dropLast(7).unicodeScalars)) }
    return .text(ByteSearch(text))
  }

  /// Why a text is no transcript, and in which line (from 0); nil if it is one.
  package static func problem(with text: String) -> (line: Int, message: String)? {
    for (index, line) in lines(of: text).enumerated() where line.hasSuffix(" (re)") {
      if let problem = RegularExpression.problem(with: String(line.dropLast(5))) { return (index, problem) }
    }
    return nil
  }

  /// Lines without their ends and the blanks before these; none for an empty text.
  private static func lines(of text: String) -> [String] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      var line = line
      while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
      return String(Substring(line))
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: Comparing

  /// The first place where the output is not as expected; nil if all of it is.
  ///
  /// Takes time in proportion to the lines of the transcript times those of the output at worst, as any search for
  /// patterns with gaps does.
  package func mismatch(in output: String) -> Mismatch? {
    let found = Transcript.lines(of: output).map { Array($0.utf8) }
    var expectedIndex = 0
    var foundIndex = 0
    // The last gap, and the line of the output up to which it reaches.
    var gap: (expected: Int, found: Int)? = mode == .part ? (-1, 0) : nil
    var furthest = (expected: 0, found: 0)
    while true {
      if expectedIndex < lines.count, case .gap = lines[expectedIndex] {
        gap = (expectedIndex, foundIndex)
        expectedIndex += 1
        continue
      }
      if expectedIndex == lines.count, mode == .part || foundIndex == found.count { return nil }
      if expectedIndex >= furthest.expected { furthest = (expectedIndex, foundIndex) }
      if foundIndex < found.count, expectedIndex < lines.count, fits(lines[expectedIndex], found[foundIndex]) {
        expectedIndex += 1
        foundIndex += 1
        continue
      }
      guard let last = gap, last.found < found.count else { return mismatch(furthest, found) }
      gap = (last.expected, last.found + 1)
      expectedIndex = last.expected + 1
      foundIndex = last.found + 1
    }
  }

  private func mismatch(_ furthest: (expected: Int, found: Int), _ found: [[UInt8]]) -> Mismatch {
    let isIn = furthest.expected < texts.count
    let hasLine = furthest.found < found.count
    var isSearched = mode == .part && furthest.expected == 0
    if isIn, furthest.expected > 0, case .gap = lines[furthest.expected - 1] { isSearched = true }
    let isPlaced = !isSearched
    return Mismatch(
      expectedLine: isIn ? furthest.expected + 1 : nil, expected: isIn ? texts[furthest.expected] : nil,
      isSearched: isSearched, foundLine: hasLine && isPlaced ? furthest.found + 1 : nil,
      found: hasLine && isPlaced ? String(decoding: found[furthest.found], as: UTF8.self) : nil)
  }

  private func fits(_ line: Line, _ found: [UInt8]) -> Bool {
    switch line {
    case .gap: return true
    case .text(let text): return mode == .whole ? text.pattern == found : text.first(in: found) != nil
    case .regex(let regex):
      let found = String(decoding: found, as: UTF8.self)
      return mode == .whole ? (try? regex.wholeMatch(in: found)) != nil : (try? regex.firstMatch(in: found)) != nil
    case .glob(let pattern):
      let whole = mode == .whole ? pattern : ["*"] + pattern + ["*"]
      return Transcript.matches(whole, Array(String(decoding: found, as: UTF8.self).unicodeScalars))
    }
  }

  /// `*` is any text, `?` one character; `\*`, `\?` and `\\` stand for themselves.
  private static func matches(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    var patternIndex = 0
    var index = 0
    var star: (pattern: Int, text: Int)?
    while true {
      if patternIndex < pattern.count, pattern[patternIndex] == "*" {
        star = (patternIndex + 1, index)
        patternIndex += 1
        continue
      }
      if patternIndex == pattern.count, index == text.count { return true }
      if patternIndex < pattern.count, index < text.count {
        if pattern[patternIndex] == "?" {
          patternIndex += 1
          index += 1
          continue
        }
        let isEscape = pattern[patternIndex] == "\\" && patternIndex + 1 < pattern.count
        if pattern[patternIndex + (isEscape ? 1 : 0)] == text[index] {
          patternIndex += isEscape ? 2 : 1
          index += 1
          continue
        }
      }
      guard let last = star, last.text < text.count else { return false }
      star = (last.pattern, last.text + 1)
      patternIndex = last.pattern
      index = last.text + 1
    }
  }
}
