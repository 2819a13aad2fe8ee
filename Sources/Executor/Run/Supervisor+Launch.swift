internal import FaultPoints
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

extension Supervisor {
  /// Starts what is claimed: a program, or the work of a thread.
  func launch(_ node: Int) {
    faultPoint(.beforeLaunch)
    witnessed(.claimed, node)
    let step = planned.nodes[node].step
    records[node].startedAt = now
    records[node].attempt?.startedAt = wallNow
    records[node].state = .running
    records[node].ranInRun = true
    guard let context = records[node].context, let files = records[node].files, let attempt = records[node].attempt
    else {
      preconditionFailure("a launch comes after a claim")
    }
    running[node] = RunningWork(cancellation: context.cancellation)
    if let timeout = step.timeout {
      deadlines.add(.timeout(node: node, attempt: attempt.id), at: now + timeout)
    }
    do {
      if InProcessAction.handles(step.action) {
        witnessed(.launched(leader: nil), node)
        try start(step, node, context, files, attempt)
      } else if let command = records[node].command {
        try start(command, node, files, attempt)
        witnessed(.launched(leader: running[node]?.program?.leader), node)
      }
    } catch let error as JournalError {
      // Its launch cannot be marked, so nothing of it was started, and the next leg finds that out.
      running[node] = nil
      journalFailure = journalFailure ?? error
    } catch {
      let spawnError = error as? SpawnError
      var result = AttemptResult.failed("\(error)")
      result.exitCode = spawnError?.exitCode
      ended(node, result)
    }
  }

  private func start(
    _ step: Step, _ node: Int, _ context: StepContext, _ files: AttemptFiles, _ attempt: Attempt
  ) throws {
    // There is no child that could mark the launch, so it is marked here.
    try world.mark(attempt: attempt.id)
    if !step.verify.isEmpty || step.probesWithPrograms { try files.makeFolder(in: site.world) }
    switch step.action {
    // Their programs may need a script, and requests a body, in a file.
    case .check, .wait, .http: try files.makeFolder(in: site.world)
    default: break
    }
    let now = wallNow
    try world.submit { [site] in
      let result = site.world.measured {
        InProcessAction.perform(context, attempt: attempt.id, scratch: files.scratch, now: now)
      }
      faultPoint(.afterAction)
      return JobAnswer(.performed(node, result))
    }
  }

  private func start(_ command: ProgramCommand, _ node: Int, _ files: AttemptFiles, _ attempt: Attempt) throws {
    let expects = planned.nodes[node].step.expect
    let limits: CaptureLimits =
      expects.stdout.isEmpty && expects.stderr.isEmpty
      ? .default : CaptureLimits(total: Int64(AttemptFiles.expectLimit), head: 1 << 20)
    var launch = ProgramLaunch(node: node, attempt: attempt.id, command: command, files: files, limits: limits)
    if let context = records[node].context {
      launch.keeper = try KeeperTerms(
        context.step, attempt: attempt, secrets: site.secrets.isEmpty ? nil : site.secrets.knownValues,
        grace: options.grace, scope: context.scope)
    }
    running[node]?.program = try world.start(launch)
  }

  func witnessed(_ moment: StepMoment, _ node: Int) { site.witness?.saw(moment, of: planned.nodes[node].id) }

  /// A program ended.
  func exited(_ node: Int, _ status: ExitStatus, _ usage: ResourceUsage) {
    guard var work = running[node] else { return }
    faultPoint(.afterExit)
    witnessed(.ended, node)
    work.status = status
    work.usage = AttemptUsage(usage)
    running[node] = work
    if work.isTornDown {
      advanceTeardown(node)
    } else {
      finish(node, status)
    }
  }

  /// What a program that ended by itself has still to show.
  func finish(_ node: Int, _ status: ExitStatus) {
    guard let context = records[node].context, let files = records[node].files, let started = records[node].startedAt
    else { return }
    let work = running[node]
    let finish = AttemptFinish(
      context: context, files: files, duration: work?.duration ?? (now - started).wholeMilliseconds,
      judged: work?.judged)
    if context.step.hasMuchToShow {
      do {
        try world.submit { JobAnswer(.finished(node, finish.afterProgram(status))) }
      } catch {
        ended(node, .failed("\(error)"))
      }
    } else {
      ended(node, finish.afterProgram(status))
    }
  }

  /// What an action of this process has still to show.
  func finish(_ node: Int, _ result: AttemptResult) {
    guard let context = records[node].context, let files = records[node].files, let started = records[node].startedAt
    else { return }
    guard result.ending == .succeeded else {
      ended(node, result)
      return
    }
    let finish = AttemptFinish(
      context: context, files: files, duration: (now - started).wholeMilliseconds)
    do {
      try world.submit { JobAnswer(.finished(node, finish.afterAction(result))) }
    } catch {
      ended(node, .failed("\(error)"))
    }
  }

  // MARK: Ending early

  /// Ends one attempt: its program's whole group, or the work in a thread.
  ///
  /// - Parameter grace: how long after SIGTERM it may take; nil: it is killed at once.
  func end(_ node: Int, _ ending: AttemptResult.Ending, grace: Duration?) {
    guard var work = running[node], work.ending == nil else { return }
    work.ending = ending
    work.cancellation.cancel()
    if let program = work.program, work.status == nil {
      program.end(grace: grace)
      work.isTornDown = true
    }
    running[node] = work
    if work.isTornDown { advanceTeardown(node) }
  }

  /// - Parameter sparesFinally: whether what ends a called plan goes on.
  func cancelRunning(_ ending: AttemptResult.Ending, sparesFinally: Bool = false) {
    for node in running.keys.sorted() where !(sparesFinally && planned.nodes[node].isFinally) {
      end(node, ending, grace: options.grace)
    }
  }

  func advanceTeardown(_ node: Int) {
    guard let work = running[node], work.isTornDown, let program = work.program else { return }
    switch program.advance() {
    case .waiting(let until): deadlines.add(.teardown(node), at: until)
    case .gone where work.isLost: ended(node, Supervisor.lost)
    case .gone:
      // The kernel tells the end of the leader as an event of its own.
      guard let status = work.status else { return }
      if work.ending == .cancelled, status.isSuccess {
        finish(node, status)
      } else {
        ended(node, cutOff(work, status, as: work.ending ?? .cancelled))
      }
    case .remains: ended(node, AttemptResult(.inDoubt, reason: "its processes could not be ended"))
    }
  }

  func cutOff(
    _ work: RunningWork, _ status: ExitStatus, as ending: AttemptResult.Ending
  ) -> AttemptResult {
    var result = AttemptResult(ending)
    switch status {
    case .exited(let code): result.exitCode = code
    case .signalled(let signal): result.signal = signal
    }
    switch ending {
    case .timedOut: result.reason = AttemptResult.timeoutReason
    default: result.reason = "it was ended"
    }
    return result
  }

  // MARK: Signals

  func signalled(_ number: Int32) {
    signalCount += 1
    if signalCount == 1 {
      signal = number
      scheduler.handle(.stop)
      observer.stopping(signal: number, drain: options.drain)
      deadlines.add(.drain, at: now + options.drain)
    } else {
      for node in running.keys.sorted() {
        end(node, .cancelled, grace: nil)
        running[node]?.program?.kill()
        advanceTeardown(node)
      }
      scheduler.handle(.halt)
    }
  }

  func fire(_ deadline: Deadline, _ now: BootInstant) throws {
    switch deadline {
    case .retry(let node):
      backingOff.remove(node)
      scheduler.handle(.retryDue(node))
    case .timeout(let node, let attempt):
      if records[node].attempt?.id == attempt { end(node, .timedOut, grace: options.grace) }
    case .teardown(let node): advanceTeardown(node)
    case .drain: cancelRunning(.cancelled)
    case .plan:
      isPastDeadline = true
      scheduler.handle(.stop)
      cancelRunning(.timedOut)
    case .second:
      for work in running.values { work.program?.trimOutput() }
      try world.verifyJournal()
      deadlines.add(.second, at: now + .seconds(1))
    case .progress:
      reportProgress()
      deadlines.add(.progress, at: now + .milliseconds(100))
    }
  }
}

extension Step {
  private var isExternal: Bool { if case .uses = action { true } else { false } }

  /// Whether what comes after its program reads files or runs programs.
  fileprivate var hasMuchToShow: Bool {
    isExternal || action.acceptance != nil || !recordedOutputs.isEmpty || !verify.isEmpty || !expect.stdout.isEmpty
      || !expect.stderr.isEmpty
  }
}
