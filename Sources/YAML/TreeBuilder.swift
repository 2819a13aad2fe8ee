internal import CYAML
internal import Diagnostics
internal import SourceText

/// Makes the records of a tree out of libyaml's events, and checks what events alone can tell.
///
/// Each function answers false when a limit is passed, which it has reported then: the reading ends.
struct TreeBuilder {
  let source: SourceFile
  let bytes: [UInt8]
  let limits: YAMLLimits
  private var offsets: CharacterOffsets
  let surrogates: SurrogateEscapes

  var records: [Record] = []
  var decoded: [UInt8] = []
  var merged: [UInt32: [UInt32]] = [:]
  var sortedKeys: [UInt32: [UInt32]] = [:]
  var frames: [Frame] = []
  var anchors = AnchorTable()
  /// Nodes that aliases and merge keys have added so far.
  var expansion = 0
  /// Space for the keys of the mapping that is being closed, kept to save allocations.
  var keys: [UInt32] = []

  /// A collection that is not closed yet.
  struct Frame {
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
    // More than most files need: memory that is never touched costs nothing, and a larger array would be a copy.
    records.reserveCapacity(source.bytes.count / 8 + 16)
  }

  @inline(__always)
  mutating func offset(_ mark: yaml_mark_t) -> Int { offsets.byteOffset(of: mark.index, in: bytes) }

  // MARK: The end

  /// After a problem, checks the mappings that are still open, as far as they go.
  mutating func finish(into collector: inout DiagnosticCollector, isComplete: Bool) {
    guard !isComplete else { return }
    while let frame = frames.popLast() {
      attach(end: frame.lastEnd, height: 0)
      records[frame.index].next = UInt32(truncatingIfNeeded: records.count)
      guard records[frame.index].kind == .mapping else { continue }
      if frame.children % 2 == 1 {
        // The last key has no value yet; the walk over the entries needs one.
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

  /// Tells the open collection of a child that has just been completed.
  @inline(__always)
  mutating func attach(end: Int, height: Int) {
    let last = frames.count - 1
    guard last >= 0 else { return }
    frames[last].children += 1
    frames[last].lastEnd = end
    if height > frames[last].height { frames[last].height = height }
  }

  mutating func update(_ index: Int, _ change: (inout Record) -> Void) { change(&records[index]) }

  /// The bytes of a scalar's value.
  func value(of record: Record) -> ArraySlice<UInt8> {
    let first = Int(record.first)
    let end = first + Int(record.length)
    return record.isInSource ? bytes[first..<end] : decoded[first..<end]
  }
}
