package import SourceText

/// The nodes of one YAML document in the order in which they are written, each with its place.
///
/// The tree never changes after it is built. Scalars whose value stands in the source byte for byte
/// (most of them) hold no copy of it.
package final class YAMLTree: Sendable {
  package let source: SourceFile
  let records: [Record]
  /// The values of scalars that differ from their source: escapes, folded lines, block scalars.
  let decoded: [UInt8]
  /// The key records of the effective entries of mappings that hold a merge key, by the record of the mapping.
  let merged: [UInt32: [UInt32]]
  /// The key records of mappings with many entries, sorted by the bytes of the key.
  let sortedKeys: [UInt32: [UInt32]]
  /// Where the values of assembled scalars come from, by record; nil for a parsed document, whose scalars
  /// are read again instead.
  let segments: [UInt32: [YAMLTextMap.Segment]]?

  init(
    source: SourceFile, records: [Record], decoded: [UInt8], merged: [UInt32: [UInt32]],
    sortedKeys: [UInt32: [UInt32]], segments: [UInt32: [YAMLTextMap.Segment]]? = nil
  ) {
    self.source = source
    self.records = records
    self.decoded = decoded
    self.merged = merged
    self.sortedKeys = sortedKeys
    self.segments = segments
  }

  /// The record that holds the content of a node: of an alias, that of the anchored node.
  func content(of index: Int) -> Record {
    let record = records[index]
    return record.isAlias ? records[Int(record.first)] : record
  }

  func value(of record: Record) -> ArraySlice<UInt8> {
    let first = Int(record.first)
    let end = first + Int(record.length)
    return record.isInSource ? source.bytes[first..<end] : decoded[first..<end]
  }
}
