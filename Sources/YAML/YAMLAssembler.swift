package import SourceText

/// Makes a tree of located values out of pieces of a file that is not written in YAML as a whole: the
/// steps of a markdown plan.
///
/// What is assembled is read like a parsed document, and every place is one in the same file.
package struct YAMLAssembler {
  private let source: SourceFile
  private var records: [Record] = []
  private var decoded: [UInt8] = []
  private var segments: [UInt32: [YAMLTextMap.Segment]] = [:]
  private var open: [(index: Int, count: Int)] = []

  package init(source: SourceFile) {
    self.source = source
  }

  /// The next value, or the next key of a mapping.
  package mutating func begin(_ kind: YAMLKind, _ range: SourceRange) {
    count()
    open.append((records.count, 0))
    append(range, kind: kind, first: 0, length: 0, flags: [])
  }

  /// Ends the mapping or list that was begun last.
  package mutating func end() {
    guard let (index, count) = open.popLast() else { return }
    let isMapping = records[index].kind == .mapping
    records[index].next = UInt32(truncatingIfNeeded: records.count)
    records[index].first = UInt32(truncatingIfNeeded: isMapping ? count / 2 : count)
  }

  /// A value that is not written in the file as it is meant: a key behind an alias, an unescaped text.
  ///
  /// - Parameter isText: whether it stays text even if it looks like a number.
  package mutating func scalar(_ text: String, _ range: SourceRange, isText: Bool) {
    count()
    let bytes = Array(text.utf8)
    append(
      range, kind: .scalar, first: decoded.count, length: bytes.count, flags: isText ? .text : [])
    decoded.append(contentsOf: bytes)
  }

  /// A value that stands in the file as it is.
  package mutating func scalar(_ range: SourceRange, isText: Bool) {
    count()
    append(
      range, kind: .scalar, first: range.lowerBound, length: range.upperBound - range.lowerBound,
      flags: isText ? [.inSource, .text] : .inSource)
  }

  /// The lines of a block, each with a line feed: always text.
  ///
  /// - Parameter endsWithBreak: whether the last line has one, too.
  package mutating func lines(
    _ lines: some Collection<SourceRange>, _ range: SourceRange, endsWithBreak: Bool = true
  ) {
    count()
    let index = UInt32(truncatingIfNeeded: records.count)
    let first = decoded.count
    var map: [YAMLTextMap.Segment] = []
    for line in lines {
      let length = line.upperBound - line.lowerBound
      map.append(
        YAMLTextMap.Segment(
          value: decoded.count - first, source: line.lowerBound, length: length, sourceLength: length))
      decoded.append(contentsOf: source.bytes[line.lowerBound..<line.upperBound])
      map.append(
        YAMLTextMap.Segment(
          value: decoded.count - first, source: line.upperBound, length: 1, sourceLength: 0, isVerbatim: false))
      decoded.append(0x0A)
    }
    if !endsWithBreak, !map.isEmpty {
      map.removeLast()
      decoded.removeLast()
    }
    segments[index] = map
    append(range, kind: .scalar, first: first, length: decoded.count - first, flags: .text, style: .literal)
  }

  /// A key, or a value that is a text.
  package mutating func key(_ name: String, _ range: SourceRange) { scalar(name, range, isText: true) }

  /// A node of another tree of the same file, with all that it holds; aliases and merge keys are written out.
  package mutating func copy(_ node: YAMLNode) {
    switch node.kind {
    case .scalar: copyScalar(node)
    case .sequence:
      begin(.sequence, node.range)
      for item in node.items { copy(item) }
      end()
    case .mapping:
      begin(.mapping, node.range)
      for (key, value) in node.entries {
        copy(key)
        copy(value)
      }
      end()
    }
  }

  private mutating func copyScalar(_ node: YAMLNode) {
    count()
    let content = node.content
    var flags = content.flags
    flags.remove(.omitted)
    var first = Int(content.first)
    if !content.isInSource {
      segments[UInt32(truncatingIfNeeded: records.count)] = node.textMap.segments
      first = decoded.count
      decoded.append(contentsOf: node.utf8)
    }
    append(
      node.range, kind: .scalar, first: first, length: Int(content.length), flags: flags, style: content.style)
  }

  private mutating func count() {
    if !open.isEmpty { open[open.count - 1].count += 1 }
  }

  private mutating func append(
    _ range: SourceRange, kind: YAMLKind, first: Int, length: Int, flags: Record.Flags, style: YAMLStyle = .plain
  ) {
    records.append(
      Record(
        start: range.start, end: range.end, next: UInt32(truncatingIfNeeded: records.count + 1),
        first: UInt32(truncatingIfNeeded: first), length: UInt32(truncatingIfNeeded: length), kind: kind, style: style,
        flags: flags))
  }

  /// The first value that was begun, with everything in it; nil if there is none.
  package consuming func finish() -> YAMLNode? {
    while !open.isEmpty { end() }
    if records.isEmpty { return nil }
    let tree = YAMLTree(
      source: source, records: records, decoded: decoded, merged: [:], sortedKeys: [:], segments: segments)
    return YAMLNode(tree: tree, index: 0)
  }
}
