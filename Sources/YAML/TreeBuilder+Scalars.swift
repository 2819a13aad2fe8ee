internal import Diagnostics
internal import Glibc
internal import SourceText

extension TreeBuilder {
  /// Adds a scalar. `value` is what libyaml made of the bytes from `start` to `end`; it is copied only if it
  /// differs from them.
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
    let value = readAgain(record)
    record.flags.remove(.inSource)
    record.first = UInt32(truncatingIfNeeded: decoded.count)
    record.length = UInt32(truncatingIfNeeded: value.count)
    decoded.append(contentsOf: value)
  }

  /// A function of its own, as a slice of `decoded` that is alive makes the next append copy it all.
  private func readAgain(_ record: Record) -> [UInt8] {
    var reader = ScalarReader(bytes: bytes, range: record.range)
    reader.read(record.style, like: value(of: record))
    return reader.value
  }

  // MARK: What the source tells

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
}

extension YAMLStyle {
  var isBlock: Bool { self == .literal || self == .folded }
}

extension UInt8 {
  /// A blank or a line break of ASCII.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
