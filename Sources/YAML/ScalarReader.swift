internal import SourceText

/// Reads the source of one scalar again and records which bytes gave which part of its value.
///
/// It follows libyaml's scanner rule for rule (line breaks are LF, CRLF, CR, NEL, LS and PS), since the
/// value was made by that; the tests compare the two.
struct ScalarReader {
  let bytes: [UInt8]
  var position: Int
  let end: Int
  /// The value as it was read.
  private(set) var value: [UInt8] = []
  private(set) var segments: [YAMLTextMap.Segment] = []

  init(bytes: [UInt8], range: SourceRange) {
    self.bytes = bytes
    self.position = range.lowerBound
    self.end = min(range.upperBound, bytes.count)
  }

  /// Reads the whole scalar. `known` is its value; a block scalar needs it to tell its indentation.
  mutating func read(_ style: YAMLStyle, like known: ArraySlice<UInt8>) {
    switch style {
    case .plain: readFlow(quote: nil)
    case .singleQuoted: readFlow(quote: UInt8(ascii: "'"))
    case .doubleQuoted: readFlow(quote: UInt8(ascii: "\""))
    case .literal, .folded: readBlock(folded: style == .folded, like: known)
    }
  }

  // MARK: Output

  /// Takes `count` bytes of the source as they are.
  mutating func take(_ count: Int = 1) {
    append(source: position, count: count)
    position += count
  }

  mutating func append(source: Int, count: Int) {
    if count == 0 { return }
    if let last = segments.last, last.isVerbatim, last.source + last.length == source {
      segments[segments.count - 1].length += count
      segments[segments.count - 1].sourceLength += count
    } else {
      segments.append(.init(value: value.count, source: source, length: count, sourceLength: count))
    }
    value.append(contentsOf: bytes[source..<source + count])
  }

  /// Adds bytes that stand in the source in another form.
  mutating func append(_ replacement: some Collection<UInt8>, source: Int, sourceEnd: Int) {
    if replacement.isEmpty { return }
    segments.append(
      .init(
        value: value.count, source: source, length: replacement.count, sourceLength: sourceEnd - source,
        isVerbatim: false))
    value.append(contentsOf: replacement)
  }

  // MARK: Input

  func byte(at offset: Int) -> UInt8? { offset < end ? bytes[offset] : nil }

  /// The length of the line break at an offset in bytes, 0 if there is none.
  func breakLength(at offset: Int) -> Int {
    LineBreak.length(in: bytes, at: offset, end: end)
  }

  func isBlank(at offset: Int) -> Bool {
    let byte = byte(at: offset)
    return byte == 0x20 || byte == 0x09
  }

  /// A line break of the source: where it stands, and what it is in a value.
  struct Break {
    var source: Int
    var length: Int
    /// LS and PS stay as they are, and are never folded.
    var isKept: Bool
  }

  mutating func readBreak() -> Break {
    let length = breakLength(at: position)
    let found = Break(source: position, length: length, isKept: length == 3)
    position += length
    return found
  }

  mutating func append(_ found: Break) {
    if found.isKept || (found.length == 1 && bytes[found.source] == 0x0A) {
      append(source: found.source, count: found.length)
    } else {
      append(CollectionOfOne(0x0A), source: found.source, sourceEnd: found.source + found.length)
    }
  }
}
