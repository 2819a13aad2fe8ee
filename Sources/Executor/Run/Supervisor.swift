internal import Digest
internal import Glibc
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Carries out what the scheduler says: one thread that waits for programs, commits, signals and timers at once.
final class Supervisor {
  let planned: PlannedPlan
  let site: ExecutionSite
  let options: ExecutionOptions
  let journal: any JournalStore
  let run: Run
  let leg: Leg
  let marks: MarksFile
  unowned let observer: any RunObserver
  let judge: Judge
  let baseScope: RunScope
  let journalUUID: String
  /// Whether the run is given up when the leg has ended.
  let givesUp: Bool

  var records: [NodeRecord]
  var scheduler: Scheduler
  let loop: EventLoop
  let commitAnswers: Mailbox<CommitThread.Answer>
  let jobAnswers: Mailbox<JobAnswer>
  let commits: CommitThread
  let pool: WorkerPool
  var running: [Int: RunningWork] = [:]
  /// Nodes whose next try is not due yet.
  var backingOff: Set<Int> = []
  var deadlines = DeadlineQueue<Deadline>()
  /// What the commit in flight holds, for the events that are told when it is durable.
  var eventsInFlight: [Event] = []
  var failures: Set<String> = []
  var signal: Int32?
  var signalCount = 0
  var isPastDeadline = false
  var isDone = false
  var hasLogFolder = false
  var journalFailure: JournalError?
  let startedAt = BootClock.now()

  enum JobAnswer: Sendable {
    case prepared(Int, PreparationJob.Prepared)
    case performed(Int, AttemptResult)
    case finished(Int, AttemptResult)
  }

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
    var child: Child?
    var stdout: CapturedFile?
    var stderr: CapturedFile?
    var cancellation: Cancellation
    var teardown: Teardown?
    var ending: AttemptResult.Ending?
    /// Set when the leader has ended and its group is still being ended.
    var status: ExitStatus?
  }

  init(_ parts: SupervisorParts, observer: any RunObserver) throws {
    planned = parts.planned
    site = parts.site
    options = parts.options
    journal = parts.journal
    run = parts.run
    leg = parts.leg
    marks = parts.marks
    journalUUID = parts.journalUUID
    givesUp = parts.givesUp
    self.observer = observer
    records = parts.records
    for (node, record) in parts.records.enumerated() where record.state == .failed && record.checkpoint == nil {
      failures.insert(parts.planned.nodes[node].id)
    }
    judge = Judge(planned: parts.planned, files: parts.site.files)
    baseScope = RunScope(
      statics: parts.planned.statics, state: parts.state, run: parts.runMembers, files: parts.site.files)
    // The loop comes first: it blocks the signals, and threads inherit that.
    loop = parts.loop
    commitAnswers = Mailbox(loop.wakeup)
    jobAnswers = Mailbox(loop.wakeup)
    commits = try CommitThread(parts.journal, verify: parts.verify, answers: commitAnswers)
    pool = try WorkerPool(name: "worker", limit: max(2, parts.options.jobs))
    scheduler = Scheduler(
      nodes: parts.scheduleNodes, pools: parts.planned.plan.pools.map(\.size),
      options: .init(jobs: parts.options.jobs, keepGoing: parts.options.keepGoing, failFast: parts.options.failFast),
      done: parts.done, excluded: parts.excluded, delayed: parts.delayed)
  }

  /// Executes until nothing more can be done in this leg.
  ///
  /// - Throws: when the journal or the system fails; steps that run are ended before.
  func execute() throws {
    defer {
      commits.stop()
      pool.finish()
    }
    let now = BootClock.now()
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
    scheduler.handle(.start)
    try turn()
    while !isDone {
      for event in try loop.wait(until: deadlines.next) { try handle(event) }
      for answer in commitAnswers.takeAll() { try handle(answer) }
      for answer in jobAnswers.takeAll() { handle(answer) }
      let now = BootClock.now()
      while let due = deadlines.pop(at: now) { try fire(due, now) }
      if let journalFailure { throw journalFailure }
      try turn()
    }
  }

  private func handle(_ event: LoopEvent) throws {
    switch event {
    case .exited(let node, let status, _): exited(node, status)
    case .signal(let number): signalled(number)
    case .posted, .timeout: break
    }
  }

  private func handle(_ answer: CommitThread.Answer) throws {
    switch answer {
    case .failed(let error): journalFailure = journalFailure ?? error
    case .committed(let sequences):
      for (event, sequence) in zip(eventsInFlight, sequences) { observer.recorded(event, sequence: sequence) }
      eventsInFlight = []
      scheduler.handle(.committed)
    }
  }

  private func handle(_ answer: JobAnswer) {
    switch answer {
    case .prepared(let node, let prepared): take(prepared, node)
    case .performed(let node, let result): finish(node, result)
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
          backingOff.insert(node)
          deadlines.add(.retry(node), at: records[node].dueAt ?? BootClock.now())
        case .cancelRunning: cancelRunning(.cancelled)
        case .finish: isDone = true
        }
      }
    }
  }

  /// Nothing can be recorded or waited for any more, so what runs is ended.
  private func endAllNow() {
    for (_, work) in running {
      work.cancellation.cancel()
      work.child?.group.send(SIGTERM)
    }
    let end = BootClock.now() + options.grace
    for (_, work) in running {
      guard let group = work.child?.group else { continue }
      // A leader that ended stays as a zombie, for its end is not taken any more.
      while !group.isGone, group.hasLivingMember(), BootClock.now() < end { usleep(20_000) }
      group.send(SIGKILL)
    }
  }
}
