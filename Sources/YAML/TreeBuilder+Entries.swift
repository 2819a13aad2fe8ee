internal import Diagnostics
internal import SourceText

extension TreeBuilder {
  /// Mappings with more entries than this get a sorted table of their keys.
  private static let mostWithoutTable = 12

  /// Checks the keys of a mapping that has just been closed, and works out its merge keys.
  mutating func checkEntries(of index: Int, into collector: inout DiagnosticCollector) -> Bool {
    var mergeKey: Int?
    var omitted = 0
    var key = index + 1
    let end = Int(records[index].next)
    while key < end {
      let content = content(of: key)
      let value = Int(records[key].next)
      if content.kind != .scalar {
        omitted += 1
        reportKey(key, "a key must be a text, not a \(content.kind == .mapping ? "mapping" : "list")", into: &collector)
      } else if content.style == .plain, content.length < 5 {
        if content.length == 2, firstByte(of: content) == UInt8(ascii: "<"), isMergeKey(content) {
          mergeKey = mergeKey ?? key
        } else if YAMLScalar.mayBeNull(content.length), !content.flags.contains(.text),
          YAMLScalar.isNull(self.value(of: content))
        {
          omitted += 1
          let isEmpty = content.length == 0
          reportKey(key, isEmpty ? "the key is missing here" : "a key must be a text, not null", into: &collector)
        }
      }
      key = Int(records[value].next)
    }
    omitted += reportDuplicates(of: index, into: &collector)
    if omitted > 0 { update(index) { $0.first -= UInt32(omitted) } }
    guard let mergeKey, !records[mergeKey].flags.contains(.omitted) else { return true }
    return merge(mergeKey, into: index, &collector)
  }

  /// The first byte of a scalar's value, 0 if it is empty: most comparisons need no more, and a slice costs more.
  private func firstByte(of content: Record) -> UInt8 {
    if content.length == 0 { return 0 }
    return content.isInSource ? bytes[Int(content.first)] : decoded[Int(content.first)]
  }

  private func isMergeKey(_ content: Record) -> Bool {
    value(of: content).elementsEqual("<<".utf8)
  }

  private mutating func reportKey(_ key: Int, _ message: String, into collector: inout DiagnosticCollector) {
    let range = records[key].range
    let isTemplate = records[key].kind == .mapping && bytes[range.lowerBound] == UInt8(ascii: "{")
    collector.report(
      YAMLRules.keyKind, range, message,
      notes: isTemplate ? ["quote the value if the braces are part of it"] : ["quote the key if it is meant as text"])
    update(key) { $0.flags.insert(.omitted) }
  }

  func content(of index: Int) -> Record {
    let record = records[index]
    return record.isAlias ? records[Int(record.first)] : record
  }

  // MARK: Repeated keys

  /// Reports and marks keys that repeat an earlier one; returns their number.
  @discardableResult
  mutating func reportDuplicates(of index: Int, into collector: inout DiagnosticCollector) -> Int {
    keys.removeAll(keepingCapacity: true)
    var key = index + 1
    let end = Int(records[index].next)
    while key < end {
      if content(of: key).kind == .scalar, !records[key].flags.contains(.omitted) {
        keys.append(UInt32(truncatingIfNeeded: key))
      }
      key = Int(records[Int(records[key].next)].next)
    }
    return keys.count <= TreeBuilder.mostWithoutTable
      ? compareAll(into: &collector) : sortKeys(of: index, into: &collector)
  }

  private mutating func compareAll(into collector: inout DiagnosticCollector) -> Int {
    var duplicates = 0
    for later in keys.indices.dropFirst() {
      let content = content(of: Int(keys[later]))
      for earlier in 0..<later {
        let other = self.content(of: Int(keys[earlier]))
        guard content.length == other.length, firstByte(of: content) == firstByte(of: other),
          value(of: content).elementsEqual(value(of: other))
        else { continue }
        reportDuplicate(keys[later], of: keys[earlier], into: &collector)
        duplicates += 1
        break
      }
    }
    return duplicates
  }

  /// Sorts the keys of a big mapping, so that equal ones are neighbours, the first of them first.
  private mutating func sortKeys(of index: Int, into collector: inout DiagnosticCollector) -> Int {
    let sorted = keys.sorted { a, b in
      let left = value(of: content(of: Int(a)))
      let right = value(of: content(of: Int(b)))
      if left.elementsEqual(right) { return a < b }
      return left.lexicographicallyPrecedes(right)
    }
    var first: [UInt32] = []
    first.reserveCapacity(sorted.count)
    for key in sorted {
      if let last = first.last,
        value(of: content(of: Int(last))).elementsEqual(value(of: content(of: Int(key))))
      {
        reportDuplicate(key, of: last, into: &collector)
      } else {
        first.append(key)
      }
    }
    sortedKeys[UInt32(truncatingIfNeeded: index)] = first
    return sorted.count - first.count
  }

  private mutating func reportDuplicate(
    _ key: UInt32, of first: UInt32, into collector: inout DiagnosticCollector
  ) {
    let name = String(decoding: value(of: content(of: Int(key))), as: UTF8.self)
    collector.report(
      YAMLRules.duplicateKey, records[Int(key)].range, "the key \"\(name)\" stands twice in this mapping",
      notes: ["delete one of the two, or rename it"],
      related: [Diagnostic.Related("\"\(name)\" stands here first", records[Int(first)].range)])
    update(Int(key)) { $0.flags.insert(.omitted) }
  }
}
