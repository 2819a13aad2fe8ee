package import Digest
package import Journal
package import PlanModel
package import Planner
package import Subprocess

/// What executing a plan touches of the world, the files of the project apart: clocks, the machine, programs, the
/// journal with its locks, and the files of the state directory.
///
/// The program has one, `SystemWorld`; a simulation has its own, with clocks, disks and crashes of its making. It is
/// asked from any thread.
package protocol ExecutionWorld: Sendable {
  var machine: Machine { get }
  /// Of this process.
  var pid: Int { get }
  /// Milliseconds since 1970, UTC: for display and expiry.
  func wallNow() -> Int64
  /// What timeouts and durations are measured by.
  func bootNow() -> BootInstant
  /// In 0..<1, for the jitter of retries.
  func random() -> Double

  // MARK: An invocation that executes

  /// Begins it: signals are taken as events from now on.
  func beginInvocation() throws -> any InvocationWorld

  // MARK: The journal and its locks

  /// Whether a journal is there already; nothing is made.
  func hasJournal(_ state: StateDirectory) -> Bool
  /// Opens the journal for writing, making what is missing.
  func openJournal(_ state: StateDirectory) throws(JournalError) -> any JournalStore
  /// Keeps the state directory from being maintained for as long as the answer is kept; nil when it is being
  /// maintained for the whole time.
  func shareState(_ state: StateDirectory, timeout: Duration) throws(JournalError) -> AnyObject?
  func lockPlan(
    _ key: String, in state: StateDirectory, holder: LockHolder, timeout: Duration
  ) throws(JournalError) -> LockedPlan
  /// Takes nothing.
  func planLock(_ key: String, in state: StateDirectory) throws(JournalError) -> PlanLock.Status

  // MARK: Marks of launches

  /// The marks of a leg; nil if they cannot be believed.
  func marks(leg: Int64, nonce: String, in state: StateDirectory) -> [Mark]?
  func removeMarks(leg: Int64, in state: StateDirectory)

  // MARK: What dead legs left

  /// All processes of the machine.
  func processes() -> ProcessSnapshot
  /// Whether a process group has members, such as wait to be reaped among them.
  func answers(group: Int32) -> Bool
  func send(_ signal: Int32, toGroup group: Int32)
  func send(_ signal: Int32, toProcess pid: Int32)
  /// Asks for the keeper of an attempt by the path of its lock; one that can't be asked for counts as alive.
  func keeper(_ path: String) -> KeeperLock.Status
  /// What the keeper of an attempt wrote about its end.
  func exitRecord(_ path: String, attempt: Int64, nonce: String) -> ExitRecord?

  // MARK: Programs that are asked

  /// Runs a program of a check or a guard to its end.
  func complete(
    _ command: ProgramCommand, timeout: Duration?, cancellation: Cancellation
  ) throws -> Completion

  /// Starts a program that is asked again and again.
  func converse(
    _ command: ProgramCommand, timeout: Duration?, cancellation: Cancellation
  ) throws -> Conversation

  /// Does the work of an action in the calling thread; its result says what it used, where that is counted.
  func measured(_ work: () -> AttemptResult) -> AttemptResult

  // MARK: Waiting

  /// Blocks the thread for a while; true when that was cut short, as the attempt is to end.
  func pause(_ duration: Duration, cancellation: Cancellation) -> Bool
  /// Tries to connect to a server, and closes the connection; nil when it could be made, else why not.
  func connect(host: String, port: Int, timeout: Duration, cancellation: Cancellation) -> String?

  // MARK: Effects of our own

  /// Makes a file as desired, durably.
  ///
  /// - Returns: why what was there can't be brought back; nil when it can.
  func write(_ desired: DesiredFile, with writer: FileWriter) throws -> String?
  /// What an attempt put at a path of the plan, whatever became of the attempt; nil: nothing, or nobody knows.
  func written(at path: String, by attempt: Attempt, in state: StateDirectory) -> SHA256Digest?
  func run(_ sql: SQLRunner) -> AttemptResult
  /// Whether the transaction with this token was committed to a database.
  ///
  /// - Throws: when that cannot be told, as while the transaction still goes on.
  func hasToken(_ token: String, in database: TokenDatabase) throws -> Bool

  // MARK: Files

  func makePrivateFolder(_ path: String) throws(SystemError)
  /// The beginning of a file of the state directory, nil when it is not there.
  func readPrivateFile(_ path: String, upTo count: Int) throws(SystemError) -> [UInt8]?
  func removePrivateFile(_ path: String)
  /// Puts a file of the state directory in place as a whole, on the disk.
  func replacePrivateFile(_ path: String, with bytes: [UInt8]) throws(SystemError)
  /// Moves a file out of the way; false if that could not be done. Both paths are absolute.
  func moveAside(_ path: String, to target: String) -> Bool
  /// Puts what is at an absolute path on the disk, if it can be opened.
  ///
  /// - Returns: whether what was found could be synced.
  func sync(_ path: String) -> Bool
}

/// What came of asking for the lock of a plan.
package enum LockedPlan {
  case acquired(any HeldPlan)
  /// By somebody; nil if the holder left no readable note.
  case held(by: LockHolder?)
}

/// The lock of a plan as its holder has it; it ends with the holder at the latest.
package protocol HeldPlan: AnyObject, Sendable {
  /// Writes who holds the lock.
  func update(_ holder: LockHolder) throws(JournalError)
  /// Gives the lock back.
  func release()
}

/// One invocation that executes: signals of the process come to it.
package protocol InvocationWorld: AnyObject {
  /// Whether a signal waits to be taken by a leg.
  var hasPendingSignal: Bool { get }
  /// Waits until an instant; the signal that ended the waiting, if one came.
  func signal(until instant: BootInstant) throws -> Int32?
  /// What a leg waits for and starts.
  ///
  /// - Parameter jobs: how many steps may run at the same time.
  func openLeg(
    _ id: Int64, in state: StateDirectory, journal: any JournalStore, jobs: Int
  ) throws -> any LegWorld
}

/// A world in which nothing survives the execplan that started it.
extension ExecutionWorld {
  package func processes() -> ProcessSnapshot {
    let first = ProcessRecord(
      pid: 1, name: "init", state: UInt8(ascii: "S"), parent: 0, group: 1, session: 1, startTicks: 0)
    return ProcessSnapshot(processes: [.init(record: first)])
  }

  package func pause(_ duration: Duration, cancellation: Cancellation) -> Bool { cancellation.isCancelled }
  package func connect(host: String, port: Int, timeout: Duration, cancellation: Cancellation) -> String? {
    "connection refused"
  }
  package func answers(group: Int32) -> Bool { false }
  package func send(_ signal: Int32, toGroup group: Int32) {}
  package func send(_ signal: Int32, toProcess pid: Int32) {}
  package func keeper(_ path: String) -> KeeperLock.Status { .none }
  package func exitRecord(_ path: String, attempt: Int64, nonce: String) -> ExitRecord? { nil }
}

/// A world whose programs answer only once.
extension ExecutionWorld {
  package func converse(
    _ command: ProgramCommand, timeout: Duration?, cancellation: Cancellation
  ) throws -> Conversation {
    throw SystemError("talk to \"\(command.executable)\"", code: 38)
  }
}

/// A world in which nobody counts what is used.
extension ExecutionWorld {
  package func measured(_ work: () -> AttemptResult) -> AttemptResult { work() }
}

extension InvocationWorld {
  package func signal(until instant: BootInstant) throws -> Int32? { nil }
}

extension ExecutionWorld {
  package func removePrivateFile(_ path: String) { PrivateFile.remove(path) }

  package func replacePrivateFile(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    try PrivateFile.replace(path, with: bytes)
  }

  /// The content of a small file of the state directory; nil when it is not there.
  ///
  /// - Throws: when it cannot be read, or is larger than `limit`.
  func readPrivateFile(_ path: String, limit: Int) throws(SystemError) -> [UInt8]? {
    let bytes = try readPrivateFile(path, upTo: limit + 1)
    if let bytes, bytes.count > limit { throw PrivateFile.tooLarge(path) }
    return bytes
  }
}
