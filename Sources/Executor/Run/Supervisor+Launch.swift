internal import FaultPoints
internal import Glibc
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

extension Supervisor {
  /// Starts what is claimed: a program, or the work of a thread.
  func launch(_ node: Int) {
    faultPoint(.beforeLaunch)
    let step = planned.nodes[node].step
    records[node].startedAt = BootClock.now()
    records[node].attempt?.startedAt = WallClock.now()
    records[node].state = .running
    records[node].ranInRun = true
    guard let context = records[node].context, let files = records[node].files, let attempt = records[node].attempt
    else {
      preconditionFailure("a launch comes after a claim")
    }
    running[node] = RunningWork(cancellation: context.cancellation)
    if let timeout = step.timeout {
      deadlines.add(.timeout(node: node, attempt: attempt.id), at: BootClock.now() + timeout)
    }
    do {
      if InProcessAction.handles(step.action) {
        try start(step, node, context, files, attempt)
      } else if let command = records[node].command {
        try spawn(command, node, files, attempt)
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
    try marks.mark(attempt: attempt.id)
    if !step.verify.isEmpty || step.probesWithPrograms { try files.makeFolder() }
    if case .check = step.action { try files.makeFolder() }
    let answers = jobAnswers
    let now = WallClock.now()
    try pool.submit {
      let result = InProcessAction.perform(context, attempt: attempt.id, scratch: files.scratch, now: now)
      faultPoint(.afterAction)
      answers.post(.performed(node, result))
    }
  }

  private func spawn(_ command: ProgramCommand, _ node: Int, _ files: AttemptFiles, _ attempt: Attempt) throws {
    if !hasLogFolder {
      try files.makeFolder()
      hasLogFolder = true
    }
    let expects = planned.nodes[node].step.expect
    let limits: CaptureLimits =
      expects.stdout.isEmpty && expects.stderr.isEmpty
      ? .default : CaptureLimits(total: Int64(AttemptFiles.expectLimit), head: 1 << 20)
    let injected = injectedError(.outputMade)
    guard injected == 0 else { throw SystemError("create \"\(files.stdout)\"", code: injected) }
    let stdout = try CapturedFile(creating: files.stdout, limits: limits)
    let stderr = try CapturedFile(creating: files.stderr, limits: limits)
    try command.writeScriptFile()
    var request = try command.request()
    request.output = stdout.descriptor
    request.errorOutput = stderr.descriptor
    request.mark = MarkSlot(
      descriptor: marks.file, offset: Int64(try marks.nextSlot()), attempt: UInt64(bitPattern: attempt.id))
    let child = try start(request, of: command, attempt)
    faultPoint(.afterSpawn)
    running[node]?.child = child
    running[node]?.stdout = stdout
    running[node]?.stderr = stderr
    do {
      try loop.watch(child, token: node)
    } catch {
      // Nobody would ever learn of its end.
      child.group.send(SIGKILL)
      throw error
    }
  }

  private func start(_ request: SpawnRequest, of command: ProgramCommand, _ attempt: Attempt) throws -> Child {
    do {
      return try Child.spawn(request)
    } catch {
      guard command.isDirect, case .unknownFormat = error else { throw error }
    }
    // What the kernel does not know, a shell takes for a script.
    var shell = request
    shell.executable = "/bin/sh"
    shell.arguments = StringBlock(["sh", command.executable] + command.arguments.dropFirst())
    shell.mark = MarkSlot(
      descriptor: marks.file, offset: Int64(try marks.nextSlot()), attempt: UInt64(bitPattern: attempt.id))
    return try Child.spawn(shell)
  }

  /// A program ended.
  func exited(_ node: Int, _ status: ExitStatus) {
    guard var work = running[node] else { return }
    faultPoint(.afterExit)
    work.status = status
    running[node] = work
    if work.teardown != nil {
      advanceTeardown(node)
    } else {
      finish(node, status)
    }
  }

  /// What a program that ended by itself has still to show.
  private func finish(_ node: Int, _ status: ExitStatus) {
    guard let context = records[node].context, let files = records[node].files, let started = records[node].startedAt
    else { return }
    let finish = AttemptFinish(
      context: context, files: files, duration: (BootClock.now() - started).wholeMilliseconds)
    if context.step.hasMuchToShow {
      let answers = jobAnswers
      do {
        try pool.submit { answers.post(.finished(node, finish.afterProgram(status))) }
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
      context: context, files: files, duration: (BootClock.now() - started).wholeMilliseconds)
    let answers = jobAnswers
    do {
      try pool.submit { answers.post(.finished(node, finish.afterAction(result))) }
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
    if let child = work.child, work.status == nil {
      work.teardown = Teardown(child.group, grace: grace)
    }
    running[node] = work
    if work.teardown != nil { advanceTeardown(node) }
  }

  func cancelRunning(_ ending: AttemptResult.Ending) {
    for node in running.keys.sorted() { end(node, ending, grace: options.grace) }
  }

  func advanceTeardown(_ node: Int) {
    guard var work = running[node], var teardown = work.teardown else { return }
    let state = teardown.advance()
    work.teardown = teardown
    running[node] = work
    switch state {
    case .waiting(let until): deadlines.add(.teardown(node), at: until)
    case .gone:
      // The kernel tells the end of the leader as an event of its own.
      guard let status = work.status else { return }
      if work.ending == .cancelled, status.isSuccess {
        finish(node, status)
      } else {
        ended(node, cutOff(work, status))
      }
    case .remains: ended(node, AttemptResult(.inDoubt, reason: "its processes could not be ended"))
    }
  }

  private func cutOff(_ work: RunningWork, _ status: ExitStatus) -> AttemptResult {
    let ending = work.ending ?? .cancelled
    var result = AttemptResult(ending)
    switch status {
    case .exited(let code): result.exitCode = code
    case .signalled(let signal): result.signal = signal
    }
    switch ending {
    case .timedOut: result.reason = "it ran longer than its timeout"
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
      deadlines.add(.drain, at: BootClock.now() + options.drain)
    } else {
      for node in running.keys.sorted() {
        end(node, .cancelled, grace: nil)
        running[node]?.teardown?.kill()
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
      for work in running.values {
        for file in [work.stdout, work.stderr] { _ = try? file?.trim() }
      }
      try commits.verify()
      deadlines.add(.second, at: now + .seconds(1))
    case .progress:
      reportProgress()
      deadlines.add(.progress, at: now + .milliseconds(100))
    }
  }
}

extension Step {
  /// Whether what comes after its program reads files or runs programs.
  fileprivate var hasMuchToShow: Bool {
    !recordedOutputs.isEmpty || !verify.isEmpty || !expect.stdout.isEmpty || !expect.stderr.isEmpty
  }
}
