/// The keys that one kind of mapping may have.
protocol FieldKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  static var table: KeyTable<Self> { get }
}

/// Finds a key by its text, and its place among the keys of its kind.
struct KeyTable<Key: FieldKey>: Sendable {
  let positions: [String: (key: Key, position: Int)]
  let names: [String]

  init() {
    var positions: [String: (key: Key, position: Int)] = [:]
    for (position, key) in Key.allCases.enumerated() { positions[key.rawValue] = (key, position) }
    self.positions = positions
    names = Key.allCases.map(\.rawValue)
  }
}
