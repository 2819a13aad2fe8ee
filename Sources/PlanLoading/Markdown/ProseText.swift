internal import SourceText

/// The text of a paragraph as one line, with the place of each byte, so that it reads the same however its
/// lines are wrapped.
struct ProseText {
  /// The lines, with one blank between two of them.
  private(set) var bytes: [UInt8] = []
  /// Where each byte stands in the file; a blank between two lines stands at the end of the first.
  private var offsets: [Int] = []
  /// Where the lines begin, in `bytes`.
  private(set) var lineStarts: [Int] = []
  /// The text in backticks, marks included, in order.
  private(set) var codeSpans: [CodeSpan] = []

  /// Text between backticks.
  struct CodeSpan {
    /// With the backticks.
    let whole: Range<Int>
    /// Without them, and without one blank on each side that only sets a backtick off.
    let content: Range<Int>
  }

  init(_ source: SourceFile, lines: some Sequence<SourceRange>) {
    for line in lines {
      if !bytes.isEmpty {
        bytes.append(0x20)
        offsets.append(offsets[offsets.count - 1] + 1)
      }
      lineStarts.append(bytes.count)
      bytes.append(contentsOf: source.bytes[line.lowerBound..<line.upperBound])
      offsets.append(contentsOf: line.lowerBound..<line.upperBound)
    }
    codeSpans = findCodeSpans()
  }

  /// The place in the file of a part of the text.
  func range(_ part: Range<Int>) -> SourceRange {
    guard let first = offsets.first, let last = offsets.last else { return .fileStart }
    let start = part.lowerBound < offsets.count ? offsets[part.lowerBound] : last + 1
    guard part.lowerBound < part.upperBound else { return SourceRange(start: start, end: start) }
    return SourceRange(start: max(first, start), end: offsets[min(part.upperBound, offsets.count) - 1] + 1)
  }

  /// Whether a part of the text stands in the file as it is, on one line.
  func isContiguous(_ part: Range<Int>) -> Bool {
    part.isEmpty || offsets[part.upperBound - 1] - offsets[part.lowerBound] == part.count - 1
  }

  func text(_ part: Range<Int>) -> String { String(decoding: bytes[part], as: UTF8.self) }

  /// A part with backslash escapes undone outside of code, and each run of blanks as one.
  func plain(_ part: Range<Int>) -> String {
    var result: [UInt8] = []
    var span = firstSpan(from: part.lowerBound)
    var index = part.lowerBound
    while index < part.upperBound {
      if span < codeSpans.count, codeSpans[span].whole.lowerBound == index {
        let end = min(codeSpans[span].whole.upperBound, part.upperBound)
        result.append(contentsOf: bytes[index..<end])
        index = end
        span += 1
        continue
      }
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), index + 1 < part.upperBound, bytes[index + 1].isPunctuation {
        result.append(bytes[index + 1])
        index += 2
        continue
      }
      if byte == 0x20 || byte == 0x09 {
        if let last = result.last, last != 0x20 { result.append(0x20) }
      } else {
        result.append(byte)
      }
      index += 1
    }
    while result.last == 0x20 { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  /// A part without blanks at its ends.
  func trimmed(_ part: Range<Int>) -> Range<Int> {
    var lower = part.lowerBound
    var upper = part.upperBound
    while lower < upper, isBlank(lower) { lower += 1 }
    while upper > lower, isBlank(upper - 1) { upper -= 1 }
    return lower..<upper
  }

  func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

  func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, isBlank(index) { index += 1 }
    return index
  }

  /// The code that begins at a place.
  func codeSpan(at index: Int) -> CodeSpan? {
    let span = firstSpan(from: index)
    return span < codeSpans.count && codeSpans[span].whole.lowerBound == index ? codeSpans[span] : nil
  }

  /// The code that holds a place.
  func codeSpan(holding index: Int) -> CodeSpan? {
    let span = firstSpan(from: index + 1) - 1
    return span >= 0 && codeSpans[span].whole.contains(index) ? codeSpans[span] : nil
  }

  /// The position of the first code that begins at a place or after it.
  private func firstSpan(from index: Int) -> Int {
    var low = 0
    var high = codeSpans.count
    while low < high {
      let middle = (low + high) / 2
      if codeSpans[middle].whole.lowerBound < index { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A run of backticks ends at the next run of the same length; one without such an end is text.
  private func findCodeSpans() -> [CodeSpan] {
    var runs: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "`") else {
        // An escaped backtick begins no code, but inside code a backslash is a backslash.
        index += bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.count && bytes[index + 1] == 0x60 ? 2 : 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] == UInt8(ascii: "`") { index += 1 }
      runs.append(start..<index)
    }
    var nextOfLength: [Int: Int] = [:]
    var partner = [Int](repeating: -1, count: runs.count)
    for run in runs.indices.reversed() {
      partner[run] = nextOfLength[runs[run].count] ?? -1
      nextOfLength[runs[run].count] = run
    }
    var spans: [CodeSpan] = []
    var run = 0
    while run < runs.count {
      guard partner[run] >= 0 else {
        run += 1
        continue
      }
      let end = runs[partner[run]]
      var content = runs[run].upperBound..<end.lowerBound
      if content.count > 2, isBlank(content.lowerBound), isBlank(content.upperBound - 1) {
        let inner = (content.lowerBound + 1)..<(content.upperBound - 1)
        if inner.contains(where: { !isBlank($0) }) { content = inner }
      }
      spans.append(CodeSpan(whole: runs[run].lowerBound..<end.upperBound, content: content))
      run = partner[run] + 1
    }
    return spans
  }
}

extension UInt8 {
  /// What a backslash can stand before in markdown.
  var isPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
