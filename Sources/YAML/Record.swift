/// One node in the arena of a `YAMLTree`.
///
/// A collection's children follow it directly; a mapping's are key, value, key, value.
struct Record {
  /// Byte offsets of the node's own text in the file.
  var start: UInt32
  var end: UInt32
  /// The record after this node's last descendant: its next sibling, if it has one.
  var next: UInt32
  /// Scalar: offset of the value. Alias: the record of the anchored node. Collection: number of items
  /// or entries.
  var first: UInt32
  /// Scalar: bytes of the value.
  var length: UInt32
  var kind: YAMLKind
  var style: YAMLStyle
  var flags: Flags

  struct Flags: OptionSet {
    let rawValue: UInt8

    /// The value stands in the source byte for byte.
    static let inSource = Flags(rawValue: 1)
    static let alias = Flags(rawValue: 2)
    /// A key that is reported and left out: it repeats an earlier one, or is no text.
    static let omitted = Flags(rawValue: 4)
    /// A mapping whose effective entries are in `YAMLTree.merged`.
    static let merges = Flags(rawValue: 8)
    /// A scalar that is text however it looks, since a tag stood before it.
    static let text = Flags(rawValue: 16)
  }

  var isAlias: Bool { flags.contains(.alias) }
  var isInSource: Bool { flags.contains(.inSource) }
}
