internal import SourceText

/// Reads the marks inside a block in one pass, and never looks at a byte more than a few times.
struct InlineScanner {
  /// The lines, joined.
  var text: [UInt8] = []
  private var origins: [UInt32] = []
  private var isShown: [Bool] = []
  private var codes: [Mark] = []
  private var links: [Mark] = []
  private var brackets: [Int] = []
  var runs: [EmphasisRun] = []

  /// A span by places in `text`.
  private struct Mark {
    var whole: Range<Int>
    var content: Range<Int>
    var target: Range<Int>?
  }

  init(_ bytes: [UInt8], lines: some Sequence<SourceRange>) {
    for line in lines {
      if !text.isEmpty {
        // The line ending is thought of as the byte after the line before.
        origins.append((origins.last ?? 0) + 1)
        text.append(0x0A)
      }
      text.append(contentsOf: bytes[line.lowerBound..<line.upperBound])
      origins.append(contentsOf: line.start..<line.end)
    }
    isShown = [Bool](repeating: true, count: text.count)
  }

  // MARK: Scanning

  mutating func scan() {
    let closers = backtickClosers()
    var commentEnd: Int?
    var mayClose = true
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"): index = escape(index)
      case UInt8(ascii: "`"):
        if let closer = closers[index] {
          index = code(index, closer)
        } else {
          index = end(ofRun: index)
        }
      case UInt8(ascii: "["):
        brackets.append(index)
        index += 1
      case UInt8(ascii: "]"): index = closeBracket(index)
      case UInt8(ascii: "<"):
        if text[index...].starts(with: "<!--".utf8) {
          if mayClose, (commentEnd ?? 0) < index + 4 {
            commentEnd = endOfComment(from: index + 4)
            mayClose = commentEnd != nil
          }
          if mayClose, let commentEnd {
            hide(index..<commentEnd)
            index = commentEnd
            continue
          }
        }
        index = autolink(index)
      case UInt8(ascii: "&"): index = entity(index)
      case UInt8(ascii: "*"), UInt8(ascii: "_"):
        let last = end(ofRun: index)
        runs.append(EmphasisRun(range: index..<last, in: text))
        index = last
      default: index += 1
      }
    }
    for range in EmphasisRun.pairs(of: runs) { hide(range) }
  }

  private mutating func hide(_ range: Range<Int>) {
    for index in range { isShown[index] = false }
  }

  private func end(ofRun index: Int) -> Int {
    var last = index
    while last < text.count, text[last] == text[index] { last += 1 }
    return last
  }

  private mutating func escape(_ index: Int) -> Int {
    guard index + 1 < text.count, text[index + 1] == 0x0A || text[index + 1].isPunctuation else { return index + 1 }
    isShown[index] = false
    guard text[index + 1] == UInt8(ascii: "`") else { return index + 2 }
    // What is left of the run opens nothing: a shorter run is not what was written.
    return end(ofRun: index + 1)
  }

  /// For the first byte of each run of backticks, the first byte of the next run of the same length.
  private func backtickClosers() -> [Int: Int] {
    var closers: [Int: Int] = [:]
    var last: [Int: Int] = [:]
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let end = end(ofRun: index)
      if let opener = last.updateValue(index, forKey: end - index) { closers[opener] = index }
      index = end
    }
    return closers
  }

  private mutating func code(_ opener: Int, _ closer: Int) -> Int {
    let length = end(ofRun: opener) - opener
    var content = opener + length..<closer
    for index in content where text[index] == 0x0A { text[index] = 0x20 }
    if content.count > 2, text[content.lowerBound] == 0x20, text[content.upperBound - 1] == 0x20,
      text[content].contains(where: { $0 != 0x20 })
    {
      content = content.lowerBound + 1..<content.upperBound - 1
    }
    hide(opener..<content.lowerBound)
    hide(content.upperBound..<closer + length)
    codes.append(Mark(whole: opener..<closer + length, content: content))
    return closer + length
  }

  private func endOfComment(from start: Int) -> Int? {
    var index = start
    while index + 2 < text.count {
      if text[index] == UInt8(ascii: "-"), text[index + 1] == UInt8(ascii: "-"), text[index + 2] == UInt8(ascii: ">") {
        return index + 3
      }
      index += 1
    }
    return nil
  }

  // MARK: Links

  /// Longer targets are text: each closing bracket looks no further ahead.
  private static let targetLimit = 4096

  private mutating func closeBracket(_ index: Int) -> Int {
    guard let opener = brackets.popLast() else { return index + 1 }
    let next = index + 1
    guard next < text.count else { return next }
    let target: Range<Int>?
    var end = next
    switch text[next] {
    case UInt8(ascii: "("):
      target = self.target(from: next + 1, &end)
    case UInt8(ascii: "["):
      let limit = min(text.count, next + 1000)
      guard let close = text[next..<limit].firstIndex(of: UInt8(ascii: "]")) else { return next }
      target = close == next + 1 ? opener + 1..<index : next + 1..<close
      end = close + 1
    default: return next
    }
    guard let target else { return next }
    let isImage = opener > 0 && text[opener - 1] == UInt8(ascii: "!") && isShown[opener - 1]
    if isImage { isShown[opener - 1] = false }
    isShown[opener] = false
    hide(index..<end)
    links.append(Mark(whole: (isImage ? opener - 1 : opener)..<end, content: opener + 1..<index, target: target))
    return end
  }

  /// The target after `(`; `end` is set behind the closing parenthesis.
  private func target(from start: Int, _ end: inout Int) -> Range<Int>? {
    let limit = min(text.count, start + InlineScanner.targetLimit)
    var index = start
    while index < limit, text[index].isSpace { index += 1 }
    var target = index..<index
    if index < limit, text[index] == UInt8(ascii: "<") {
      guard let close = text[index..<limit].firstIndex(of: UInt8(ascii: ">")) else { return nil }
      target = index + 1..<close
      index = close + 1
    } else {
      var depth = 0
      while index < limit, !text[index].isSpace {
        if text[index] == UInt8(ascii: "(") { depth += 1 }
        if text[index] == UInt8(ascii: ")") {
          if depth == 0 { break }
          depth -= 1
        }
        index += 1
      }
      target = target.lowerBound..<index
    }
    while index < limit, text[index].isSpace { index += 1 }
    if index < limit, text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") {
      guard let close = text[(index + 1)..<limit].firstIndex(of: text[index]) else { return nil }
      index = close + 1
      while index < limit, text[index].isSpace { index += 1 }
    }
    guard index < limit, text[index] == UInt8(ascii: ")") else { return nil }
    end = index + 1
    return target
  }

  /// `<https://example.org>`: a name, a colon, and no blank to the closing bracket.
  private mutating func autolink(_ index: Int) -> Int {
    let limit = min(text.count, index + InlineScanner.targetLimit)
    var end = index + 1
    while end < limit, text[end].isLetter || text[end] == UInt8(ascii: "+") { end += 1 }
    guard end > index + 2, end < limit, text[end] == UInt8(ascii: ":") else { return index + 1 }
    while end < limit, !text[end].isSpace, text[end] != UInt8(ascii: "<"), text[end] != UInt8(ascii: ">") { end += 1 }
    guard end < limit, text[end] == UInt8(ascii: ">") else { return index + 1 }
    isShown[index] = false
    isShown[end] = false
    links.append(Mark(whole: index..<end + 1, content: index + 1..<end, target: index + 1..<end))
    return end + 1
  }

  // MARK: Entities

  /// Those that formatters write; others stay as they are.
  private static let entities: [(name: [UInt8], byte: UInt8)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&#32;", " "),
  ].map { (Array($0.0.utf8), UInt8(ascii: $0.1)) }

  private mutating func entity(_ index: Int) -> Int {
    for entity in InlineScanner.entities where text[index...].starts(with: entity.name) {
      text[index] = entity.byte
      hide(index + 1..<index + entity.name.count)
      return index + entity.name.count
    }
    return index + 1
  }

  // MARK: The result

  typealias Spans = [InlineText.Span]

  func result() -> (bytes: [UInt8], offsets: [UInt32], codes: Spans, links: Spans) {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = []
    // How many bytes are shown before each.
    var places = [Int](repeating: 0, count: text.count + 1)
    bytes.reserveCapacity(text.count)
    offsets.reserveCapacity(text.count)
    for index in text.indices {
      places[index] = bytes.count
      guard isShown[index] else { continue }
      bytes.append(text[index])
      offsets.append(origins[index])
    }
    places[text.count] = bytes.count
    return (bytes, offsets, codes.map { span($0, places) }, links.map { span($0, places) })
  }

  private func span(_ mark: Mark, _ places: [Int]) -> InlineText.Span {
    InlineText.Span(
      text: places[mark.content.lowerBound]..<places[mark.content.upperBound], range: source(mark.whole),
      content: source(mark.content), target: mark.target.map { source($0) })
  }

  private func source(_ range: Range<Int>) -> SourceRange {
    guard let last = origins.last else { return .fileStart }
    let start = range.lowerBound < origins.count ? origins[range.lowerBound] : last + 1
    return SourceRange(start: Int(start), end: range.isEmpty ? Int(start) : Int(origins[range.upperBound - 1]) + 1)
  }
}
