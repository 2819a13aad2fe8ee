internal import Diagnostics
internal import SourceText

extension TreeBuilder {
  /// Works out the effective entries of a mapping with a merge key: its own first, which win; then those
  /// of the merged mappings, of which the earlier ones win.
  mutating func merge(_ mergeKey: Int, into index: Int, _ collector: inout DiagnosticCollector) -> Bool {
    var entries: [UInt32] = []
    var names: Set<ArraySlice<UInt8>> = []
    for entry in effectiveEntries(of: index) where Int(entry) != mergeKey {
      entries.append(entry)
      names.insert(name(of: entry))
    }
    for mapping in mergedMappings(of: Int(records[mergeKey].next), into: &collector) {
      let added = effectiveEntries(of: mapping)
      guard expand(by: added.count, at: records[mergeKey].range, into: &collector) else { return false }
      for entry in added where names.insert(name(of: entry)).inserted { entries.append(entry) }
    }
    merged[UInt32(truncatingIfNeeded: index)] = entries
    sortedKeys[UInt32(truncatingIfNeeded: index)] = nil
    update(index) {
      $0.flags.insert(.merges)
      $0.first = UInt32(truncatingIfNeeded: entries.count)
    }
    return true
  }

  private func name(of entry: UInt32) -> ArraySlice<UInt8> { value(of: content(of: Int(entry))) }

  /// The mappings that the value of a merge key names.
  private func mergedMappings(of value: Int, into collector: inout DiagnosticCollector) -> [Int] {
    let index = target(of: value)
    switch records[index].kind {
    case .mapping: return [index]
    case .scalar:
      reportMerge(value, into: &collector)
      return []
    case .sequence:
      var mappings: [Int] = []
      var item = index + 1
      while item < Int(records[index].next) {
        let mapping = target(of: item)
        if records[mapping].kind == .mapping { mappings.append(mapping) } else { reportMerge(item, into: &collector) }
        item = Int(records[item].next)
      }
      return mappings
    }
  }

  private func reportMerge(_ index: Int, into collector: inout DiagnosticCollector) {
    // An alias without an anchor is reported already.
    if records[index].flags.contains(.text), bytes[Int(records[index].start)] == UInt8(ascii: "*") { return }
    collector.report(
      YAMLRules.mergeValue, records[index].range, "\"<<\" takes a mapping or a list of mappings",
      notes: ["write \"<<: *name\", where \"&name\" stands before a mapping"])
  }

  private func target(of index: Int) -> Int { records[index].isAlias ? Int(records[index].first) : index }

  /// The keys of a mapping's entries, merged ones included.
  private func effectiveEntries(of index: Int) -> [UInt32] {
    if records[index].flags.contains(.merges) { return merged[UInt32(truncatingIfNeeded: index)] ?? [] }
    var entries: [UInt32] = []
    var key = index + 1
    while key < Int(records[index].next) {
      let value = Int(records[key].next)
      if !records[key].flags.contains(.omitted) { entries.append(UInt32(truncatingIfNeeded: key)) }
      key = Int(records[value].next)
    }
    return entries
  }
}
