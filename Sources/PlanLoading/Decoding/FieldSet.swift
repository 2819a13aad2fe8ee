/// Some of the keys that one kind of mapping may have.
struct FieldSet<Key: FieldKey>: Sendable {
  /// A bit for each position.
  private var bits: UInt64 = 0

  init(_ keys: [Key] = []) {
    for key in keys { insert(key.position) }
  }

  @inline(__always)
  mutating func insert(_ position: Int) { bits |= 1 << UInt64(position) }

  @inline(__always)
  func contains(_ key: Key) -> Bool { bits & 1 << UInt64(key.position) != 0 }

  /// Whether all of these keys are among the others.
  func isSubset(of others: FieldSet) -> Bool { bits & ~others.bits == 0 }
}
