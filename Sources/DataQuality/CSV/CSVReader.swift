/// Reads records as RFC 4180 writes them, one after another, on bytes.
///
/// Lines may end in CRLF or in LF alone. A field in double quotes may hold delimiters, line ends and, doubled, quotes.
/// What departs from that is an error with its line. Only the record in hand is kept, so the memory it takes is that of
/// the largest record.
package struct CSVReader {
  package struct Field: Hashable, Sendable {
    /// Within `bytes`.
    package var range: Range<Int>
    package var isQuoted: Bool
    fileprivate var hasDoubledQuotes = false
  }

  /// Gives the next bytes, at most so many; none at the end.
  private let read: (Int) throws -> [UInt8]
  private let delimiter: UInt8
  /// Holds the fields of the record in hand.
  package private(set) var bytes: [UInt8] = []
  package private(set) var fields: [Field] = []
  /// Where the record in hand begins, from 1.
  package private(set) var line = 1
  private var nextLine = 1
  private var position = 0
  private var isAtEnd = false
  private var isAtStart = true

  private static let chunk = 1 << 20
  /// Far above any real record; most likely a quote was not closed.
  private static let recordLimit = 64 << 20

  package init(delimiter: UInt8, read: @escaping (Int) throws -> [UInt8]) {
    self.delimiter = delimiter
    self.read = read
  }

  /// Goes to the next record; false at the end. Lines with nothing in them are passed over.
  ///
  /// - Throws: `CSVProblem`, and what reading throws.
  package mutating func next() throws -> Bool {
    if isAtStart {
      isAtStart = false
      while bytes.count < 3, !isAtEnd { try refill() }
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }
    while true {
      line = nextLine
      switch try scan() {
      case .end: return false
      case .incomplete: try refill()
      case .record(let end, let lines):
        let start = position
        position = end
        nextLine += lines
        if fields.count == 1, fields[0].range.isEmpty, !fields[0].isQuoted { continue }
        try requireUTF8(start..<end)
        for index in fields.indices where fields[index].hasDoubledQuotes { undouble(index) }
        return true
      }
    }
  }

  /// The text of a field of the record in hand.
  package func text(_ field: Field) -> String { String(decoding: bytes[field.range], as: UTF8.self) }

  // MARK: Scanning

  private enum Scanned {
    /// - Parameters:
    ///   - end: where the next record begins.
    ///   - lines: how many lines it goes over.
    case record(end: Int, lines: Int)
    /// More bytes are needed.
    case incomplete
    case end
  }

  private enum AfterQuote {
    case delimiter, incomplete
    /// - Parameter next: where the next record begins.
    case ends(next: Int)
    case somethingElse
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  private mutating func scan() throws -> Scanned {
    fields.removeAll(keepingCapacity: true)
    let end = bytes.count
    if position == end { return isAtEnd ? .end : .incomplete }
    var index = position
    var lines = 1
    while true {
      if index < end, bytes[index] == CSVReader.quote {
        let open = index + 1
        let openLine = nextLine + lines - 1
        var hasDoubled = false
        index = open
        while true {
          index = endOfPlain(index, end, CSVReader.quote, &lines)
          if index == end {
            if !isAtEnd { return .incomplete }
            throw CSVProblem(line: openLine, "a field that begins with a double quote has none at its end")
          }
          guard index + 1 < end ? bytes[index + 1] == CSVReader.quote : false else { break }
          hasDoubled = true
          index += 2
        }
        // The quote may be the first of two.
        if index + 1 == end, !isAtEnd { return .incomplete }
        fields.append(Field(range: open..<index, isQuoted: true, hasDoubledQuotes: hasDoubled))
        index += 1
        switch afterQuote(index, end) {
        case .delimiter: index += 1
        case .incomplete: return .incomplete
        case .ends(let next): return .record(end: next, lines: lines)
        case .somethingElse:
          throw CSVProblem(
            line: nextLine + lines - 1, "something follows the double quote that ends a field; double a quote in a text"
          )
        }
        continue
      }
      let start = index
      index = endOfField(index, end)
      if index == end, !isAtEnd { return .incomplete }
      let isLast = index == end || bytes[index] == CSVReader.lineFeed
      var stop = index
      if isLast, stop > start, bytes[stop - 1] == CSVReader.carriageReturn { stop -= 1 }
      fields.append(Field(range: start..<stop, isQuoted: false))
      if isLast { return .record(end: min(index + 1, end), lines: lines) }
      index += 1
    }
  }

  /// The next quote, with the line ends before it counted.
  private func endOfPlain(_ start: Int, _ end: Int, _ quote: UInt8, _ lines: inout Int) -> Int {
    let span = bytes.span
    var index = start
    while index < end {
      let byte = span[index]
      if byte == quote { break }
      if byte == CSVReader.lineFeed { lines += 1 }
      index += 1
    }
    return index
  }

  /// The next delimiter or line end.
  private func endOfField(_ start: Int, _ end: Int) -> Int {
    let span = bytes.span
    let delimiter = delimiter
    var index = start
    while index < end {
      let byte = span[index]
      if byte == delimiter || byte == CSVReader.lineFeed { break }
      index += 1
    }
    return index
  }

  private func afterQuote(_ index: Int, _ end: Int) -> AfterQuote {
    guard index < end else { return isAtEnd ? .ends(next: end) : .incomplete }
    switch bytes[index] {
    case delimiter: return .delimiter
    case CSVReader.lineFeed: return .ends(next: index + 1)
    case CSVReader.carriageReturn:
      guard index + 1 < end else { return isAtEnd ? .ends(next: end) : .incomplete }
      return bytes[index + 1] == CSVReader.lineFeed ? .ends(next: index + 2) : .somethingElse
    default: return .somethingElse
    }
  }

  /// Makes one quote of two, in place.
  private mutating func undouble(_ field: Int) {
    let range = fields[field].range
    var target = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      bytes[target] = bytes[index]
      target += 1
      index += bytes[index] == CSVReader.quote ? 2 : 1
    }
    fields[field].range = range.lowerBound..<target
  }

  // MARK: Bytes

  /// Drops what was read before the record in hand and reads on.
  private mutating func refill() throws {
    guard bytes.count - position <= CSVReader.recordLimit else {
      throw CSVProblem(line: nextLine, "the record has more than 64 MiB; is a double quote not closed?")
    }
    bytes.removeSubrange(..<position)
    position = 0
    // As much again as there is, so that a large record is not looked at over and over.
    let more = try read(max(CSVReader.chunk, bytes.count))
    if more.isEmpty { isAtEnd = true }
    if let nul = more.firstIndex(of: 0) {
      let before = bytes.count { $0 == CSVReader.lineFeed } + more[..<nul].count { $0 == CSVReader.lineFeed }
      throw CSVProblem(line: nextLine + before, "a NUL byte; is the file UTF-16? iconv makes it UTF-8")
    }
    bytes += more
  }

  private func requireUTF8(_ range: Range<Int>) throws(CSVProblem) {
    do {
      _ = try UTF8Span(validating: bytes.span.extracting(range))
    } catch {
      let before = bytes[range].prefix(error.byteOffsets.lowerBound)
      throw CSVProblem(
        line: line + before.count { $0 == CSVReader.lineFeed },
        "the text is not UTF-8; iconv -f latin1 -t utf-8 makes it so from Latin-1")
    }
  }
}
