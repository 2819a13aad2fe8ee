/// Decides what happens next: events in, commands out.
///
/// It has no clock, does no I/O and starts no thread, so a simulation can drive it through any order of
/// events. Two rules carry the promises: a node is launched only after the commit that holds its claim,
/// and the end of a need stands in an earlier place of the same or an earlier commit than the claim of
/// what depends on it.
package struct Scheduler: Sendable {
  package struct Options: Sendable {
    /// How many steps may run at the same time.
    package var jobs: Int
    /// After a failure, go on with what does not depend on it.
    package var keepGoing: Bool
    /// After a failure, end the running steps.
    package var failFast: Bool

    package init(jobs: Int, keepGoing: Bool = false, failFast: Bool = false) {
      self.jobs = max(1, jobs)
      self.keepGoing = keepGoing
      self.failFast = failFast
    }
  }

  package let options: Options
  private let nodes: [ScheduleNode]
  package private(set) var status: [SchedulerStatus]
  private var remaining: [Int]
  private var pools: [Pool]
  private var ready = ReadyQueue()
  private var claimedAhead: [Int] = []
  private var nextClaimed = 0
  /// Nodes in preparing, claiming or claimed.
  private var unlaunched = 0
  private var running = 0
  private var unfinished: Int
  private var pending: [SchedulerWrite] = []
  private var inFlight: [SchedulerWrite] = []
  private var commands: [SchedulerCommand] = []
  private var part = Part.main
  private var isStopping = false
  private var retrying: Set<Int> = []
  private var startedWithClaim: Set<Int> = []
  /// Nodes whose back-off goes on from an earlier leg.
  private var delayed: Set<Int>
  private var skipsFinally = false
  private var isFinished = false

  private struct Pool: Sendable {
    var free: Int
    var parked = ReadyQueue()
  }

  private enum Part { case main, finally }

  /// - Parameters:
  ///   - done: nodes that are done before the leg begins.
  ///   - excluded: nodes that this leg leaves alone; they satisfy nothing.
  ///   - delayed: nodes whose next try is not due yet; `retryDue` tells when it is.
  package init(
    nodes: [ScheduleNode], pools: [Int], options: Options, done: Set<Int> = [],
    excluded: [Int: SchedulerStatus] = [:], delayed: Set<Int> = []
  ) {
    self.nodes = nodes
    self.options = options
    self.delayed = delayed
    self.pools = pools.map { Pool(free: $0) }
    status = Array(repeating: .idle, count: nodes.count)
    remaining = nodes.map(\.needs)
    unfinished = 0
    for node in done { status[node] = .done }
    for (node, standing) in excluded { status[node] = standing }
    for node in done { for dependent in nodes[node].dependents { remaining[dependent] -= 1 } }
    for node in nodes.indices where !status[node].isFinal && !nodes[node].isFinally { unfinished += 1 }
  }

  /// Takes one event and appends what follows from it to the commands of this turn.
  package mutating func handle(_ event: SchedulerEvent) {
    switch event {
    case .start:
      for node in nodes.indices where status[node] == .idle && !nodes[node].isFinally && remaining[node] == 0 {
        becomeReady(node)
      }
      for (node, state) in status.enumerated() where state == .failed || state == .refused { block(after: node) }
    case .prepared(let node, let preparation): prepared(node, preparation)
    case .committed: committed()
    case .finished(let node, let ending): finished(node, ending)
    case .retryDue(let node):
      guard retrying.remove(node) != nil, status[node] == .retryWaiting else { return }
      becomeReady(node)
    case .stop: stop()
    case .halt:
      skipsFinally = true
      stop()
    }
  }

  /// What the events since the last call ask for. Prepare commands come first, so that what they find can
  /// share the next commit; a commit is asked for only when `mayCommit` says that nothing more comes now.
  package mutating func takeCommands(mayCommit: Bool) -> [SchedulerCommand] {
    pump()
    if mayCommit, commands.isEmpty, inFlight.isEmpty, !pending.isEmpty {
      inFlight = pending
      pending = []
      markImmediateStarts()
      commands.append(.commit(inFlight))
    }
    if mayCommit { advanceIfOver() }
    defer { commands = [] }
    return commands
  }

  /// Claims that find a free slot when they become durable are recorded as started in the same commit.
  private mutating func markImmediateStarts() {
    var free = options.jobs - running - (claimedAhead.count - nextClaimed)
    for index in inFlight.indices {
      guard free > 0, case .claim(let node, _) = inFlight[index] else { continue }
      inFlight[index] = .claim(node, starts: true)
      startedWithClaim.insert(node)
      free -= 1
    }
  }

  // MARK: Going on

  private mutating func becomeReady(_ node: Int) {
    if nodes[node].isBarrier {
      settleInMemory(node)
      releaseDependents(of: node, durable: true)
      return
    }
    if !isStopping, delayed.remove(node) != nil {
      status[node] = .retryWaiting
      retrying.insert(node)
      commands.append(.scheduleRetry(node))
      return
    }
    status[node] = .ready
    ready.insert(node, priority: nodes[node].priority)
  }

  private mutating func settleInMemory(_ node: Int) {
    status[node] = .done
    leave(node)
  }

  private mutating func leave(_ node: Int) {
    unfinished -= 1
  }

  /// Counts a done node off its dependents: those that may be prepared at once when it is done in memory,
  /// the others (and barriers, behind which those others may stand) when it is durable.
  private mutating func releaseDependents(of node: Int, durable: Bool) {
    for dependent in nodes[node].dependents {
      let waitsForCommit = nodes[dependent].probesWithPrograms || nodes[dependent].isBarrier
      guard waitsForCommit == durable || (durable && nodes[node].isBarrier) else { continue }
      remaining[dependent] -= 1
      if remaining[dependent] == 0, status[dependent] == .idle, isActive(dependent) { becomeReady(dependent) }
    }
  }

  private func isActive(_ node: Int) -> Bool {
    nodes[node].isFinally == (part == .finally)
  }

  /// Launches what is claimed, then prepares what is ready, as far as slots, pools and the bound on
  /// unlaunched claims allow.
  private mutating func pump() {
    if isStopping {
      releaseClaims()
      return
    }
    while running < options.jobs, nextClaimed < claimedAhead.count {
      let node = claimedAhead[nextClaimed]
      nextClaimed += 1
      unlaunched -= 1
      running += 1
      status[node] = .running
      if startedWithClaim.remove(node) == nil { pending.append(.started(node)) }
      commands.append(.launch(node))
    }
    if nextClaimed == claimedAhead.count {
      claimedAhead.removeAll(keepingCapacity: true)
      nextClaimed = 0
    }
    while let node = ready.first {
      // At most as many claims as there are slots are unlaunched, for a restart of the machine puts them in doubt.
      // A step that probes is looked at only when there is a slot for it.
      guard unlaunched < (nodes[node].probes ? options.jobs - running : options.jobs) else { break }
      _ = ready.popFirst()
      if let pool = nodes[node].pool {
        guard pools[pool].free > 0 else {
          pools[pool].parked.insert(node, priority: nodes[node].priority)
          continue
        }
        pools[pool].free -= 1
      }
      unlaunched += 1
      status[node] = .preparing
      commands.append(.prepare(node))
    }
  }

  private mutating func leavePool(_ node: Int) {
    guard let pool = nodes[node].pool else { return }
    pools[pool].free += 1
    if let next = pools[pool].parked.popFirst() { ready.insert(next, priority: nodes[next].priority) }
  }

  // MARK: Events

  private mutating func prepared(_ node: Int, _ preparation: SchedulerEvent.Preparation) {
    guard status[node] == .preparing else { return }
    if preparation == .claim, !isStopping {
      status[node] = .claiming
      pending.append(.claim(node, starts: false))
      return
    }
    unlaunched -= 1
    leavePool(node)
    switch preparation {
    case .claim:
      // Nothing new is started any more: it stays as if it had never been looked at.
      status[node] = .cancelled
      leave(node)
    case .settle:
      pending.append(.settle(node))
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .wait:
      pending.append(.wait(node))
      status[node] = .waiting
      leave(node)
    case .allowedFailure:
      pending.append(.fail(node))
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .fail:
      pending.append(.fail(node))
      fail(node)
    case .refuse:
      status[node] = .refused
      leave(node)
      block(after: node)
    }
  }

  private mutating func committed() {
    let writes = inFlight
    inFlight = []
    for write in writes {
      switch write {
      case .claim(let node, _):
        status[node] = .claimed
        claimedAhead.append(node)
      case .end(let node), .settle(let node), .fail(let node):
        switch status[node] {
        case .done: releaseDependents(of: node, durable: true)
        case .retryWaiting:
          if isStopping {
            giveUp(node)
          } else {
            retrying.insert(node)
            commands.append(.scheduleRetry(node))
          }
        default: break
        }
      case .started, .wait, .release: break
      }
    }
  }

  private mutating func finished(_ node: Int, _ ending: SchedulerEvent.Ending) {
    guard status[node] == .running else { return }
    running -= 1
    leavePool(node)
    pending.append(.end(node))
    switch ending {
    case .succeeded, .allowedFailure:
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .failed(let retry):
      if retry, !isStopping {
        status[node] = .retryWaiting
      } else {
        fail(node)
      }
    case .cancelled:
      status[node] = .cancelled
      leave(node)
      block(after: node)
    case .inDoubt:
      status[node] = .inDoubt
      leave(node)
      block(after: node)
      // A doubt in `finally`, like a failure there, keeps none of its other steps from running.
      if part == .main, !options.keepGoing { stop() }
    }
  }

  private mutating func fail(_ node: Int) {
    giveUp(node)
    // A failure in `finally` never keeps the other steps of it from running.
    guard part == .main, !options.keepGoing else { return }
    stop()
    if options.failFast { commands.append(.cancelRunning) }
  }

  /// Everything downstream of a node that did not succeed can't run in this leg.
  private mutating func block(after node: Int) {
    var stack = nodes[node].dependents
    while let next = stack.popLast() {
      guard status[next] == .idle else { continue }
      status[next] = .blocked
      if isActive(next) { leave(next) }
      stack.append(contentsOf: nodes[next].dependents)
    }
  }

  private mutating func stop() {
    isStopping = true
    for node in retrying { giveUp(node) }
    retrying = []
  }

  /// A failed step whose next try does not come in this leg.
  private mutating func giveUp(_ node: Int) {
    status[node] = .failed
    leave(node)
    block(after: node)
  }

  private mutating func releaseClaims() {
    while nextClaimed < claimedAhead.count {
      let node = claimedAhead[nextClaimed]
      nextClaimed += 1
      unlaunched -= 1
      leavePool(node)
      status[node] = .cancelled
      leave(node)
      startedWithClaim.remove(node)
      pending.append(.release(node))
    }
    claimedAhead.removeAll(keepingCapacity: true)
    nextClaimed = 0
  }

  // MARK: The end

  /// Whether the main part ended with steps that wait for a person and nothing worse.
  package var isPaused: Bool {
    !isStopping && status.contains(.waiting) && !status.contains { $0 == .failed || $0 == .inDoubt || $0 == .refused }
  }

  /// Whether nothing is under way and nothing more can begin in this part.
  private var isOver: Bool {
    running == 0 && unlaunched == 0 && pending.isEmpty && inFlight.isEmpty && commands.isEmpty
      && (isStopping || unfinished == 0 || (ready.isEmpty && retrying.isEmpty))
  }

  private mutating func advanceIfOver() {
    guard !isFinished, isOver else { return }
    if part == .main, !skipsFinally, !isPaused, !status.contains(.refused), nodes.contains(where: \.isFinally) {
      part = .finally
      isStopping = false
      // What a stop left of the main part must not start now.
      ready = ReadyQueue()
      for pool in pools.indices { pools[pool].parked = ReadyQueue() }
      unfinished = 0
      for node in nodes.indices where nodes[node].isFinally && !status[node].isFinal { unfinished += 1 }
      for node in nodes.indices where nodes[node].isFinally && status[node] == .idle && remaining[node] == 0 {
        becomeReady(node)
      }
      pump()
      guard commands.isEmpty else { return }
    }
    isFinished = true
    commands.append(.finish)
  }
}
