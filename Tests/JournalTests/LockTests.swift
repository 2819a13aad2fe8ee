import Foundation
import Journal
import Synchronization
import TestSupport
import Testing

private let us = LockHolder(pid: 1, host: "there", since: 0, command: ["test"])

@Test func onlyOneProcessHoldsAPlanAndItsDeathFreesIt() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let child = try ChildRole.holder.start(root: folder.path)
  #expect(ChildRole.wait(folder.path, lines: 1, while: child))
  let holder = LockHolder(
    pid: Int(child.processIdentifier), host: "here", since: 7, command: ["execplan", "apply"], run: 3)
  #expect(try PlanLock.status(state, plan: "p") == .held(by: holder))
  guard case .held(let by) = try PlanLock.acquire(state, plan: "p", holder: us, timeout: .milliseconds(50)) else {
    return #expect(Bool(false), "two holders")
  }
  #expect(by == holder)
  #expect(try PlanLock.status(state, plan: "other") == .free)
  kill(child.processIdentifier, SIGKILL)
  child.waitUntilExit()
  #expect(try PlanLock.status(state, plan: "p") == .free)
  guard case .acquired(let lock) = try PlanLock.acquire(state, plan: "p", holder: us) else {
    return #expect(Bool(false), "the lock outlived its holder")
  }
  #expect(try PlanLock.status(state, plan: "p") == .held(by: us))
  withExtendedLifetime(lock) {}
}

@Test func aChildDoesNotInheritTheLock() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  let sleeper = Process()
  sleeper.executableURL = URL(fileURLWithPath: "/bin/sleep")
  sleeper.arguments = ["600"]
  do {
    guard case .acquired(let lock) = try PlanLock.acquire(state, plan: "p", holder: us) else {
      return #expect(Bool(false), "the lock is not free")
    }
    try sleeper.run()
    #expect(lock.isCurrent)
  }
  defer {
    kill(sleeper.processIdentifier, SIGKILL)
    sleeper.waitUntilExit()
  }
  #expect(try PlanLock.status(state, plan: "p") == .free)
}

@Test func nothingInTheStateDirectoryIsInheritedOverExec() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  try journal.commit([.beginRun(sampleRun(1))])
  let marks = try MarksFile(state, leg: 1)
  let outcome = try PlanLock.acquire(state, plan: "p", holder: us)
  let shared = try StateLock.shared(state, timeout: .zero)
  var names: Set<String> = []
  for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
    guard let file = Int32(name),
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)"),
      target.hasPrefix(state.path)
    else { continue }
    names.insert(String(target.dropFirst(state.path.utf8.count + 1)))
    #expect(fcntl(file, F_GETFD) & FD_CLOEXEC != 0, "\(target)")
  }
  #expect(names.isSuperset(of: ["journal.db", "journal.db-wal", "locks/write", "locks/state", "marks/1.marks"]))
  #expect(names.count >= 6)
  withExtendedLifetime((journal, marks, outcome, shared)) {}
}

@Test func aRemovedLockFileIsNotBelieved() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  guard case .acquired(let lock) = try PlanLock.acquire(state, plan: "p", holder: us) else {
    return #expect(Bool(false), "the lock is not free")
  }
  try FileManager.default.removeItem(atPath: state.locks)
  #expect(!lock.isCurrent)
}

@Test func aLockWonOnARemovedFileIsTakenAgain() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  var first: PlanLock?
  if case .acquired(let lock) = try PlanLock.acquire(state, plan: "p", holder: us) { first = lock }
  let path = state.locks + "/" + (try #require(FileManager.default.contentsOfDirectory(atPath: state.locks).first))
  let acquired = Mutex<PlanLock?>(nil)
  let done = DispatchSemaphore(value: 0)
  // A thread of its own: those of the tests may all be busy for longer than any time-out.
  Thread.detachNewThread {
    if case .acquired(let lock) = try? PlanLock.acquire(state, plan: "p", holder: us, timeout: .seconds(900)) {
      acquired.withLock { $0 = lock }
    }
    done.signal()
  }
  // Until the other has the file open and waits for it.
  try waitUntil { try openCount(path) == 2 }
  try FileManager.default.removeItem(atPath: path)
  withExtendedLifetime(first) {}
  first = nil
  done.wait()
  #expect(acquired.withLock { $0?.isCurrent } == true)
}

/// A program that a killed holder was just starting has a copy of the descriptor until its exec.
@Test func aDeadHolderIsWaitedFor() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  let gone = try Execplan.startOther("/bin/true", [], in: folder)
  _ = gone.wait()
  let dead = LockHolder(pid: Int(gone.pid), host: Machine.current.host, since: 0, command: ["test"])
  guard case .acquired(let first) = try PlanLock.acquire(state, plan: "p", holder: dead) else {
    return #expect(Bool(false), "the lock is not free")
  }
  Thread.detachNewThread {
    usleep(100_000)
    first.release()
  }
  guard case .acquired = try PlanLock.acquire(state, plan: "p", holder: us) else {
    return #expect(Bool(false), "the dead holder was not waited for")
  }
}

/// How often this process has a file open.
private func openCount(_ path: String) throws -> Int {
  try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
  }
}

@Test func anUnreadableNoteStillMeansHeld() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  guard case .acquired(let lock) = try PlanLock.acquire(state, plan: "p", holder: us) else {
    return #expect(Bool(false), "the lock is not free")
  }
  let name = try #require(try FileManager.default.contentsOfDirectory(atPath: state.locks).first)
  for note in ["", "{", "[1]", "{\"pid\":1}", "\u{0}"] {
    try Data(note.utf8).write(to: URL(fileURLWithPath: state.locks + "/" + name), options: [])
    #expect(try PlanLock.status(state, plan: "p") == .held(by: nil))
  }
  withExtendedLifetime(lock) {}
}

@Test func sharedAndExclusiveStateLocksExcludeEachOther() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  do {
    let one = try #require(try StateLock.shared(state, timeout: .zero))
    let other = try #require(try StateLock.shared(state, timeout: .zero))
    #expect(try StateLock.exclusive(state, timeout: .milliseconds(20)) == nil)
    withExtendedLifetime((one, other)) {}
  }
  let alone = try #require(try StateLock.exclusive(state, timeout: .zero))
  #expect(try StateLock.shared(state, timeout: .milliseconds(20)) == nil)
  withExtendedLifetime(alone) {}
}
