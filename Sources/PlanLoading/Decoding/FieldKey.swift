/// The keys that one kind of mapping may have: an enum without payloads.
protocol FieldKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable where AllCases == [Self] {
  static var table: KeyTable<Self> { get }
}

/// Finds a key by its text, and its place among the keys of its kind.
///
/// Looked at for every key of every step, so it compares bytes and hashes nothing.
struct KeyTable<Key: FieldKey>: Sendable {
  let names: [String]
  /// The bytes of all names, one after another.
  private let bytes: [UInt8]
  /// Where the name of each key begins in `bytes`, and the end of the last one.
  private let starts: [Int]
  /// By the length of a name: the positions of the keys that have it.
  private let byLength: [[Int]]
  /// By the raw number of a key: its position.
  private let cases: [Key]

  init() {
    cases = Key.allCases
    names = cases.map(\.rawValue)
    bytes = names.flatMap(\.utf8)
    var starts = [0]
    for name in names { starts.append(starts[starts.count - 1] + name.utf8.count) }
    self.starts = starts
    var byLength = [[Int]](repeating: [], count: (names.map(\.utf8.count).max() ?? 0) + 1)
    for (position, name) in names.enumerated() { byLength[name.utf8.count].append(position) }
    self.byLength = byLength
  }

  /// The position of a key among the keys of its kind.
  func position(of name: ArraySlice<UInt8>) -> Int? {
    guard name.count < byLength.count else { return nil }
    return byLength[name.count].first { bytes[starts[$0]..<starts[$0 + 1]] == name }
  }

  func position(of key: Key) -> Int { cases.firstIndex(of: key) ?? 0 }
}
