internal import Glibc
internal import Journal
internal import PlanModel
internal import Subprocess

extension SystemLeg {
  /// Starts a program under a keeper.
  func startKept(_ launch: ProgramLaunch, _ terms: KeeperTerms) throws -> any StartedProgram {
    let files = launch.files
    let command = try launch.command.request()
    let slots = [try marks.nextSlot(), try marks.nextSlot()]
    let request = KeeperRequest(
      nonce: marks.nonce, attempt: launch.attempt, stdoutPath: files.stdout, stderrPath: files.stderr,
      recordPath: files.exitRecord, executable: command.executable, arguments: command.arguments.strings,
      environment: command.environment.strings, directory: launch.command.directory,
      fallsBackToShell: launch.command.isDirect, markOffsets: slots.map(Int64.init), limits: launch.limits,
      timeout: terms.timeout.map { Int64(clamping: $0.wholeMilliseconds) * 1_000_000 },
      grace: Int64(clamping: terms.grace.wholeMilliseconds) * 1_000_000, masks: terms.secrets != nil,
      secrets: terms.secrets ?? [], expectations: terms.expectations,
      input: launch.command.input)
    // The keeper has a copy of the lock from its first moment on; ours goes when it is started.
    let lock = try KeeperLock(creating: files.keeper)
    let child = try KeeperStart.spawn(
      request, program: keeperProgram, label: terms.label, lock: lock.file, marks: marks.file)
    do {
      try loop.watch(child, token: launch.node)
    } catch {
      // Nobody would ever learn of its end.
      _ = kill(child.pid, SIGTERM)
      throw error
    }
    let (marks, nonce) = (marks, marks.nonce)
    let program = KeptSystemProgram(
      keeper: child.pid, outlives: terms.outlives,
      mark: { slots.compactMap { marks.mark(at: $0) }.last },
      record: { ExitRecord.read(files.exitRecord, attempt: launch.attempt, nonce: nonce) })
    kept[launch.node] = program
    return program
  }

  func takeOver(_ attempt: KeptAttempt, node: Int) throws -> any StartedProgram {
    let files = AttemptFiles(state, run: attempt.attempt.run, attempt: attempt.attempt.id)
    let keeper = try watchKeeper(of: files, node: node)
    let (leg, state) = (attempt.leg, state)
    let id = attempt.attempt.id
    let program = KeptSystemProgram(
      keeper: keeper, outlives: true,
      mark: { MarksFile.read(state, leg: leg.id, nonce: leg.nonce)?.last { $0.attempt == id } },
      record: { ExitRecord.read(files.exitRecord, attempt: id, nonce: leg.nonce) })
    kept[node] = program
    if keeper == nil {
      endedKeepers.append(node)
      loop.wakeup.signal()
    }
    return program
  }

  /// Begins to wait for a keeper that is no child of this process.
  ///
  /// - Returns: its process id; nil when it has ended.
  private func watchKeeper(of files: AttemptFiles, node: Int) throws -> Int32? {
    let end = BootClock.now() + Teardown.patience
    while true {
      guard case .held(let number) = try KeeperLock.status(files.keeper) else { return nil }
      if let pid = number.flatMap({ Int32(exactly: $0) }), pid > 1 {
        guard let process = try ForeignProcess(pid: pid) else { continue }
        // Held still, so the descriptor is of the keeper and not of somebody who got its number.
        guard case .held(number) = try KeeperLock.status(files.keeper) else { return nil }
        try loop.watch(process, token: node)
        return pid
      }
      // It has just been started, and will say in a moment as which process.
      guard BootClock.now() < end else {
        throw JournalError.io("\"\(files.keeper)\" is locked, and does not say by which process")
      }
      usleep(5_000)
    }
  }
}
