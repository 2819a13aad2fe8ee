internal import Digest
internal import FaultPoints
internal import Glibc
internal import Synchronization

/// The exclusive lock of one plan: whoever holds it is the only one to execute the plan.
package final class PlanLock: Sendable {
  package enum Outcome: Sendable {
    case acquired(PlanLock)
    /// By somebody; nil if the holder left no readable note.
    case held(by: LockHolder?)
  }

  package enum Status: Hashable, Sendable {
    case free
    case held(by: LockHolder?)
  }

  private let lock: FileLock
  private let isReleased = Atomic(false)

  /// How long a dead holder is waited for. If it was killed while it started a program, that has a copy of the
  /// descriptor until its exec, which comes at once on a machine that is not overloaded.
  private static let inheritedFor = Duration.seconds(5)

  /// A command line can be long; more than this is no note of ours.
  private static let noteLimit = 64 * 1024

  private init(_ lock: FileLock) { self.lock = lock }

  deinit { release() }

  /// Gives the lock back; the second time it does nothing, as the note may be somebody else's by then.
  package func release() {
    guard !isReleased.exchange(true, ordering: .acquiringAndReleasing) else { return }
    _ = ftruncate(lock.file, 0)
    lock.unlock()
  }

  /// Takes the lock of a plan, waiting for at most `timeout`; the state directory must exist.
  package static func acquire(
    _ state: StateDirectory, plan key: String, holder: LockHolder, timeout: Duration = .zero
  ) throws(JournalError) -> Outcome {
    let path = path(state, key)
    var taken = try FileLock.acquire(path: path, .exclusive, timeout: timeout)
    if taken == nil, note(path)?.isDead == true {
      taken = try FileLock.acquire(path: path, .exclusive, timeout: inheritedFor)
    }
    guard let lock = taken else { return .held(by: note(path)) }
    let planLock = PlanLock(lock)
    faultPoint(.planLockTaken)
    try planLock.update(holder)
    return .acquired(planLock)
  }

  /// Asks who holds the lock of a plan; takes nothing and makes nothing.
  package static func status(_ state: StateDirectory, plan key: String) throws(JournalError) -> Status {
    let path = path(state, key)
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return .free }
      throw systemError("cannot open \"\(path)\"")
    }
    defer { close(file) }
    return try FileLock.isHeld(file, path: path) ? .held(by: note(path)) : .free
  }

  /// Writes who holds the lock.
  package func update(_ holder: LockHolder) throws(JournalError) {
    guard ftruncate(lock.file, 0) == 0 else { throw systemError("cannot write \"\(lock.path)\"") }
    try writeAll(Array((RowCoding.encode(holder) + "\n").utf8), to: lock.file, at: 0, path: lock.path)
  }

  /// Whether the lock file is still in its place; if not, somebody else could execute the plan.
  package var isCurrent: Bool { lock.isCurrent }

  /// Keys hold slashes and anything else; their digest makes a file name.
  private static func path(_ state: StateDirectory, _ key: String) -> String {
    "\(state.locks)/\(SHA256.digest(of: key).hex.prefix(32)).lock"
  }

  private static func note(_ path: String) -> LockHolder? {
    guard let file = try? openPrivate(path, O_RDONLY) else { return nil }
    defer { close(file) }
    guard let bytes = try? readAll(file, limit: noteLimit, path: path) else { return nil }
    return RowCoding.decodeHolder(bytes)
  }
}
