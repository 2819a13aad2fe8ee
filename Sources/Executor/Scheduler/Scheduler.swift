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
  var nodes: [ScheduleNode]
  package internal(set) var status: [SchedulerStatus]
  var remaining: [Int]
  var pools: [Pool]
  var ready = ReadyQueue()
  var claimedAhead: [Int] = []
  var nextClaimed = 0
  /// Nodes in preparing, claiming or claimed.
  var unlaunched = 0
  var running = 0
  var unfinished: Int
  var pending: [SchedulerWrite] = []
  var inFlight: [SchedulerWrite] = []
  var commands: [SchedulerCommand] = []
  var part = Part.main
  var isStopping = false
  var retrying: Set<Int> = []
  /// Those of them that wait for a person.
  var polled: Set<Int> = []
  var startedWithClaim: Set<Int> = []
  /// Nodes that are given back instead of being launched.
  var reconsidered: Set<Int> = []
  /// Nodes whose back-off goes on from an earlier leg.
  var delayed: Set<Int>
  var skipsFinally = false
  /// Plans that are called and have steps for their end.
  var calls: [ScheduledCall]
  /// Called plans to be looked at, as something in them has come to an end.
  var touchedCalls: Set<Int> = []
  /// Called plans that have ended, and whose last records are in the next commit, or in the one under way.
  var endingCalls: (pending: [Int], inFlight: [Int]) = ([], [])
  /// The main part is over, and what was begun of called plans is ended.
  var isEndingCalls = false
  private var isFinished = false

  struct Pool: Sendable {
    var free: Int
    var parked = ReadyQueue()
  }

  enum Part { case main, finally }

  /// - Parameters:
  ///   - done: nodes that are done before the leg begins.
  ///   - excluded: nodes that this leg leaves alone; they satisfy nothing.
  ///   - delayed: nodes whose next try is not due yet; `retryDue` tells when it is.
  ///   - begun: called plans of which an earlier leg has begun something.
  ///   - running: nodes that an earlier leg started and that go on; they take slots even if there are not so many.
  package init(
    nodes: [ScheduleNode], pools: [Int], options: Options, done: Set<Int> = [],
    excluded: [Int: SchedulerStatus] = [:], delayed: Set<Int> = [], running taken: Set<Int> = [],
    begun: Set<Int> = []
  ) {
    self.nodes = nodes
    calls = []
    self.options = options
    self.delayed = delayed
    self.pools = pools.map { Pool(free: $0) }
    status = Array(repeating: .idle, count: nodes.count)
    remaining = nodes.map(\.needs)
    unfinished = 0
    for node in done { status[node] = .done }
    for (node, standing) in excluded { status[node] = standing }
    for node in taken where !status[node].isFinal {
      status[node] = .running
      running += 1
      if let pool = nodes[node].pool { self.pools[pool].free -= 1 }
    }
    for node in done { for dependent in nodes[node].dependents { remaining[dependent] -= 1 } }
    for node in nodes.indices where !status[node].isFinal && !nodes[node].isFinally { unfinished += 1 }
    countCalls(begun: begun)
  }

  /// Takes one event and appends what follows from it to the commands of this turn.
  package mutating func handle(_ event: SchedulerEvent) {
    switch event {
    case .start:
      for node in nodes.indices where status[node] == .idle && !nodes[node].isFinally && remaining[node] == 0 {
        becomeReady(node)
      }
      touchedCalls = Set(calls.indices)
      for (node, state) in status.enumerated() where state == .failed || state == .refused { block(after: node) }
    case .prepared(let node, let preparation): prepared(node, preparation)
    case .expanded(let node, let expansion): expanded(node, expansion)
    case .committed: committed()
    case .finished(let node, let ending): finished(node, ending)
    case .retryDue(let node):
      guard retrying.remove(node) != nil, status[node] == .retryWaiting else { return }
      becomeReady(node)
    case .reconsider(let some):
      for node in some where [.preparing, .claiming, .claimed].contains(status[node]) { reconsidered.insert(node) }
    // `finally` is what a stopped leg still does.
    case .stop: if part == .main { stop() }
    case .halt:
      skipsFinally = true
      stop()
    }
  }

  /// What the events since the last call ask for. Prepare commands come first, so that what they find can
  /// share the next commit; a commit is asked for only when `mayCommit` says that nothing more comes now.
  package mutating func takeCommands(mayCommit: Bool) -> [SchedulerCommand] {
    repeat {
      endTouchedCalls()
      pump()
    } while !touchedCalls.isEmpty
    if mayCommit, commands.isEmpty, inFlight.isEmpty, !pending.isEmpty {
      inFlight = pending
      pending = []
      endingCalls.inFlight += endingCalls.pending
      endingCalls.pending = []
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

  // MARK: The end

  /// Whether the main part ended with steps that wait for a person and nothing worse.
  package var isPaused: Bool {
    !isStopping && status.contains(.waiting) && !status.contains { $0 == .failed || $0 == .inDoubt || $0 == .refused }
  }

  /// Whether nothing is under way and nothing more can begin in this part.
  private var isOver: Bool {
    running == 0 && unlaunched == 0 && pending.isEmpty && inFlight.isEmpty && commands.isEmpty
      && (unfinished == 0 || (ready.isEmpty && retrying.isEmpty))
  }

  private mutating func advanceIfOver() {
    guard !isFinished, isOver else { return }
    let runsFinally = part == .main && !skipsFinally && !isPaused && !status.contains(.refused)
    if runsFinally, !isEndingCalls, !calls.isEmpty {
      isEndingCalls = true
      touchedCalls = Set(calls.indices)
      endTouchedCalls()
      pump()
      guard isOver else { return }
    }
    if runsFinally, nodes.contains(where: \.isFinally) {
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
