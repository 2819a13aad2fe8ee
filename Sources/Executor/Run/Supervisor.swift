internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Carries out what the scheduler says: one thread that waits for programs, commits, signals and timers at once.
final class Supervisor {
  /// It grows when a step finds its items.
  var planned: PlannedPlan
  let site: ExecutionSite
  let options: ExecutionOptions
  let journal: any JournalStore
  let run: Run
  let leg: Leg
  unowned let observer: any RunObserver
  let judge: Judge
  let baseScope: RunScope
  /// What goes on beside this thread.
  let world: any LegWorld
  /// Whether the run is given up when the leg has ended.
  let givesUp: Bool

  /// What dead legs left under keepers, by node.
  let takenOver: [Int: KeptAttempt]
  /// Set if the leg takes the run back.
  let rollback: RollbackLeg?
  /// Of groups whose items are not known any more, the items that are done.
  let strays: [String: [String]]
  /// What is known of an item when it is found, and of the step that found it.
  let recordOfFound: (_ item: PlannedNode, _ template: String) -> NodeRecord
  /// What the saved plan that is applied says of each step; nil: none is.
  let promises: [String: Decision]?
  let remainingTime: RemainingTime?
  /// What the display said last of the time that is left, and when.
  var shownRemaining: (at: BootInstant, time: RunProgress.Remaining?)?
  /// What is there already, and what is done about it.
  let conflicts: ConflictTerms

  /// The pools of the plan by name.
  let poolIndices: [String: Int]
  var records: [NodeRecord]
  var scheduler: Scheduler
  var running: [Int: RunningWork] = [:]
  /// Nodes whose next try is not due yet.
  var backingOff: Set<Int> = []
  var deadlines = DeadlineQueue<Deadline>()
  /// What the commit in flight holds, for the events that are told when it is durable.
  var eventsInFlight: [Event] = []
  var failures: Set<String> = []
  /// What has failed in called plans, and what that leaves out.
  var calledFailures: CalledFailures
  var signal: Int32?
  var signalCount = 0
  var isPastDeadline = false
  var isDone = false
  var journalFailure: JournalError?
  let startedAt: BootInstant
  var phases: PhaseProgress
  /// What people are asked about; items that are found are no part of it.
  private(set) lazy var approvalSubjects = ApprovalSubjects(planned)
  /// What they have said.
  lazy var approvalBook = ApprovalBook(plan: planned.plan.key, run: run.id)

  enum Deadline {
    case retry(Int)
    case timeout(node: Int, attempt: Int64)
    case teardown(Int)
    case drain
    case plan
    case second
    case progress
  }

  /// Work that goes on for a node: a program, or a thread of this process.
  struct RunningWork {
    var program: (any StartedProgram)?
    var cancellation: Cancellation
    /// Whether its program is being ended.
    var isTornDown = false
    var ending: AttemptResult.Ending?
    /// Set when the leader has ended and its group is still being ended.
    var status: ExitStatus?
    /// Whether its keeper died without a word.
    var isLost = false
    /// What its keeper said about its output.
    var judged: JudgedOutput?
    /// How long it ran by its keeper, milliseconds.
    var duration: Int?
    /// What its program used, once it has ended.
    var usage: AttemptUsage?
  }

  /// - Parameter remainingTime: how long the steps took before; nil: nobody asks, or there was nothing before.
  init(_ parts: SupervisorParts, remainingTime: RemainingTime? = nil, observer: any RunObserver) {
    planned = parts.planned
    site = parts.site
    options = parts.options
    journal = parts.journal
    run = parts.run
    leg = parts.leg
    world = parts.world
    startedAt = parts.site.world.bootNow()
    givesUp = parts.givesUp
    takenOver = parts.takenOver
    rollback = parts.rollback
    promises = parts.promises
    self.remainingTime = remainingTime
    conflicts = parts.conflicts
    self.observer = observer
    poolIndices = parts.planned.plan.poolIndices
    records = parts.records
    for (node, record) in parts.records.enumerated() where record.state == .failed && record.checkpoint == nil {
      failures.insert(parts.planned.nodes[node].id)
    }
    phases = PhaseProgress(parts.planned, parts.records)
    calledFailures = CalledFailures(parts.planned, parts.records, keepsGoing: parts.options.keepGoing)
    judge = Judge(files: parts.site.files)
    strays = parts.strays
    recordOfFound = parts.recordOfFound
    var scope = RunScope(
      statics: parts.planned.statics, state: parts.state, run: parts.runMembers, files: parts.site.files,
      secrets: parts.site.secrets)
    scope.groups = parts.rollback?.groups ?? parts.planned.groupIDs
    scope.checkpoints = parts.rollback?.checkpoints ?? [:]
    baseScope = scope
    scheduler = Scheduler(
      nodes: parts.scheduleNodes, pools: parts.planned.plan.pools.map(\.size),
      options: .init(jobs: parts.options.jobs, keepGoing: parts.options.keepGoing, failFast: parts.options.failFast),
      done: parts.done, excluded: parts.excluded, delayed: parts.delayed, running: Set(parts.takenOver.keys),
      begun: parts.begunCalls)
  }

  var now: BootInstant { site.world.bootNow() }
  /// Milliseconds since 1970.
  var wallNow: Int64 { site.world.wallNow() }

  /// Executes until nothing more can be done in this leg.
  ///
  /// - Throws: when the journal or the system fails; steps that run are ended before.
  func execute() throws {
    defer { world.finish() }
    let now = self.now
    deadlines.add(.second, at: now + .seconds(1))
    if observer.wantsProgress { deadlines.add(.progress, at: now + .milliseconds(100)) }
    if let timeout = planned.plan.timeout { deadlines.add(.plan, at: now + timeout) }
    do {
      try executeTurns()
    } catch {
      endAllNow()
      throw error
    }
  }

  private func executeTurns() throws {
    takeOverKept()
    scheduler.handle(.start)
    try turn()
    while !isDone {
      for event in try world.wait(until: deadlines.next) { handle(event) }
      let now = self.now
      while let due = deadlines.pop(at: now) { try fire(due, now) }
      if let journalFailure { throw journalFailure }
      try turn()
    }
  }

  private func handle(_ event: LegEvent) {
    switch event {
    case .exited(let node, let status, let usage): exited(node, status, usage)
    case .keeperEnded(let node, let ending): keeperEnded(node, ending)
    case .signal(let number): signalled(number)
    case .answered(let answer): handle(answer)
    case .journalFailed(let error): journalFailure = journalFailure ?? error
    case .committed(let sequences):
      for (event, sequence) in zip(eventsInFlight, sequences) { observer.recorded(event, sequence: sequence) }
      eventsInFlight = []
      scheduler.handle(.committed)
    }
  }

  private func handle(_ answer: JobAnswer) {
    switch answer.content {
    case .prepared(let node, let prepared): take(prepared, node)
    case .performed(let node, let result):
      witnessed(.ended, node)
      finish(node, result)
    case .finished(let node, let result): ended(node, result)
    }
  }

  /// Does what the scheduler wants until it wants nothing more now; at most one commit is begun.
  private func turn() throws {
    while true {
      var commands = scheduler.takeCommands(mayCommit: false)
      if commands.isEmpty { commands = scheduler.takeCommands(mayCommit: true) }
      if commands.isEmpty { return }
      for command in commands {
        switch command {
        case .prepare(let node): try prepare(node)
        case .commit(let writes): try commit(writes)
        case .launch(let node): launch(node)
        case .scheduleRetry(let node):
          if !planned.nodes[node].isApproval { backingOff.insert(node) }
          deadlines.add(.retry(node), at: records[node].dueAt ?? now)
        case .cancelRunning: cancelRunning(.cancelled, sparesFinally: true)
        case .finish: isDone = true
        }
      }
    }
  }

  /// Nothing can be recorded or waited for any more, so what runs is ended.
  private func endAllNow() {
    for work in running.values { work.cancellation.cancel() }
    world.endNow(running.values.compactMap(\.program), grace: options.grace)
  }
}
