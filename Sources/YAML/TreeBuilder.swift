internal import CYAML
internal import Diagnostics
internal import Glibc
internal import SourceText

/// Makes the records of a tree out of libyaml's events, and checks what events alone can tell.
///
/// Each function answers false when a limit is passed, which it has reported then: the reading ends.
struct TreeBuilder {
  let source: SourceFile
  let bytes: [UInt8]
  let limits: YAMLLimits
  let offsets: CharacterOffsets
  private let surrogates: SurrogateEscapes

  private(set) var records: [Record] = []
  private(set) var decoded: [UInt8] = []
  var merged: [UInt32: [MergedEntry]] = [:]
  var sortedKeys: [UInt32: [UInt32]] = [:]
  private var frames: [Frame] = []
  private var anchors = AnchorTable()
  /// Nodes that aliases and merge keys have added so far.
  var expansion = 0
  /// Space for the keys of the mapping that is being closed, kept to save allocations.
  var keys: [UInt32] = []

  /// A collection that is not closed yet.
  private struct Frame {
    var index: Int
    var isFlow: Bool
    /// Children so far; of a mapping, keys and values.
    var children = 0
    /// The end of the last child.
    var lastEnd: Int
    /// Levels of collections below this one, aliases followed.
    var height = 0
    /// The expansion when the collection began.
    var expansionBefore: Int
    /// In the anchor table; -1 for none.
    var anchor: Int
  }

  init(source: SourceFile, limits: YAMLLimits, offsets: CharacterOffsets, surrogates: SurrogateEscapes) {
    self.source = source
    self.bytes = source.bytes
    self.limits = limits
    self.offsets = offsets
    self.surrogates = surrogates
    records.reserveCapacity(source.bytes.count / 12 + 16)
  }

  @inline(__always)
  func offset(_ mark: yaml_mark_t) -> Int { offsets.byteOffset(of: mark.index, in: bytes) }

  // MARK: Scalars

  @inline(__always)
  mutating func scalar(
    _ value: UnsafeBufferPointer<UInt8>, _ style: YAMLStyle, start: Int, end: Int, flags: Record.Flags = [],
    into collector: inout DiagnosticCollector
  ) -> Bool {
    var record = Record(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      next: UInt32(truncatingIfNeeded: records.count + 1), first: 0,
      length: UInt32(truncatingIfNeeded: value.count), kind: .scalar, style: style, flags: flags)
    let quote = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
    if end - start == value.count + 2 * quote, unsafe isVerbatim(value, at: start + quote) {
      record.first = UInt32(truncatingIfNeeded: start + quote)
      record.flags.insert(.inSource)
    } else if value.isEmpty {
      record.first = 0
      record.end = UInt32(truncatingIfNeeded: style.isBlock ? blockEnd(start, end) : end)
    } else {
      if style.isBlock { record.end = UInt32(truncatingIfNeeded: blockEnd(start, end)) }
      record.first = UInt32(truncatingIfNeeded: decoded.count)
      unsafe decoded.append(contentsOf: value)
    }
    if value.count > limits.scalarSize {
      collector.report(
        YAMLRules.limits, record.range, "this value has \(value.count) bytes; at most \(limits.scalarSize) are read")
      return false
    }
    if !surrogates.offsets.isEmpty, surrogates.touches(start..<end) { rewrite(&record) }
    // The value of an absent node can stand on a later line than its key; it belongs to its key.
    if start == end, value.isEmpty, let frame = frames.last, frame.children > 0,
      holdsLineBreak(from: frame.lastEnd, to: start)
    {
      record.start = UInt32(truncatingIfNeeded: frame.lastEnd)
      record.end = record.start
    }
    records.append(record)
    attach(end: Int(record.end), height: 0)
    return true
  }

  /// A scalar with an anchor or a tag before it.
  mutating func scalar(
    _ value: UnsafeBufferPointer<UInt8>, _ style: YAMLStyle, start: Int, end: Int, anchor: String?, hasTag: Bool,
    into collector: inout DiagnosticCollector
  ) -> Bool {
    let properties = NodeProperties(bytes: bytes, start: start, limit: end)
    let index = records.count
    let expansionBefore = expansion
    if hasTag, let tag = properties.tag {
      let isKey = frames.last.map { records[$0.index].kind == .mapping && $0.children % 2 == 0 } ?? false
      collector.report(
        TagProblem(tag: tag, node: SourceRange(start: min(properties.end, end), end: end), style: style, isKey: isKey)
          .diagnostic(in: source))
    }
    if hasTag, style == .plain, let tag = properties.tag, TagProblem.isText(tag, bytes), isOneLine(tag.lowerBound, end)
    {
      // What the author meant is the text with its "!", so the later checks shall see that.
      let text = Array(bytes[tag.lowerBound..<end])
      guard
        unsafe text.withUnsafeBufferPointer({
          unsafe scalar($0, .plain, start: tag.lowerBound, end: end, flags: .text, into: &collector)
        })
      else { return false }
    } else {
      let flags: Record.Flags = hasTag ? .text : []
      guard
        unsafe scalar(
          value, style, start: min(properties.end, end), end: end, flags: flags, into: &collector)
      else { return false }
    }
    if let anchor {
      let number = anchors.open(anchor, at: index)
      anchors.close(number, expansion: expansion - expansionBefore + 1, height: 0)
    }
    return true
  }

  @inline(__always)
  private func isVerbatim(_ value: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    if value.isEmpty { return true }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let first = buffer.baseAddress, let other = value.baseAddress else { return false }
      return unsafe memcmp(first + offset, other, value.count) == 0
    }
  }

  /// Takes the value of a scalar from the source, where it holds characters that libyaml did not see.
  private mutating func rewrite(_ record: inout Record) {
    var reader = ScalarReader(bytes: bytes, range: record.range)
    let first = Int(record.first)
    let known = record.isInSource ? bytes[first..<first + Int(record.length)] : decoded[first..<decoded.count]
    reader.read(record.style, like: known)
    record.flags.remove(.inSource)
    record.first = UInt32(truncatingIfNeeded: decoded.count)
    record.length = UInt32(truncatingIfNeeded: reader.value.count)
    decoded.append(contentsOf: reader.value)
  }

  // MARK: Collections

  mutating func open(
    _ kind: YAMLKind, isFlow: Bool, start mark: yaml_mark_t, end endMark: yaml_mark_t, anchor: String?, hasTag: Bool,
    into collector: inout DiagnosticCollector
  ) -> Bool {
    var start = offset(mark)
    let index = records.count
    var number = -1
    if anchor != nil || hasTag {
      let properties = NodeProperties(bytes: bytes, start: start, limit: offset(endMark))
      if hasTag, let tag = properties.tag {
        collector.report(TagProblem(tag: tag, node: nil, style: .plain, isKey: false).diagnostic(in: source))
      }
      start = properties.end
      if let anchor { number = anchors.open(anchor, at: index) }
    }
    if frames.count >= limits.depth { return reportDepth(start, into: &collector) }
    let place = UInt32(truncatingIfNeeded: start)
    records.append(
      Record(
        start: place, end: place, next: 0, first: 0, length: 0, kind: kind, style: .plain, flags: []))
    frames.append(
      Frame(index: index, isFlow: isFlow, lastEnd: start, expansionBefore: expansion, anchor: number))
    return true
  }

  mutating func close(end mark: yaml_mark_t, into collector: inout DiagnosticCollector) -> Bool {
    guard let frame = frames.popLast() else { return true }
    // The end of a block collection is where the next token begins, so its last child tells the end.
    var end = frame.lastEnd
    let last = offset(mark)
    if frame.isFlow, last > end, bytes[last - 1] == UInt8(ascii: "}") || bytes[last - 1] == UInt8(ascii: "]") {
      end = last
    }
    let isMapping = records[frame.index].kind == .mapping
    records[frame.index].end = UInt32(truncatingIfNeeded: end)
    records[frame.index].next = UInt32(truncatingIfNeeded: records.count)
    records[frame.index].first = UInt32(truncatingIfNeeded: isMapping ? frame.children / 2 : frame.children)
    attach(end: end, height: frame.height + 1)
    if isMapping, !checkEntries(of: frame.index, into: &collector) { return false }
    if frame.anchor >= 0 {
      let written = records.count - frame.index
      anchors.close(
        frame.anchor, expansion: expansion - frame.expansionBefore + written, height: frame.height + 1)
    }
    return true
  }

  mutating func alias(
    _ name: String, start startMark: yaml_mark_t, end endMark: yaml_mark_t, into collector: inout DiagnosticCollector
  ) -> Bool {
    let start = offset(startMark)
    let end = offset(endMark)
    var record = Record(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      next: UInt32(truncatingIfNeeded: records.count + 1), first: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: end - start), kind: .scalar, style: .plain, flags: [.inSource, .text])
    var height = 0
    switch anchors.find(name) {
    case .closed(let index, let anchorExpansion, let anchorHeight):
      record.first = UInt32(truncatingIfNeeded: index)
      record.length = 0
      record.flags = .alias
      record.kind = records[index].kind
      height = anchorHeight
      if frames.count + height > limits.depth { return reportDepth(start, into: &collector) }
      guard expand(by: anchorExpansion, at: record.range, into: &collector) else { return false }
    case .open:
      collector.report(
        YAMLRules.unknownAlias, record.range, "\"*\(name)\" refers to the value that it stands in",
        notes: ["refer to another anchor, or write the value out"])
    case nil:
      collector.report(
        YAMLRules.unknownAlias, record.range, "there is no anchor \"&\(name)\" above this line",
        notes: ["quote the value if it is no reference"],
        fix: FixIt("quote the value", [.init(record.range, with: "'*\(name)'")], isSafe: false))
    }
    records.append(record)
    attach(end: end, height: height)
    return true
  }

  /// Counts nodes that are there without being written. False when there are too many.
  mutating func expand(by count: Int, at range: SourceRange, into collector: inout DiagnosticCollector) -> Bool {
    expansion += count
    if expansion <= limits.aliasExpansion { return true }
    collector.report(
      YAMLRules.limits, range, "aliases and merge keys make more than \(limits.aliasExpansion) values of this file")
    return false
  }

  private func reportDepth(_ start: Int, into collector: inout DiagnosticCollector) -> Bool {
    collector.report(
      YAMLRules.limits, SourceRange(start: start, end: min(start + 1, bytes.count)),
      "values are nested more than \(limits.depth) levels deep here")
    return false
  }

  // MARK: The end

  /// After a problem, checks the mappings that are still open, as far as they go.
  mutating func finish(into collector: inout DiagnosticCollector, isComplete: Bool) {
    guard !isComplete else { return }
    while let frame = frames.popLast() {
      attach(end: frame.lastEnd, height: 0)
      records[frame.index].next = UInt32(truncatingIfNeeded: records.count)
      guard records[frame.index].kind == .mapping else { continue }
      if frame.children % 2 == 1 {
        let place = UInt32(truncatingIfNeeded: frame.lastEnd)
        records.append(
          Record(
            start: place, end: place, next: UInt32(truncatingIfNeeded: records.count + 1), first: 0, length: 0,
            kind: .scalar, style: .plain, flags: .inSource))
        records[frame.index].next = UInt32(truncatingIfNeeded: records.count)
      }
      reportDuplicates(of: frame.index, into: &collector)
    }
  }

  func makeTree() -> YAMLNode {
    let tree = YAMLTree(source: source, records: records, decoded: decoded, merged: merged, sortedKeys: sortedKeys)
    return YAMLNode(tree: tree, index: 0)
  }

  @inline(__always)
  private mutating func attach(end: Int, height: Int) {
    let last = frames.count - 1
    guard last >= 0 else { return }
    frames[last].children += 1
    frames[last].lastEnd = end
    if height > frames[last].height { frames[last].height = height }
  }

  mutating func update(_ index: Int, _ change: (inout Record) -> Void) { change(&records[index]) }
}

// MARK: What the source tells

extension TreeBuilder {
  /// The end of the last line of a block scalar that is not blank.
  private func blockEnd(_ start: Int, _ end: Int) -> Int {
    var last = end
    while last > start, bytes[last - 1].isSpace { last -= 1 }
    while last < end, bytes[last] != 0x0A, bytes[last] != 0x0D { last += 1 }
    return last
  }

  private func holdsLineBreak(from start: Int, to end: Int) -> Bool {
    start < end && bytes[start..<end].contains { $0 == 0x0A || $0 == 0x0D }
  }

  private func isOneLine(_ start: Int, _ end: Int) -> Bool { !holdsLineBreak(from: start, to: end) }

  /// The bytes of a scalar's value.
  func value(of record: Record) -> ArraySlice<UInt8> {
    let first = Int(record.first)
    let end = first + Int(record.length)
    return record.isInSource ? bytes[first..<end] : decoded[first..<end]
  }
}

extension YAMLStyle {
  var isBlock: Bool { self == .literal || self == .folded }
}

extension UInt8 {
  /// A blank or a line break of ASCII.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
