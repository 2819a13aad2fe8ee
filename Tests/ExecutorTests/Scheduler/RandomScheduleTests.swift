internal import TestSupport
internal import Testing

@testable internal import Executor

/// Thousands of random plans, each executed in a random order of events.
struct RandomScheduleTests {
  @Test(arguments: 0..<8)
  func everyScheduleKeepsThePromises(_ part: Int) {
    for seed in 0..<500 {
      var simulation = ScheduleSimulation(seed: UInt64(part * 10_000 + seed))
      let problems = simulation.run()
      #expect(
        problems.isEmpty, "seed \(part * 10_000 + seed): \(problems.joined(separator: "; "))\n\(simulation.story)")
      if !problems.isEmpty { return }
    }
  }
}

/// One random plan and a world that answers its scheduler in random order.
private struct ScheduleSimulation {
  private var random: SeededGenerator
  private var nodes: [ScheduleNode]
  private var needs: [[Int]]
  private let jobs: Int
  private let pools: [Int]
  private var driver: SchedulerDriver
  private let keepGoing: Bool
  /// Called plans: the nodes of their main part, and those at their end.
  private let calls: [(main: [Int], closing: [Int])]
  private var launched: Set<Int> = []
  private let done: Set<Int>
  private let excluded: [Int: SchedulerStatus]

  private var problems: [String] = []
  /// Places in the log that were looked at already.
  private var seen = 0
  private var durableEnds: Set<Int>
  private var durableClaims: Set<Int> = []
  private var inFlight: [SchedulerWrite] = []
  private var ended: Set<Int>
  private var retries: [Int: Int] = [:]
  private var isStopped = false
  private var isHalted = false
  /// Preparations and launches after a stop are allowed under `finally` only.
  private var hasFailed = false

  var story: String {
    let plan = nodes.indices.map { node in
      let marks = [
        (nodes[node].isBarrier, "barrier"), (nodes[node].isFinally, "finally"), (done.contains(node), "done"),
        (nodes[node].closes != nil, "closes \(nodes[node].closes ?? 0)"),
        (!nodes[node].calls.isEmpty, "in \(nodes[node].calls)"),
      ]
      return "\(node) needs \(needs[node]) \(marks.filter(\.0).map(\.1)) \(excluded[node].map { "\($0)" } ?? "")"
        + " -> \(driver.scheduler.status[node])"
    }
    return (plan + driver.log).joined(separator: "\n")
  }

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...24, using: &random)
    var calls: [(main: [Int], closing: [Int])] = []
    let finallyCount = Bool.random(using: &random) ? 0 : Int.random(in: 0...min(3, count - 1), using: &random)
    var mainCount = count - finallyCount
    let density = Double.random(in: 0...0.5, using: &random)
    var needs: [[Int]] = []
    for node in 0..<mainCount {
      needs.append((0..<node).filter { _ in Double.random(in: 0..<1, using: &random) < density })
    }
    let barriers = ScheduleSimulation.addCalls(&needs, &calls, &random)
    mainCount = needs.count
    for node in mainCount..<mainCount + finallyCount {
      needs.append((mainCount..<node).filter { _ in Double.random(in: 0..<1, using: &random) < density })
    }
    let closing = Set(calls.flatMap(\.closing))
    pools = (0..<Int.random(in: 0...2, using: &random)).map { _ in Int.random(in: 1...3, using: &random) }
    var nodes = [ScheduleNode].graph(all: needs, finally: Set(mainCount..<needs.count))
    for (number, call) in calls.enumerated() {
      for node in call.main { nodes[node].calls.append(number) }
      for node in call.closing { nodes[node].closes = number }
    }
    for node in nodes.indices {
      if !pools.isEmpty, Int.random(in: 0..<3, using: &random) == 0 {
        nodes[node].pool = Int.random(in: 0..<pools.count, using: &random)
      }
      nodes[node].priority = Int.random(in: -2...2, using: &random)
      nodes[node].probes = Bool.random(using: &random)
      nodes[node].probesWithPrograms = nodes[node].probes && Bool.random(using: &random)
      nodes[node].isBarrier =
        barriers.contains(node)
        || node < mainCount && !closing.contains(node) && Int.random(in: 0..<8, using: &random) == 0
    }
    // What a leg begins with: an upper part that is done, and nodes that are left alone.
    var done: Set<Int> = []
    var excluded: [Int: SchedulerStatus] = [:]
    var delayed: Set<Int> = []
    for node in 0..<mainCount where !nodes[node].isBarrier && !closing.contains(node) {
      if needs[node].allSatisfy({ done.contains($0) }), Int.random(in: 0..<5, using: &random) == 0 {
        done.insert(node)
      } else if Int.random(in: 0..<20, using: &random) == 0 {
        excluded[node] = [.blocked, .failed, .refused].randomElement(using: &random)
      } else if Int.random(in: 0..<15, using: &random) == 0 {
        delayed.insert(node)
      }
    }
    jobs = Int.random(in: 1...5, using: &random)
    keepGoing = Bool.random(using: &random)
    self.calls = calls
    self.needs = needs
    self.nodes = nodes
    self.done = done
    self.excluded = excluded
    durableEnds = done
    ended = done
    driver = SchedulerDriver(
      nodes, jobs: jobs, pools: pools, keepGoing: keepGoing, failFast: Bool.random(using: &random), done: done,
      excluded: excluded, delayed: delayed)
    self.random = random
  }

  /// Makes up to three called plans of what is there, each around some nodes and the plans before it, or beside them.
  private static func addCalls(
    _ needs: inout [[Int]], _ calls: inout [(main: [Int], closing: [Int])], _ random: inout SeededGenerator
  ) -> Set<Int> {
    var barriers: Set<Int> = []
    var first = 0
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let isNested = Bool.random(using: &random)
      let start = isNested ? 0 : first
      guard start < needs.count else { break }
      // What stands for an inner plan must be inside with all of it.
      let main = Array(
        (isNested && !calls.isEmpty ? 0 : Int.random(in: start..<needs.count, using: &random))..<needs.count)
      let closing = (0..<Int.random(in: 1...3, using: &random)).map { needs.count + $0 }
      for node in closing {
        needs.append((closing[0]..<node).filter { _ in Bool.random(using: &random) })
      }
      barriers.insert(needs.count)
      needs.append(main + closing)
      calls.append((main, closing))
      first = needs.count
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        needs.append(Bool.random(using: &random) ? [first - 1] : [])
      }
    }
    return barriers
  }

  private mutating func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }

  mutating func run() -> [String] {
    var steps = 0
    check()
    while !driver.isFinished, problems.isEmpty {
      steps += 1
      if steps > 2000 { return problems + ["it never ends"] }
      if driver.preparing.isEmpty, driver.committing == nil, driver.running.isEmpty, driver.backingOff.isEmpty {
        return problems + ["nothing is under way and it is not finished"]
      }
      act()
      check()
    }
    if driver.finishCount != 1, problems.isEmpty { problems.append("finished \(driver.finishCount) times") }
    if problems.isEmpty { checkEnd() }
    return problems
  }

  private mutating func act() {
    if chance(30) {
      driver.send(.reconsider(nodes.indices.filter { _ in Bool.random(using: &random) }))
      return
    }
    if chance(60) {
      isStopped = true
      if isStopped, chance(3) {
        isHalted = true
        driver.send(.halt)
      } else {
        driver.send(.stop)
      }
      return
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      guard let node = driver.preparing.randomElement(using: &random) else { return }
      let answer: SchedulerEvent.Preparation =
        switch Int.random(in: 0..<40, using: &random) {
        case 0: .fail
        case 1: .wait
        case 2: .refuse
        case 3: .allowedFailure
        case 4...9: .settle
        default: .claim
        }
      driver.prepared(node, answer)
    case 1:
      guard let writes = driver.committing else { return }
      commit(writes)
      driver.committed()
    case 2:
      guard let node = driver.running.randomElement(using: &random) else { return }
      let ending: SchedulerEvent.Ending =
        switch Int.random(in: 0..<30, using: &random) {
        case 0: .failed(retry: false)
        case 1, 2: .failed(retry: retries[node, default: 0] < 3)
        case 3: .allowedFailure
        case 4: .cancelled
        case 5: .inDoubt
        default: .succeeded
        }
      retries[node, default: 0] += 1
      ended.insert(node)
      driver.finished(node, ending)
    default:
      guard let node = driver.backingOff.randomElement(using: &random) else { return }
      driver.retryDue(node)
    }
  }

  /// The order within a commit counts: what a claim needs must have its end before it.
  private mutating func commit(_ writes: [SchedulerWrite]) {
    for write in writes {
      switch write {
      case .end(let node), .settle(let node), .fail(let node):
        durableClaims.remove(node)
        durableEnds.insert(node)
      case .claim(let node, _):
        for need in needs[node] where !nodes[need].isBarrier && !durableEnds.contains(need) {
          problems.append("\(node) is claimed before the end of \(need)")
        }
        if let call = nodes[node].closes {
          for member in calls[call].main where launched.contains(member) && !durableEnds.contains(member) {
            problems.append("\(node) is claimed before the end of \(member)")
          }
        }
        durableClaims.insert(node)
      case .release(let node): durableClaims.remove(node)
      case .started, .wait, .refuse: break
      }
    }
  }

  /// What must hold after every event.
  private mutating func check() {
    for line in driver.log[seen...] {
      let words = line.split(separator: " ")
      guard let node = words.last.flatMap({ Int($0) }), words[0] == "launch" || words[0] == "prepare" else { continue }
      if words[0] == "launch", !durableClaims.contains(node) { problems.append("\(node) is launched without a claim") }
      if isStopped, !nodes[node].isFinally, nodes[node].closes == nil { problems.append("\(line) after the stop") }
      if isHalted { problems.append("\(line) after the halt") }
      if excluded[node] != nil || done.contains(node) { problems.append("\(line), which is not part of the leg") }
      if words[0] == "launch" {
        durableEnds.remove(node)
        launched.insert(node)
      }
      if let call = nodes[node].closes { checkEnd(of: call, line) }
      if nodes[node].isFinally,
        nodes.indices.contains(where: { !nodes[$0].isFinally && driver.scheduler.status[$0] == .running })
      {
        problems.append("\(line) beside the main part")
      }
    }
    seen = driver.log.count
    let status = driver.scheduler.status
    if driver.running.count > jobs { problems.append("\(driver.running.count) steps run") }
    let unlaunched = status.count { $0 == .preparing || $0 == .claiming || $0 == .claimed }
    if unlaunched > jobs { problems.append("\(unlaunched) steps are claimed ahead") }
    for pool in pools.indices {
      let used = nodes.indices.count {
        nodes[$0].pool == pool && [.preparing, .claiming, .claimed, .running].contains(status[$0])
      }
      if used > pools[pool] { problems.append("\(used) steps in a pool of \(pools[pool])") }
    }
  }

  private func hasBegun(_ call: Int) -> Bool {
    let status = driver.scheduler.status
    return calls[call].main.contains { node in
      launched.contains(node) || [.failed, .inDoubt].contains(status[node])
        || status[node] == .done && !nodes[node].isBarrier
    }
  }

  private func isDone(_ call: Int) -> Bool { calls[call].main.allSatisfy { driver.scheduler.status[$0] == .done } }

  /// What runs at the end of a called plan runs when nothing of it is under way, and something was begun.
  private mutating func checkEnd(of call: Int, _ line: String) {
    let status = driver.scheduler.status
    for node in calls[call].main
    where [.preparing, .claiming, .claimed, .running, .retryWaiting].contains(status[node]) {
      problems.append("\(line) beside \(node), which it ends")
    }
    if !hasBegun(call), !isDone(call) { problems.append("\(line), but nothing was begun") }
  }

  private mutating func checkEnds() {
    let status = driver.scheduler.status
    let isCutShort = !keepGoing && status.contains { $0 == .failed || $0 == .inDoubt || $0 == .refused }
    for (number, call) in calls.enumerated() {
      let isRefused = call.main.contains { status[$0] == .refused }
      let isHeld = isRefused || call.main.contains { status[$0] == .waiting }
      let isOver = call.main.allSatisfy { status[$0].isFinal } && !isHeld
      let mustRun =
        !isHalted
        && (isStopped ? hasBegun(number) && !isRefused : isOver && (hasBegun(number) || isDone(number) && !isCutShort))
      for node in call.closing where mustRun && !needs[node].contains(where: { status[$0] != .done }) {
        if [.idle, .ready].contains(status[node]) {
          problems.append("\(node) did not run at the end of call \(number)")
        }
      }
    }
  }

  private mutating func checkEnd() {
    checkEnds()
    let status = driver.scheduler.status
    if !driver.running.isEmpty { problems.append("steps run after the end") }
    if !durableClaims.subtracting(durableEnds).isEmpty { problems.append("claims are left open: \(durableClaims)") }
    for node in nodes.indices {
      switch status[node] {
      case .preparing, .claiming, .claimed, .running, .retryWaiting:
        problems.append("\(node) ends as \(status[node])")
      case .done:
        for need in needs[node] where status[need] != .done { problems.append("\(node) is done without \(need)") }
      case .idle, .ready:
        // Nothing that could have run is left over when nobody asked to stop.
        let isHeld = needs[node].contains { status[$0] != .done }
        let stops: Set<SchedulerStatus> = [.failed, .inDoubt, .refused]
        let mayRest =
          isStopped || nodes[node].isFinally || nodes[node].closes != nil || status.contains { stops.contains($0) }
        if !isHeld, !mayRest { problems.append("\(node) was never started") }
      case .failed, .blocked, .waiting, .refused, .inDoubt, .cancelled: break
      }
    }
    if keepGoing, !isStopped {
      for node in nodes.indices where status[node] == .idle || status[node] == .ready {
        let isHeld = needs[node].contains { status[$0] != .done }
        if !isHeld, !nodes[node].isFinally, nodes[node].closes == nil {
          problems.append("\(node) was never started although it keeps going")
        }
      }
    }
    let runsFinally = !isHalted && !driver.scheduler.isPaused && !status.contains(.refused)
    for node in nodes.indices where nodes[node].isFinally && runsFinally && !isStopped {
      let isHeld = needs[node].contains { status[$0] != .done }
      if [.idle, .ready].contains(status[node]), !isHeld { problems.append("finally step \(node) did not run") }
    }
  }
}
