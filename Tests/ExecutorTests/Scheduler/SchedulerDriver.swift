@testable internal import Executor

/// Drives a scheduler by hand: carries out what it says only when told to, and keeps the order of everything.
struct SchedulerDriver {
  var scheduler: Scheduler
  /// Commands that have not been answered yet.
  private(set) var preparing: [Int] = []
  private(set) var committing: [SchedulerWrite]?
  private(set) var running: [Int] = []
  private(set) var backingOff: [Int] = []
  /// Answers a preparation within the turn, as the supervisor does for what needs no look at files.
  private let atOnce: ((Int) -> SchedulerEvent.Preparation)?
  private(set) var isFinished = false
  private(set) var finishCount = 0
  private(set) var cancellations = 0
  /// What was said, in words: `prepare 0`, `commit claim 0`, `launch 0`, `finish`.
  private(set) var log: [String] = []

  init(
    _ nodes: [ScheduleNode], jobs: Int = 1, pools: [Int] = [], keepGoing: Bool = false, failFast: Bool = false,
    done: Set<Int> = [], excluded: [Int: SchedulerStatus] = [:], delayed: Set<Int> = [], begun: Set<Int> = [],
    atOnce: ((Int) -> SchedulerEvent.Preparation)? = nil
  ) {
    self.atOnce = atOnce
    scheduler = Scheduler(
      nodes: nodes, pools: pools, options: .init(jobs: jobs, keepGoing: keepGoing, failFast: failFast), done: done,
      excluded: excluded, delayed: delayed, begun: begun)
    send(.start)
  }

  mutating func send(_ event: SchedulerEvent) {
    scheduler.handle(event)
    take()
  }

  mutating func take() {
    while true {
      var commands = scheduler.takeCommands(mayCommit: false)
      if commands.isEmpty { commands = scheduler.takeCommands(mayCommit: true) }
      if commands.isEmpty { return }
      for command in commands { carryOut(command) }
    }
  }

  private mutating func carryOut(_ command: SchedulerCommand) {
    switch command {
    case .prepare(let node):
      log.append("prepare \(node)")
      if let atOnce {
        scheduler.handle(.prepared(node, atOnce(node)))
      } else {
        preparing.append(node)
      }
    case .commit(let writes):
      committing = writes
      log.append("commit " + writes.map(SchedulerDriver.words).joined(separator: ", "))
    case .launch(let node):
      running.append(node)
      log.append("launch \(node)")
    case .scheduleRetry(let node):
      backingOff.append(node)
      log.append("back off \(node)")
    case .cancelRunning:
      cancellations += 1
      log.append("cancel")
    case .finish:
      isFinished = true
      finishCount += 1
      log.append("finish")
    }
  }

  private static func words(_ write: SchedulerWrite) -> String {
    switch write {
    case .claim(let node, let starts): "claim \(node)" + (starts ? "!" : "")
    case .started(let node): "started \(node)"
    case .end(let node): "end \(node)"
    case .settle(let node): "settle \(node)"
    case .wait(let node): "wait \(node)"
    case .fail(let node): "fail \(node)"
    case .release(let node): "release \(node)"
    case .refuse(let node): "refuse \(node)"
    }
  }

  // MARK: Answers

  mutating func prepared(_ node: Int, _ preparation: SchedulerEvent.Preparation = .claim) {
    preparing.removeAll { $0 == node }
    send(.prepared(node, preparation))
  }

  mutating func committed() {
    committing = nil
    send(.committed)
  }

  mutating func finished(_ node: Int, _ ending: SchedulerEvent.Ending = .succeeded) {
    running.removeAll { $0 == node }
    send(.finished(node, ending))
  }

  mutating func retryDue(_ node: Int) {
    backingOff.removeAll { $0 == node }
    send(.retryDue(node))
  }

  /// Answers everything that prepares or commits, until only running steps, back-offs or the end are left.
  mutating func settle() {
    while true {
      if let node = preparing.first {
        prepared(node)
      } else if committing != nil {
        committed()
      } else {
        return
      }
    }
  }

  /// Runs every step to success in the order of its launch.
  mutating func runToEnd() {
    settle()
    while let node = running.first {
      finished(node)
      settle()
    }
  }

  var launched: [Int] { log.compactMap { $0.hasPrefix("launch ") ? Int($0.dropFirst(7)) : nil } }
}

extension [ScheduleNode] {
  /// Nodes by what each needs.
  static func graph(_ needs: [Int]..., finally: Set<Int> = []) -> [ScheduleNode] {
    graph(all: needs, finally: finally)
  }

  /// The same nodes with called plans: which nodes are their main part, and which run at their end.
  func calling(_ calls: (main: [Int], closing: [Int])...) -> [ScheduleNode] {
    var nodes = self
    for (number, call) in calls.enumerated() {
      for node in call.main { nodes[node].calls.append(number) }
      for node in call.closing { nodes[node].closes = number }
    }
    return nodes
  }

  static func graph(all needs: [[Int]], finally: Set<Int> = []) -> [ScheduleNode] {
    var nodes = needs.indices.map {
      ScheduleNode(needs: needs[$0].count, dependents: [], isFinally: finally.contains($0))
    }
    for (node, list) in needs.enumerated() { for need in list { nodes[need].dependents.append(node) } }
    return nodes
  }
}
