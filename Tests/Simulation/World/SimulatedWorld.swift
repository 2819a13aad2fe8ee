internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Subprocess

/// A machine with a disk, a clock, programs and people, all decided by a seed; it outlives what it kills.
///
/// It belongs to one thread: the code under test believes that it has others.
final class SimulatedWorld: ExecutionWorld, @unchecked Sendable {
  let scenario: Scenario
  var dice: SeededRandom
  /// Nanoseconds since the simulation began.
  var now: Int64 = 0
  private var bootedAt: Int64 = 0
  private(set) var bootNumber = 1
  /// Nanoseconds by which the wall clock was set.
  private var wallOffset: Int64 = 0
  /// Whether what ended later has a later time.
  private(set) var isClockTrue = true

  var plan: SimulatedPlan
  var disk = SimulatedDisk()
  let journal = MemoryJournal()
  private var isJournalMade = false
  var ledger = Ledger()
  /// By attempt, the file that it wrote, and its content.
  var writtenFiles: [Int64: (path: String, content: String)] = [:]
  let audit: Audit
  private var lockOwner: Int?
  private var marks: [Int64: Marks] = [:]
  /// By invocation, its leg.
  var legs: [Int: SimulatedLeg] = [:]

  /// The one that is under way; a second apply is one within another.
  private(set) var invocation = 0
  private var invocations: [InvocationState] = []
  /// Applies the plan beside what is under way.
  var applyAgain: (() -> Void)?

  private(set) var violation: Violation?
  var coverage = Coverage()
  private(set) var story: [String] = []
  var isTelling = false
  /// The steps that a forecast for the invocation under way said are skipped.
  var forecastSkips: Set<String> = []

  private struct InvocationState {
    var places = 0
    var faults: [Scenario.Fault]
    /// Came due at a place of another kind.
    var waiting: [Scenario.Fault.Kind] = []
    var isGone = false
    var signals = 0
    var wasHit = false
  }

  private struct Marks {
    var nonce: String
    var boot: Int
    var attempts: [Int64]
  }

  enum PlaceKind { case any, commit, spawn }

  static let root = "/sim"
  /// 2026-01-01T00:00:00Z in nanoseconds.
  private static let epoch: Int64 = 1_767_225_600_000_000_000

  init(_ scenario: Scenario, withFaults: Bool) {
    var scenario = scenario
    if !withFaults {
      scenario.faults = []
      scenario.rollback?.faults = []
    }
    self.scenario = scenario
    dice = SeededRandom(scenario.schedule)
    plan = scenario.rounds[0].plan
    audit = Audit()
    audit.world = self
  }

  // MARK: Promises

  /// A promise is broken: nothing after that counts.
  func fail(_ promise: String, _ what: String) {
    if violation == nil {
      violation = Violation(promise: promise, what: what)
      tell("VIOLATED: \(promise): \(what)")
    }
    for index in invocations.indices { invocations[index].isGone = true }
  }

  func tell(_ line: @autoclosure () -> String) {
    guard isTelling else { return }
    let micros = now / 1000
    story.append("\(micros / 1000).\(String(1000 + micros % 1000).dropFirst()) ms  \(line())")
  }

  func tellCommit(_ writes: [JournalWrite]) {
    guard isTelling else { return }
    tell("  commit: " + writes.compactMap { Telling.text(of: $0) }.joined(separator: ", "))
  }

  // MARK: Invocations and what goes wrong in them

  func enter() -> Int { enter(scenario.faults.filter { $0.invocation == invocations.count }) }

  /// - Parameter number: of the invocations of a rollback.
  func enter(rollback number: Int) -> Int {
    enter(scenario.rollback?.faults.filter { $0.invocation == number } ?? [])
  }

  private func enter(_ faults: [Scenario.Fault]) -> Int {
    invocations.append(InvocationState(faults: faults))
    invocation = invocations.count - 1
    return invocation
  }

  /// Begins one within another; nothing goes wrong in it.
  func enterBeside() -> Int {
    invocations.append(InvocationState(faults: []))
    invocation = invocations.count - 1
    return invocation
  }

  func resume(_ invocation: Int) { self.invocation = invocation }

  func isGone(_ invocation: Int) -> Bool { invocations[invocation].isGone }
  func wasHit(_ invocation: Int) -> Bool { invocations[invocation].wasHit }
  var isCurrentGone: Bool { invocations.isEmpty || invocations[invocation].isGone }

  func hasPendingSignal(_ invocation: Int) -> Bool { invocations[invocation].signals > 0 }

  func takeSignal(_ invocation: Int) -> Bool {
    guard invocations[invocation].signals > 0 else { return false }
    invocations[invocation].signals -= 1
    return true
  }

  /// A place where something can go wrong.
  ///
  /// - Returns: what goes wrong, if the caller must do it.
  func place(
    _ name: @autoclosure () -> String, by invocation: Int, _ kind: PlaceKind = .any
  ) throws(Gone) -> Scenario.Fault.Kind? {
    if invocations[invocation].isGone { throw Gone() }
    let number = invocations[invocation].places
    invocations[invocation].places += 1
    for fault in invocations[invocation].faults where fault.place == number {
      invocations[invocation].waiting.append(fault.kind)
    }
    while let index = invocations[invocation].waiting.firstIndex(where: { canHappen($0, at: kind, by: invocation) }) {
      let fault = invocations[invocation].waiting.remove(at: index)
      invocations[invocation].wasHit = true
      coverage.faults[fault, default: 0] += 1
      tell("*** \(fault.rawValue): \(name()) ***")
      switch fault {
      case .kill, .powerLoss:
        die(invocation, machineStops: fault == .powerLoss)
        throw Gone()
      case .writeError, .diskFull, .spawnError: return fault
      case .signal: invocations[invocation].signals += 1
      case .secondApply:
        applyAgain?()
        resume(invocation)
      // By less than what is looked back at after a restart: nobody could tell how old an effect is.
      case .clockSet:
        wallOffset -= Int64(dice.within(1...50)) * 1_000_000_000
        isClockTrue = false
      case .suspend: now += Int64(dice.within(1...600)) * 1_000_000_000
      }
      if invocations[invocation].isGone { throw Gone() }
    }
    return nil
  }

  private func canHappen(_ fault: Scenario.Fault.Kind, at kind: PlaceKind, by invocation: Int) -> Bool {
    switch fault {
    case .writeError, .diskFull: kind == .commit
    case .spawnError: kind == .spawn
    case .secondApply: lockOwner == invocation
    case .kill, .powerLoss, .signal, .clockSet, .suspend: true
    }
  }

  private func die(_ invocation: Int, machineStops: Bool) {
    invocations[invocation].isGone = true
    if lockOwner == invocation { lockOwner = nil }
    for leg in legs.values { leg.abandon(machineStops: machineStops) }
    legs = [:]
    audit.died(machineStops: machineStops)
    guard machineStops else { return }
    let lost = disk.losePower(at: now, &dice)
    if !lost.isEmpty { tell("lost: \(lost.sorted().joined(separator: ", "))") }
    audit.lost(lost)
    now += 60_000_000_000
    bootedAt = now
    bootNumber += 1
  }

  var record: Record { audit.record }

  /// A second apply is over, and the first goes on.
  func leaveBeside(_ invocation: Int, _ outer: Int) {
    invocations[invocation].isGone = true
    self.invocation = outer
  }

  /// An invocation is over, however it ended.
  func leave(_ invocation: Int) {
    invocations[invocation].isGone = true
    if lockOwner == invocation { lockOwner = nil }
  }

  // MARK: Clocks and machine

  var machine: Machine { Machine(bootID: "boot-\(bootNumber)", host: "simulated", pidNamespace: 1) }
  var pid: Int { 1000 + invocation }
  func wallNow() -> Int64 { (SimulatedWorld.epoch + now + wallOffset) / 1_000_000 }
  func bootNow() -> BootInstant { instant(now) }
  func random() -> Double { Double(dice.below(1 << 20)) / Double(1 << 20) }

  /// A machine has been up for a while when execplan is first called.
  private static let uptime: Int64 = 20_000_000_000

  func instant(_ time: Int64) -> BootInstant { BootInstant(nanoseconds: time - bootedAt + SimulatedWorld.uptime) }
  func time(of instant: BootInstant) -> Int64 {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(bootedAt - SimulatedWorld.uptime)
    return overflow ? .max : sum
  }

  func beginInvocation() throws -> any InvocationWorld { SimulatedLeg(self, invocation) }

  // MARK: The journal and its locks

  func hasJournal(_ state: StateDirectory) -> Bool { isJournalMade }

  func openJournal(_ state: StateDirectory) throws(JournalError) -> any JournalStore {
    do throws(Gone) {
      _ = try place("the journal is opened", by: invocation)
    } catch {
      throw .io("the process is no more")
    }
    isJournalMade = true
    return SimulatedJournal(self, invocation)
  }

  func shareState(_ state: StateDirectory, timeout: Duration) throws(JournalError) -> AnyObject? { audit }

  func lockPlan(
    _ key: String, in state: StateDirectory, holder: LockHolder, timeout: Duration
  ) throws(JournalError) -> LockedPlan {
    guard lockOwner == nil else { return .held(by: holder) }
    lockOwner = invocation
    return .acquired(SimulatedLock(self, invocation))
  }

  func holdsLock(_ invocation: Int) -> Bool { lockOwner == invocation }

  func unlock(_ invocation: Int) {
    if lockOwner == invocation { lockOwner = nil }
  }

  func planLock(_ key: String, in state: StateDirectory) throws(JournalError) -> PlanLock.Status {
    lockOwner == nil ? .free : .held(by: nil)
  }

  // MARK: Marks of launches

  func openMarks(_ leg: Int64) -> String {
    let nonce = String(dice.next(), radix: 16)
    marks[leg] = Marks(nonce: nonce, boot: bootNumber, attempts: [])
    return nonce
  }

  func mark(_ attempt: Int64, leg: Int64) { marks[leg]?.attempts.append(attempt) }

  func marks(leg: Int64, nonce: String, in state: StateDirectory) -> [Mark]? {
    guard let found = marks[leg], found.nonce == nonce, found.boot == bootNumber else { return nil }
    return found.attempts.map { Mark(attempt: $0, pid: 1, nanoseconds: 1) }
  }

  func removeMarks(leg: Int64, in state: StateDirectory) {
    if !isCurrentGone { marks[leg] = nil }
  }
}

/// The plan's lock as one invocation has it.
private final class SimulatedLock: HeldPlan, @unchecked Sendable {
  private unowned let world: SimulatedWorld
  private let invocation: Int

  init(_ world: SimulatedWorld, _ invocation: Int) {
    self.world = world
    self.invocation = invocation
  }

  deinit { world.unlock(invocation) }

  func update(_ holder: LockHolder) throws(JournalError) {}
  func release() { world.unlock(invocation) }
}

/// A promise that was broken.
package struct Violation: Hashable, Sendable {
  package var promise: String
  package var what: String
}
