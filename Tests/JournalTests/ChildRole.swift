import Foundation
import Glibc
import Journal
import PlanModel
import TestSupport
import Testing

/// What this test binary does when a test starts it again as another process.
enum ChildRole: String {
  /// Commits for ever, and notes each commit in a ledger after it.
  case writer
  /// Takes the lock of plan "p", says so, and holds it.
  case holder
  /// Takes ids and writes them to the ledger.
  case ids
  /// Makes a state directory under a umask that takes every right away.
  case hostileUmask

  static let roleVariable = "EXECPLAN_TEST_ROLE"
  static let rootVariable = "EXECPLAN_TEST_ROOT"

  static var current: ChildRole? { getEnvironment(roleVariable).flatMap { ChildRole(rawValue: $0) } }

  static var root: String { getEnvironment(rootVariable) ?? "" }

  static func ledger(_ root: String) -> String { root + "/ledger" }

  private static func getEnvironment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

  /// Starts this binary again in a role.
  func start(root: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(
      fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    process.arguments = ["--testing-library", "swift-testing", "--filter", "playsItsRole"]
    var environment = ProcessInfo.processInfo.environment
    environment[ChildRole.roleVariable] = rawValue
    environment[ChildRole.rootVariable] = root
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Appends a line in one write, so that a kill leaves whole lines.
  static func note(_ text: String) {
    let file = unsafe open(ledger(root), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    // A role may have a umask that keeps the parent out.
    fchmod(file, 0o600)
    let line = Array((text + "\n").utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  static func lines(_ root: String) -> [String] {
    let data = FileManager.default.contents(atPath: ledger(root)) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Waits until the ledger has so many lines.
  static func wait(_ root: String, lines count: Int, while process: Process) -> Bool {
    // A minute: a child that hangs fails its test instead of stopping all.
    _ = becomesTrue(within: 60) { lines(root).count >= count || !process.isRunning }
    return lines(root).count >= count
  }
}

@Test(.enabled(if: ChildRole.current != nil)) func playsItsRole() throws {
  let role = try #require(ChildRole.current)
  let state = StateDirectory(root: ChildRole.root)
  switch role {
  case .writer:
    let journal = try Journal(state)
    let run = try journal.nextRunID()
    let leg = try journal.nextLegID()
    try journal.commit([.beginRun(sampleRun(run)), .beginLeg(sampleLeg(leg, run: run))])
    for index in 0..<1_000_000 {
      let id = try journal.nextAttemptID()
      let step = "step-\(index % 50)"
      var attempt = sampleAttempt(id, run: run, leg: leg, step: step)
      try journal.commit([.claim(attempt)])
      attempt.state = .succeeded
      let sequence = try journal.commit([
        .endAttempt(attempt), .checkpoint(sampleCheckpoint(run: run, step: step, attempt: id)),
        .event(run: run, Event(.stepFinished, step: step, at: 1)),
      ])
      ChildRole.note("\(id) \(sequence[0])")
    }
  case .holder:
    try state.create()
    let holder = LockHolder(pid: Int(getpid()), host: "here", since: 7, command: ["execplan", "apply"], run: 3)
    if case .acquired(let lock) = try PlanLock.acquire(state, plan: "p", holder: holder) {
      ChildRole.note("held")
      sleep(600)
      withExtendedLifetime(lock) {}
    }
  case .ids:
    let journal = try Journal(state)
    for _ in 0..<3 {
      let run = try journal.nextRunID()
      let leg = try journal.nextLegID()
      try journal.commit([.beginRun(sampleRun(run)), .beginLeg(sampleLeg(leg, run: run))])
      ChildRole.note("run \(run)")
      ChildRole.note("leg \(leg)")
      for _ in 0..<200 {
        let id = try journal.nextAttemptID()
        try journal.commit([.claim(sampleAttempt(id, run: run, leg: leg, step: "s"))])
        ChildRole.note("attempt \(id)")
      }
    }
  case .hostileUmask:
    umask(0o777)
    let journal = try Journal(state)
    let run = try journal.nextRunID()
    try journal.commit([.beginRun(sampleRun(run))])
    let holder = LockHolder(pid: 1, host: "", since: 0, command: [])
    let lock = try PlanLock.acquire(state, plan: "p", holder: holder)
    let marks = try MarksFile(state, leg: 1)
    ChildRole.note("done")
    // The files beside the journal exist only while it is open.
    sleep(600)
    withExtendedLifetime((journal, lock, marks)) {}
  }
}
