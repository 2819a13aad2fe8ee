internal import SourceText
internal import YAML

/// The entries of one mapping by key; what is unknown has been reported.
///
/// There is one for every step, so it lies in place and holds no array but that of misspelt keys, which is mostly empty.
struct Fields<Key: FieldKey> {
  /// The whole mapping.
  let node: YAMLNode
  private(set) var present = FieldSet<Key>()
  /// By the position of a key.
  private var places = InlineArray<56, YAMLEntryPlace>(repeating: .none)
  /// What the unknown keys were most likely meant to be.
  private var misspelt: [String] = []

  init(_ node: YAMLNode, _ context: inout DecodingContext, what: String, allowsExtensions: Bool = false) {
    self.node = node
    let table = Key.table
    node.eachKey { place, name in
      if let position = table.position(of: name) {
        present.insert(position)
        places[position] = place
        return
      }
      let key = node.key(at: place)
      if allowsExtensions, key.text.hasPrefix("x-") { return }
      if let meant = context.reportUnknownKey(key, allowed: table.names, what: what) { misspelt.append(meant) }
    }
  }

  subscript(key: Key) -> YAMLNode? { has(key) ? node.value(at: places[key.position]) : nil }

  /// Whether the key is there.
  func has(_ key: Key) -> Bool { present.contains(key) }

  /// The place of the key itself.
  func keyRange(_ key: Key) -> SourceRange? { has(key) ? node.key(at: places[key.position]).range : nil }

  /// Whether an unknown key was most likely meant to be one of these.
  func misspells(_ keys: [Key]) -> Bool {
    !misspelt.isEmpty && keys.contains { misspelt.contains($0.rawValue) }
  }
}
