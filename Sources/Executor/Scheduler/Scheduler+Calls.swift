/// The steps under `finally` of called plans: they run when the main part of their plan is over, whatever it came to.
extension Scheduler {
  /// Whether a node goes on when everything else is stopped: it ends something that was begun.
  func runsAfterStop(_ node: Int) -> Bool { !skipsFinally && nodes[node].closes != nil }

  mutating func countCalls(begun: Set<Int>) {
    guard let number = nodes.lazy.compactMap(\.closes).max().map({ $0 + 1 }) else { return }
    calls = Array(repeating: ScheduledCall(), count: number)
    for call in begun { calls[call].hasBegun = true }
    for node in nodes.indices {
      if let call = nodes[node].closes {
        calls[call].closing.append(node)
        remaining[node] += 1
      }
      count(node, 1)
      noteBegin(node)
    }
  }

  /// Every change of a status goes through here, so that called plans are counted rightly.
  mutating func set(_ node: Int, _ new: SchedulerStatus) {
    if calls.isEmpty || nodes[node].calls.isEmpty {
      status[node] = new
      return
    }
    count(node, -1)
    status[node] = new
    count(node, 1)
    noteBegin(node)
    for call in nodes[node].calls where calls[call].state == .open && calls[call].busy == 0 {
      touchedCalls.insert(call)
    }
  }

  /// Counts the node as it stands for the plans around it, or takes that back.
  mutating func count(_ node: Int, _ amount: Int) {
    let status = self.status[node]
    let isBusy = self.isBusy(node)
    for call in nodes[node].calls {
      if !status.isFinal { calls[call].open += amount }
      if isBusy { calls[call].busy += amount }
      if status == .waiting { calls[call].waiting += amount }
      if status == .refused { calls[call].refused += amount }
      if status != .done { calls[call].undone += amount }
    }
  }

  private mutating func noteBegin(_ node: Int) {
    switch status[node] {
    case .running, .failed, .inDoubt: break
    case .done: if nodes[node].isBarrier { return }
    default: return
    }
    for call in nodes[node].calls { calls[call].hasBegun = true }
  }

  /// Whether a plan around the node can't have ended because of it, even if nothing new is started.
  private func isBusy(_ node: Int) -> Bool {
    if let call = nodes[node].closes, calls[call].state == .ending || calls[call].state == .closing {
      return !status[node].isFinal
    }
    switch status[node] {
    case .preparing, .claiming, .claimed, .running, .retryWaiting: return true
    default: return false
    }
  }

  /// Ends the called plans whose main part is over; those within others have lower numbers.
  mutating func endTouchedCalls() {
    while !touchedCalls.isEmpty {
      let touched = touchedCalls.sorted()
      touchedCalls = []
      for call in touched { endIfOver(call) }
    }
  }

  private mutating func endIfOver(_ number: Int) {
    let call = calls[number]
    guard call.state == .open, call.busy == 0, call.refused == 0, !skipsFinally else { return }
    // Where a plan around it has ended already, nothing of it is begun any more.
    guard call.closing.allSatisfy({ nodes[$0].calls.allSatisfy { calls[$0].state == .open } }) else { return }
    let isCutShort = isStopping || isEndingCalls
    guard call.open == 0 && call.waiting == 0 || isCutShort else { return }
    guard call.hasBegun || call.undone == 0 else {
      // What is left of it may still begin, unless it is blocked.
      if call.open == 0, call.waiting == 0 { leave(call: number) }
      return
    }
    for node in call.closing { count(node, -1) }
    calls[number].state = .ending
    for node in call.closing { count(node, 1) }
    if pending.isEmpty, inFlight.isEmpty {
      begin(closing: number)
    } else if pending.isEmpty {
      endingCalls.inFlight.append(number)
    } else {
      endingCalls.pending.append(number)
    }
  }

  /// What the plan came to is durable, so the steps for its end may run.
  mutating func begin(closing number: Int) {
    calls[number].state = .closing
    for node in calls[number].closing {
      remaining[node] -= 1
      if remaining[node] == 0, status[node] == .idle { becomeReady(node) }
    }
  }

  /// Nothing of a called plan came to run, so nothing is there to be ended.
  private mutating func leave(call number: Int) {
    calls[number].state = .left
    for node in calls[number].closing where status[node] == .idle {
      set(node, .blocked)
      leave(node)
      block(after: node)
    }
  }
}
