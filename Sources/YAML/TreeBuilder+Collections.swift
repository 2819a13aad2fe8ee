internal import CYAML
internal import Diagnostics
internal import SourceText

extension TreeBuilder {
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
}
