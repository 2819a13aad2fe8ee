internal import SourceText
internal import YAML

/// The entries of one mapping by key; what is unknown has been reported.
struct Fields<Key: FieldKey> {
  /// The whole mapping.
  let node: YAMLNode
  private var values: [YAMLNode?]
  private var keys: [SourceRange?]
  private let table: KeyTable<Key>

  init(_ node: YAMLNode, _ context: inout DecodingContext, what: String, allowsExtensions: Bool = false) {
    self.node = node
    table = Key.table
    values = Array(repeating: nil, count: table.names.count)
    keys = Array(repeating: nil, count: table.names.count)
    for (key, value) in node.entries {
      if let found = table.positions[key.text] {
        values[found.position] = value
        keys[found.position] = key.range
      } else if allowsExtensions, key.text.hasPrefix("x-") {
        continue
      } else {
        context.reportUnknownKey(key, allowed: table.names, what: what)
      }
    }
  }

  subscript(key: Key) -> YAMLNode? {
    table.positions[key.rawValue].flatMap { values[$0.position] }
  }

  /// The place of the key itself.
  func keyRange(_ key: Key) -> SourceRange? {
    table.positions[key.rawValue].flatMap { keys[$0.position] }
  }
}
