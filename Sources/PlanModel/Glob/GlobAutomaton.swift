/// A nondeterministic automaton over bytes.
struct GlobAutomaton: Sendable {
  struct Step: Sendable {
    var bytes: ByteSet
    var target: Int
  }

  struct State: Sendable {
    var steps: [Step] = []
    /// States that are entered with this one, without a byte.
    var jumps: [Int] = []
  }

  var states: [State] = [State()]
  var start = 0
  var end = 0

  /// Pairs of states that are looked at before two patterns are taken to overlap: those of two patterns of 500 bytes.
  private static let pairLimit = 250_000

  func accepts(_ path: some Sequence<UInt8>) -> Bool {
    run(path).contains(end)
  }

  /// Whether some path that begins so is accepted; every state leads to the end.
  func acceptsContinuation(of path: some Sequence<UInt8>) -> Bool {
    !run(path).isEmpty
  }

  /// The states in which the automaton can be after a path.
  private func run(_ path: some Sequence<UInt8>) -> [Int] {
    var mark = [Int](repeating: 0, count: states.count)
    var round = 1
    var current: [Int] = []
    enter(start, &current, &mark, round)
    var next: [Int] = []
    for byte in path {
      round += 1
      next.removeAll(keepingCapacity: true)
      for state in current {
        for step in states[state].steps where step.bytes.contains(byte) { enter(step.target, &next, &mark, round) }
      }
      swap(&current, &next)
      if current.isEmpty { break }
    }
    return current
  }

  private func enter(_ state: Int, _ entered: inout [Int], _ mark: inout [Int], _ round: Int) {
    // The list of entered states is also the list of those whose jumps are still to be followed.
    var index = entered.count
    if mark[state] != round {
      mark[state] = round
      entered.append(state)
    }
    while index < entered.count {
      for target in states[entered[index]].jumps where mark[target] != round {
        mark[target] = round
        entered.append(target)
      }
      index += 1
    }
  }

  /// Whether some path is accepted by both.
  static func intersect(_ a: GlobAutomaton, _ b: GlobAutomaton) -> Bool {
    let width = b.states.count
    var seen: Set<Int> = []
    var waiting: [Int] = []

    func visit(_ x: Int, _ y: Int) {
      if seen.insert(x * width + y).inserted { waiting.append(x * width + y) }
    }

    visit(a.start, b.start)
    while let pair = waiting.popLast() {
      let (x, y) = (pair / width, pair % width)
      if x == a.end, y == b.end { return true }
      if seen.count > pairLimit { return true }
      for target in a.states[x].jumps { visit(target, y) }
      for target in b.states[y].jumps { visit(x, target) }
      for step in a.states[x].steps {
        for other in b.states[y].steps where step.bytes.intersects(other.bytes) { visit(step.target, other.target) }
      }
    }
    return false
  }
}
