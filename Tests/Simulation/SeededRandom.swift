/// Random numbers that a seed decides: SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators").
struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// In `0..<count`.
  mutating func below(_ count: Int) -> Int { Int(next() >> 33) % count }

  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }

  mutating func pick<Items: RandomAccessCollection>(_ items: Items) -> Items.Element where Items.Index == Int {
    items[items.startIndex + below(items.count)]
  }

  /// A generator of its own for another purpose, so that one does not shift the other.
  mutating func split() -> SeededRandom { SeededRandom(next()) }
}
