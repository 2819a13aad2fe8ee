/// Where the search for some patterns in a stream stands, and where in the stream its last bytes stood.
struct PatternSearch: Sendable {
  let automaton: PatternAutomaton
  private(set) var state: Int32 = 0
  /// Where each of the last bytes begins, a ring: as many as the longest pattern has.
  private var places: [Int]
  private var taken = 0

  init(_ patterns: some Sequence<[UInt8]>) {
    automaton = PatternAutomaton(patterns)
    var ring = 1
    while ring < automaton.longest { ring *= 2 }
    places = [Int](repeating: 0, count: ring)
  }

  var isIdle: Bool { state == 0 }

  /// Takes the next byte; gives where the longest pattern begins that ends with it.
  @inline(__always)
  mutating func take(_ byte: UInt8, from start: Int) -> Int? {
    state = automaton.next(state, byte)
    guard state != 0 else { return nil }
    places[taken & (places.count - 1)] = start
    taken &+= 1
    let length = automaton.matched(state)
    return length > 0 ? places[(taken &- length) & (places.count - 1)] : nil
  }

  /// Where the bytes begin that may be the beginning of a pattern; nil: there are none.
  var begun: Int? {
    let open = automaton.open(state)
    return open == 0 ? nil : places[(taken &- open) & (places.count - 1)]
  }

  mutating func reset() { state = 0 }
}
