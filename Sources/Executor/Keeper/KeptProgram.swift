internal import Glibc
internal import Journal
internal import Subprocess

/// A program of a step under a keeper of its own, which takes its output and outlives this process.
final class KeptProgram: StartedProgram {
  private let keeper: Child
  private let marks: MarksFile
  /// Where the program marks its launch, and where the shell does that takes its place.
  private let slots: [Int]
  private let files: AttemptFiles
  private let attempt: Int64
  private(set) var outcome: ProgramOutcome = .direct
  private var hasEnded = false

  /// How long to wait at most before looking again whether the keeper has ended.
  private static let pause = Duration.milliseconds(100)

  /// Starts the keeper, and has it start the program.
  ///
  /// - Parameter secrets: what must not be written.
  init(_ launch: ProgramLaunch, secrets: [[UInt8]], marks: MarksFile) throws {
    let program = try launch.command.request()
    let slots = [try marks.nextSlot(), try marks.nextSlot()]
    files = launch.files
    attempt = launch.attempt
    self.marks = marks
    self.slots = slots
    let request = KeeperRequest(
      nonce: marks.nonce, attempt: launch.attempt, stdoutPath: files.stdout, stderrPath: files.stderr,
      recordPath: files.exitRecord, executable: program.executable, arguments: program.arguments.strings,
      environment: program.environment.strings, directory: program.directory ?? "/",
      fallsBackToShell: launch.command.isDirect, markOffsets: slots.map(Int64.init), limits: launch.limits,
      grace: launch.grace.nanoseconds, masks: true, secrets: secrets, expectations: launch.expectations)
    let lock = try KeeperLock(creating: files.keeper)
    // The program that runs now, even if another one lies at its path meanwhile.
    keeper = try withExtendedLifetime(lock) {
      try KeeperStart.spawn(
        request, program: "/proc/self/exe", label: [String(launch.attempt)], lock: lock.file, marks: marks.file)
    }
  }

  /// What the event loop waits for.
  var child: Child { keeper }

  /// The keeper has ended: how the program did is in its record.
  ///
  /// - Returns: the end of the program; that of the keeper if it left no record.
  func ended(_ status: ExitStatus) -> ExitStatus {
    hasEnded = true
    guard let record = ExitRecord.read(files.exitRecord, attempt: attempt, nonce: marks.nonce) else {
      outcome = .lost
      return status
    }
    outcome = .kept(record)
    switch record.end {
    case .ended(let status): return status
    case .notStarted(_, let code): return .exited(code)
    }
  }

  /// The group of the program, once it was launched and as long as the keeper has not taken its end.
  private var group: ProcessGroup? {
    guard !hasEnded, let mark = slots.reversed().lazy.compactMap({ self.marks.mark(at: $0) }).first, mark.pid > 1
    else { return nil }
    return ProcessGroup(id: Int32(mark.pid))
  }

  /// The keeper keeps the output within its bounds.
  func trimOutput() {}

  func end(grace: Duration?) {
    keeper.group.send(SIGTERM)
    if grace == nil { kill() }
  }

  func kill() { group?.send(SIGKILL) }

  func advance() -> Teardown.Status {
    hasEnded ? .gone : .waiting(until: BootClock.now() + KeptProgram.pause)
  }
}

extension Duration {
  /// Whole nanoseconds, cut off at what 64 bits hold.
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
  }
}
