internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// What each node of the leg begins with.
extension LegStart {
  func records() -> [NodeRecord] {
    planned.nodes.indices.map { index in
      var record = record(of: planned.nodes[index], takenOver[index]?.attempt)
      record.isSkippedByUser = selection.skipped.contains(index)
      record.isExcluded = selection.excluded.contains(index)
      return record
    }
  }

  /// - Parameter taken: an attempt that goes on: it counts when it ends.
  private func record(of node: PlannedNode, _ taken: Attempt?) -> NodeRecord {
    var record = NodeRecord()
    record.memory = opening.history[node.id] ?? StepMemory()
    let attempts = (opening.attempts[node.id] ?? []).filter { $0.id != taken?.id }
    record.attempts = attempts.map(\.number).max() ?? 0
    record.generation = generation(node.id, attempts)
    record.isForced = options.force || options.reruns(node.id)
    if let checkpoint = opening.position.checkpoints[node.id] {
      if opening.position.stale.contains(node.id) {
        record.stale = checkpoint
      } else {
        record.checkpoint = checkpoint
        record.state = checkpoint.attempt == nil && !node.isTemplate ? .skipped : .succeeded
        record.reason = checkpoint.reason
        record.ranInRun = checkpoint.attempt != nil
      }
    }
    if let last = attempts.last {
      record.memory.latestAttempt = last.state
      record.attempt = last
      record.lastEnd = last.state
      if record.checkpoint == nil { record.reason = last.reason }
      // What failed in a run that is given up has failed for good.
      if givesUp, record.checkpoint == nil, [.failed, .timedOut].contains(last.state) { record.state = .failed }
      restoreRetries(&record, attempts, node.step)
      record.begunAt = LegStart.begunAt(attempts, generation: record.generation)
    }
    if let taken {
      record.attempt = taken
      record.generation = taken.generation
      record.state = .running
      record.reason = nil
      record.dueAt = nil
      record.ranInRun = true
    }
    if opening.position.failedForGood.contains(node.id) { record.state = .failed }
    if case .ask? = opening.position.doubts[node.id] { record.state = .inDoubt }
    return record
  }

  /// What an item begins with that is found while the leg goes on: if it is done, whether that stands is seen then.
  func recordOfFound(_ node: PlannedNode, _ template: String) -> NodeRecord {
    var record = record(of: node, nil)
    if options.reruns(template) { record.isForced = true }
    if let checkpoint = record.checkpoint {
      record.checkpoint = nil
      record.stale = checkpoint
      record.state = .pending
      record.reason = nil
      record.ranInRun = false
    }
    return record
  }

  /// Of groups whose items are not known any more, the items that are done.
  func strays() -> [String: [String]] {
    if planned.templates.isEmpty { return [:] }
    var strays: [String: [String]] = [:]
    for id in opening.position.checkpoints.keys.sorted() where planned.graph.index(of: id) == nil {
      if let open = id.lastIndex(of: "[") { strays[String(id[..<open]), default: []].append(id) }
    }
    return strays
  }

  /// What was cut off, by a signal or a crash, goes on when the step is launched again.
  private static func begunAt(_ attempts: [Attempt], generation: Int) -> Int64? {
    let cutOff = attempts.reversed().prefix {
      $0.generation == generation && [.claimed, .cancelled, .inDoubt, .released].contains($0.state)
    }
    return cutOff.last { $0.state != .released }.map { $0.startedAt ?? $0.claimedAt }
  }

  private func generation(_ id: String, _ attempts: [Attempt]) -> Int {
    let last = attempts.map(\.generation).max() ?? 0
    if isAfterUndo(id, attempts) { return last + 1 }
    let succeeded = attempts.contains { $0.state == .succeeded }
    let isAskedFor = options.reruns(id) || opening.position.dropped[id]?.kind == .forced
    return isAskedFor && succeeded ? last + 1 : last
  }

  /// Whether what was done counts no more, so that doing it again is a thing of its own: the step was taken back since,
  /// or the undo is one of a step that was done again.
  private func isAfterUndo(_ id: String, _ attempts: [Attempt]) -> Bool {
    if UndoName.step(of: id) != nil { return attempts.last?.state == .succeeded }
    let undone = opening.attempts[UndoName.of(id)]?.last { $0.state == .succeeded }
    guard let undone, let last = attempts.last else { return false }
    return undone.id > last.id
  }

  /// Retries that are left stay left, and a back-off is not begun anew; a clock that was set cannot prolong it.
  private func restoreRetries(_ record: inout NodeRecord, _ attempts: [Attempt], _ step: Step) {
    guard let last = attempts.last, record.checkpoint == nil else { return }
    record.mustVerifyFirst = last.reason?.hasPrefix("verify:") ?? false
    if !options.resetRetries {
      // What came before a success counts no more, even if the step must be done anew.
      let since = attempts.reversed().prefix { $0.state != .succeeded }.reversed()
      let failed = since.filter { $0.state == .failed || $0.state == .timedOut }
      // What failed with all its tries gets one more, without retries.
      record.failures = failed.count
      record.firstFailureAt = failed.first?.endedAt
    }
    if let due = last.retryAt, let delay = last.retryDelay, !options.resetRetries {
      let wait = min(max(due - now, 0), delay)
      if wait > 0 { record.dueAt = site.world.bootNow() + .milliseconds(Int(wait)) }
    }
  }

  func scheduleNodes() -> [ScheduleNode] {
    let pools = planned.plan.poolIndices
    return planned.nodes.indices.map { index in
      var node = ScheduleNode(
        planned.nodes[index], isFinally: planned.graph.nodes[index].isFinally, pools: pools)
      node.needs = planned.graph.holders(of: index).count { _ in true }
      node.dependents = Array(planned.graph.held(by: index))
      let parts = planned.calledParts
      node.calls = parts.around(index).filter { $0 < parts.closedCount }
      node.closes = parts.closed(by: index)
      return node
    }
  }

  /// The called plans of which this run has begun something: that is ended by every leg until they are done.
  func begunCalls() -> Set<Int> {
    let parts = planned.calledParts
    return Set(
      (0..<parts.closedCount).filter { part in
        parts.all[part].main.contains { node in
          let id = planned.nodes[node].id
          if opening.position.checkpoints[id]?.attempt != nil { return true }
          return opening.attempts[id]?.contains { $0.state != .waiting } ?? false
        }
      })
  }

  func done() -> Set<Int> {
    Set(
      planned.nodes.indices.filter { index in
        opening.position.isDone(planned.nodes[index].id)
      })
  }

  func excluded() -> [Int: SchedulerStatus] {
    var states: [Int: SchedulerStatus] = [:]
    for node in selection.excluded { states[node] = .blocked }
    for id in opening.position.failedForGood {
      if let index = planned.graph.index(of: id), states[index] == nil { states[index] = .failed }
    }
    for (id, doubt) in opening.position.doubts {
      if case .ask = doubt, let index = planned.graph.index(of: id) { states[index] = .refused }
    }
    for node in done() { states[node] = nil }
    return states
  }
}

extension Plan {
  /// The pools by name.
  var poolIndices: [String: Int] {
    Dictionary(pools.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension ScheduleNode {
  /// A node without its place in the graph.
  ///
  /// - Parameter isFinally: whether it runs at the end of the whole run; one at the end of a called plan does not.
  init(_ node: PlannedNode, isFinally: Bool, pools: [String: Int]) {
    // One that finds items looks at values only, but it may make very many steps of them.
    let isTemplate = node.isTemplate
    self.init(
      pool: isTemplate ? nil : node.step.pool.flatMap { pools[$0.value] }, priority: node.step.priority,
      isBarrier: node.isBarrier, isFinally: isFinally, probes: isTemplate || node.step.probes,
      probesWithPrograms: !isTemplate && node.step.probesWithPrograms)
  }
}
