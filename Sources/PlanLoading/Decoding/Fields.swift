internal import SourceText
internal import YAML

/// The entries of one mapping by key; what is unknown has been reported.
struct Fields<Key: FieldKey> {
  /// The whole mapping.
  let node: YAMLNode
  /// By the position of a key: one more than the place of its entry in `entries`, 0 if it is not there.
  private var places: [UInt8]
  private var entries: [(key: SourceRange, value: YAMLNode)] = []
  /// What the unknown keys were most likely meant to be.
  private var misspelt: [String] = []
  private let table: KeyTable<Key>

  init(_ node: YAMLNode, _ context: inout DecodingContext, what: String, allowsExtensions: Bool = false) {
    self.node = node
    table = Key.table
    places = Array(repeating: 0, count: table.names.count)
    entries.reserveCapacity(node.count)
    for (key, value) in node.entries {
      if let position = table.position(of: key.utf8) {
        entries.append((key.range, value))
        places[position] = UInt8(entries.count)
      } else if allowsExtensions, key.text.hasPrefix("x-") {
        continue
      } else {
        if let meant = context.reportUnknownKey(key, allowed: table.names, what: what) { misspelt.append(meant) }
      }
    }
  }

  subscript(key: Key) -> YAMLNode? {
    let place = places[table.position(of: key)]
    return place == 0 ? nil : entries[Int(place) - 1].value
  }

  /// Whether the key is there.
  func has(_ key: Key) -> Bool { places[table.position(of: key)] != 0 }

  /// The place of the key itself.
  func keyRange(_ key: Key) -> SourceRange? {
    let place = places[table.position(of: key)]
    return place == 0 ? nil : entries[Int(place) - 1].key
  }

  /// Whether an unknown key was most likely meant to be one of these.
  func misspells(_ keys: [Key]) -> Bool {
    !misspelt.isEmpty && keys.contains { misspelt.contains($0.rawValue) }
  }

  /// Whether no other keys than those at these positions are there.
  func hasOnly(_ positions: [Int]) -> Bool { positions.count { places[$0] != 0 } == entries.count }
}
