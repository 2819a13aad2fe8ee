package import Digest
internal import Glibc
package import Journal
package import PlanModel
package import Planner
package import Subprocess

/// The world as it is: this machine, its clocks, its disks and its processes.
package struct SystemWorld: ExecutionWorld {
  private let keeperProgram: String

  /// - Parameter keeperProgram: what is started as a keeper: this very program, also after its file was replaced.
  package init(keeperProgram: String = "/proc/self/exe") {
    self.keeperProgram = keeperProgram
  }

  package var machine: Machine { .current }
  package var pid: Int { Int(getpid()) }
  package func wallNow() -> Int64 { WallClock.now() }
  package func bootNow() -> BootInstant { BootClock.now() }
  package func random() -> Double { Double.random(in: 0..<1) }

  package func beginInvocation() throws -> any InvocationWorld { try SystemInvocation(keeperProgram: keeperProgram) }

  // MARK: The journal and its locks

  package func hasJournal(_ state: StateDirectory) -> Bool {
    unsafe access(state.journal, F_OK) == 0 || errno != ENOENT
  }

  package func openJournal(_ state: StateDirectory) throws(JournalError) -> any JournalStore {
    let journal = try Journal(state)
    try journal.requireLaunchesKnown()
    return journal
  }

  package func shareState(_ state: StateDirectory, timeout: Duration) throws(JournalError) -> AnyObject? {
    try StateLock.shared(state, timeout: timeout)
  }

  package func lockPlan(
    _ key: String, in state: StateDirectory, holder: LockHolder, timeout: Duration
  ) throws(JournalError) -> LockedPlan {
    switch try PlanLock.acquire(state, plan: key, holder: holder, timeout: timeout) {
    case .acquired(let lock): .acquired(lock)
    case .held(let holder): .held(by: holder)
    }
  }

  package func planLock(_ key: String, in state: StateDirectory) throws(JournalError) -> PlanLock.Status {
    try PlanLock.status(state, plan: key)
  }

  // MARK: Marks of launches

  package func marks(leg: Int64, nonce: String, in state: StateDirectory) -> [Mark]? {
    MarksFile.read(state, leg: leg, nonce: nonce)
  }

  package func removeMarks(leg: Int64, in state: StateDirectory) { MarksFile.remove(state, leg: leg) }

  // MARK: What dead legs left

  package func processes() -> ProcessSnapshot { .take() }
  package func answers(group: Int32) -> Bool { ProcessGroup(id: group).send(0) }
  package func send(_ signal: Int32, toGroup group: Int32) { ProcessGroup(id: group).send(signal) }
  package func send(_ signal: Int32, toProcess pid: Int32) { _ = kill(pid, signal) }
  package func keeper(_ path: String) -> KeeperLock.Status { (try? KeeperLock.status(path)) ?? .held(pid: nil) }

  package func exitRecord(_ path: String, attempt: Int64, nonce: String) -> ExitRecord? {
    ExitRecord.read(path, attempt: attempt, nonce: nonce)
  }

  // MARK: Programs that are asked

  package func complete(
    _ command: ProgramCommand, timeout: Duration?, cancellation: Cancellation
  ) throws -> Completion {
    let options = try options(command, timeout, cancellation)
    try command.writeScriptFile()
    defer { if let file = command.scriptFile { PrivateFile.remove(file.path) } }
    return try Completion.run(try command.request(), options)
  }

  package func converse(
    _ command: ProgramCommand, timeout: Duration?, cancellation: Cancellation
  ) throws -> Conversation {
    try Conversation(try command.request(), try options(command, timeout, cancellation))
  }

  private func options(
    _ command: ProgramCommand, _ timeout: Duration?, _ cancellation: Cancellation
  ) throws(SystemError) -> CompletionOptions {
    // Without it nothing could end the program of an attempt.
    guard let wakeup = cancellation.wakeup else { throw SystemError("make a wake-up descriptor", code: EMFILE) }
    var options = CompletionOptions(
      input: command.input, limit: command.outputLimit, endsWhenCut: command.endsWhenCut, timeout: timeout,
      cancellation: wakeup)
    options.interrupts = command.isInterrupted
    return options
  }

  package func measured(_ work: () -> AttemptResult) -> AttemptResult {
    var (result, usage) = ThreadUsage.measuring(work)
    result.usage = usage.map { AttemptUsage($0) }
    return result
  }

  // MARK: Waiting

  package func pause(_ duration: Duration, cancellation: Cancellation) -> Bool {
    guard let wakeup = cancellation.wakeup else { return true }
    return wakeup.wait(until: bootNow() + duration)
  }

  package func connect(host: String, port: Int, timeout: Duration, cancellation: Cancellation) -> String? {
    TCPConnection.problem(host: host, port: port, until: bootNow() + timeout, cancellation: cancellation.wakeup)
  }

  // MARK: Effects of our own

  package func write(_ desired: DesiredFile, with writer: FileWriter) throws -> String? { try writer.apply(desired) }

  package func written(at path: String, by attempt: Attempt, in state: StateDirectory) -> SHA256Digest? {
    guard let record = UndoStore(state).record(run: attempt.run, attempt: attempt.id), record.path == path else {
      return nil
    }
    return record.after.digest
  }

  package func run(_ sql: SQLRunner) -> AttemptResult { sql.run() }

  package func hasToken(_ token: String, in database: TokenDatabase) throws -> Bool {
    switch database {
    case .sqlite(let path): try Token.isThere(token, in: path)
    case .postgres(let session): try session.hasToken(token)
    }
  }

  // MARK: Files

  package func makePrivateFolder(_ path: String) throws(SystemError) { try PrivateFolder.make(path) }

  package func readPrivateFile(_ path: String, upTo count: Int) throws(SystemError) -> [UInt8]? {
    try PrivateFile.read(path, upTo: count)
  }

  package func moveAside(_ path: String, to target: String) -> Bool { unsafe rename(path, target) == 0 }

  package func sync(_ path: String) -> Bool {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return true }
    defer { close(file) }
    // Some file systems have no sync of folders.
    return fsync(file) == 0 || errno == EINVAL
  }
}

extension PlanLock: HeldPlan {}

/// An invocation of this process.
final class SystemInvocation: InvocationWorld {
  private let loop: EventLoop
  private let keeperProgram: String

  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// To be made before any thread is started: threads inherit the mask.
  init(keeperProgram: String) throws {
    self.keeperProgram = keeperProgram
    loop = try EventLoop(signals: SystemInvocation.signals)
  }

  var hasPendingSignal: Bool {
    var pending = sigset_t()
    guard unsafe sigpending(&pending) == 0 else { return false }
    return SystemInvocation.signals.contains { unsafe sigismember(&pending, $0) == 1 }
  }

  func signal(until instant: BootInstant) throws -> Int32? {
    while true {
      for event in try loop.wait(until: instant) {
        if case .signal(let number) = event { return number }
      }
      if BootClock.now() >= instant { return nil }
    }
  }

  func openLeg(
    _ id: Int64, in state: StateDirectory, journal: any JournalStore, jobs: Int
  ) throws -> any LegWorld {
    try SystemLeg(id, in: state, journal: journal, jobs: jobs, loop: loop, keeperProgram: keeperProgram)
  }
}
