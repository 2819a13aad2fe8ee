internal import SourceText

/// The items of a sequence, in order.
package struct YAMLItems: Sequence {
  fileprivate let tree: YAMLTree
  fileprivate let first: Int
  fileprivate let end: Int
  package let underestimatedCount: Int

  package var isEmpty: Bool { underestimatedCount == 0 }

  package func makeIterator() -> Iterator { Iterator(tree: tree, position: first, end: end) }

  package struct Iterator: IteratorProtocol {
    fileprivate let tree: YAMLTree
    fileprivate var position: Int
    fileprivate let end: Int

    package mutating func next() -> YAMLNode? {
      guard position < end else { return nil }
      let node = YAMLNode(tree: tree, index: position)
      position = Int(tree.records[position].next)
      return node
    }
  }
}

/// The entries of a mapping: those that are written, in order, without those that are reported as wrong; then those that
/// merge keys add.
package struct YAMLEntries: Sequence {
  fileprivate let tree: YAMLTree
  fileprivate let first: Int
  fileprivate let end: Int
  fileprivate let merged: [UInt32]?
  package let underestimatedCount: Int

  package var isEmpty: Bool { underestimatedCount == 0 }

  package func makeIterator() -> Iterator {
    Iterator(tree: tree, position: merged == nil ? first : 0, end: merged?.count ?? end, merged: merged)
  }

  package struct Iterator: IteratorProtocol {
    fileprivate let tree: YAMLTree
    fileprivate var position: Int
    fileprivate let end: Int
    fileprivate let merged: [UInt32]?

    package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
      guard let key = nextKey() else { return nil }
      return (YAMLNode(tree: tree, index: key), YAMLNode(tree: tree, index: Int(tree.records[key].next)))
    }

    /// The record of the next key.
    fileprivate mutating func nextKey() -> Int? {
      if let merged {
        guard position < end else { return nil }
        position += 1
        return Int(merged[position - 1])
      }
      while position < end {
        let key = position
        let value = Int(tree.records[key].next)
        position = Int(tree.records[value].next)
        if !tree.records[key].flags.contains(.omitted) { return key }
      }
      return nil
    }
  }
}

/// Where an entry stands in its tree: what has to be kept to find it again, without a reference to the tree.
package struct YAMLEntryPlace: Sendable {
  /// The record of the key.
  fileprivate let key: UInt32

  /// A place that no entry has: the first record is the root, which is no key.
  package static let none = YAMLEntryPlace(key: 0)
}

extension YAMLNode {
  /// Calls a closure with the place and the key of each entry of a mapping, without a node for either.
  package func eachKey(_ body: (YAMLEntryPlace, Span<UInt8>) -> Void) {
    let source = tree.source.bytes
    let decoded = tree.decoded
    var entries = entries.makeIterator()
    while let key = entries.nextKey() {
      let content = tree.content(of: key)
      let range = Int(content.first)..<Int(content.first) + Int(content.length)
      let place = YAMLEntryPlace(key: UInt32(truncatingIfNeeded: key))
      if content.isInSource {
        body(place, source.span.extracting(range))
      } else {
        body(place, decoded.span.extracting(range))
      }
    }
  }

  /// The key of an entry of the same tree.
  package func key(at place: YAMLEntryPlace) -> YAMLNode { YAMLNode(tree: tree, index: Int(place.key)) }

  /// The value of an entry of the same tree.
  package func value(at place: YAMLEntryPlace) -> YAMLNode {
    YAMLNode(tree: tree, index: Int(tree.records[Int(place.key)].next))
  }

  /// The items of a sequence; none for other nodes.
  package var items: YAMLItems {
    let index = contentIndex
    let record = tree.records[index]
    guard record.kind == .sequence else {
      return YAMLItems(tree: tree, first: index, end: index, underestimatedCount: 0)
    }
    return YAMLItems(tree: tree, first: index + 1, end: Int(record.next), underestimatedCount: Int(record.first))
  }

  /// The entries of a mapping; none for other nodes.
  package var entries: YAMLEntries {
    let index = contentIndex
    let record = tree.records[index]
    guard record.kind == .mapping else {
      return YAMLEntries(tree: tree, first: index, end: index, merged: nil, underestimatedCount: 0)
    }
    let merged = record.flags.contains(.merges) ? tree.merged[UInt32(index)] : nil
    return YAMLEntries(
      tree: tree, first: index + 1, end: Int(record.next), merged: merged, underestimatedCount: Int(record.first))
  }

  /// The value of a key; the first if the key is repeated, nil if there is none.
  package subscript(key: String) -> YAMLNode? { entry(key)?.value }

  /// The entry with a key, for the place of the key.
  package func entry(_ key: String) -> (key: YAMLNode, value: YAMLNode)? {
    if !tree.sortedKeys.isEmpty, let sorted = tree.sortedKeys[UInt32(contentIndex)] { return entry(key, in: sorted) }
    return entries.first { $0.key.hasText(key) }
  }

  private func entry(_ key: String, in sorted: [UInt32]) -> (key: YAMLNode, value: YAMLNode)? {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      let bytes = tree.value(of: tree.content(of: Int(sorted[middle])))
      if bytes.lexicographicallyPrecedes(key.utf8) { low = middle + 1 } else { high = middle }
    }
    guard low < sorted.count else { return nil }
    let found = YAMLNode(tree: tree, index: Int(sorted[low]))
    guard found.hasText(key) else { return nil }
    return (found, YAMLNode(tree: tree, index: Int(found.record.next)))
  }
}
