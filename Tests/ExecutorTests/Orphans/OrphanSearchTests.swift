internal import Digest
internal import PlanModel
internal import Subprocess
internal import Testing

@testable internal import Executor
@testable internal import Journal

/// What counts as still running, over made-up machines.
struct OrphanSearchTests {
  static let here = Machine(bootID: "boot", host: "here", pidNamespace: 7)
  static let uuid = "0b0e"
  /// Ticks of 10 ms after boot; the mark is at tick 1000.
  static let markTick: UInt64 = 1000

  static func suspect(
    pid: Int? = 500, keeper: KeeperLock.Status = .none, machine: Machine = here, number: Int = 2
  ) -> OrphanSuspect {
    let leg = Leg(id: 1, run: 3, pid: 400, machine: machine, nonce: "", startedAt: 0)
    let attempt = Attempt(
      id: 9, run: 3, leg: 1, step: "load", number: number, state: .claimed,
      fingerprint: Fingerprint(definition: SHA256.digest(of: "load")), claimedAt: 0, bootID: machine.bootID)
    let nanoseconds = UInt64(ProcessRecord.tick.wholeMilliseconds) * 1_000_000 * markTick
    return OrphanSuspect(
      attempt, leg, mark: pid.map { Mark(attempt: 9, pid: $0, nanoseconds: nanoseconds) }, keeper: keeper,
      journal: uuid)
  }

  static func process(
    _ pid: Int32, group: Int32? = nil, session: Int32? = nil, state: Unicode.Scalar = "S", tick: UInt64 = markTick,
    _ variables: [String: String] = [:]
  ) -> ProcessSnapshot.Process {
    ProcessSnapshot.Process(
      record: ProcessRecord(
        pid: pid, name: "x", state: UInt8(ascii: state), parent: 1, group: group ?? pid, session: session ?? pid,
        startTicks: tick),
      variables: variables)
  }

  /// Process 1 is always there, as on every machine.
  static func finding(
    _ suspect: OrphanSuspect, _ processes: ProcessSnapshot.Process..., on machine: Machine = here,
    answering: Set<Int32> = []
  ) -> OrphanSearch.Finding {
    OrphanSearch(machine: machine, snapshot: ProcessSnapshot(processes: [process(1, tick: 0)] + processes)) {
      answering.contains($0)
    }.finding(of: suspect)
  }

  @Test func theProgramItselfIsFoundByItsMark() {
    #expect(Self.finding(Self.suspect(), Self.process(500)) == .alive([500]))
    // The kernel tells the start to the tick, so one tick after the mark is still the same process.
    #expect(Self.finding(Self.suspect(), Self.process(500, tick: 1001)) == .alive([500]))
    #expect(Self.finding(Self.suspect()) == .gone)
    #expect(Self.finding(Self.suspect(), Self.process(500, state: "Z")) == .gone)
  }

  @Test func aNumberThatWasGivenToSomebodyElseIsNoOrphan() {
    #expect(Self.finding(Self.suspect(), Self.process(500, tick: 1002)) == .gone)
    // Neither are the members of the other one's group.
    #expect(
      Self.finding(Self.suspect(), Self.process(500, tick: 1002), Self.process(501, group: 500, session: 500))
        == .gone)
    // A job of a shell has the session of the shell.
    #expect(Self.finding(Self.suspect(), Self.process(500, session: 300)) == .gone)
    #expect(Self.finding(Self.suspect(), Self.process(501, group: 500, session: 300)) == .gone)
  }

  @Test func aLivingGroupOrSessionWithoutItsLeaderIsFound() {
    #expect(Self.finding(Self.suspect(), Self.process(501, group: 500, session: 500)) == .alive([501]))
    #expect(Self.finding(Self.suspect(), Self.process(502, group: 502, session: 500, tick: 2000)) == .alive([502]))
    #expect(
      Self.finding(Self.suspect(), Self.process(499, group: 500, session: 500), Self.process(500, state: "Z"))
        == .alive([499]))
    #expect(
      Self.finding(Self.suspect(), Self.process(499, group: 500, session: 500), Self.process(500))
        == .alive([500, 499]))
  }

  @Test func processesThatLeftTheGroupAreFoundByTheirVariables() {
    let variables = Self.suspect().variables
    #expect(Set(variables.keys).count == 4)
    #expect(Self.finding(Self.suspect(), Self.process(600, tick: 5000, variables)) == .alive([600]))
    #expect(Self.finding(Self.suspect(), Self.process(600, state: "Z", variables)) == .gone)
    // Of another step, of another attempt (a daemon that an earlier, successful one left), of another journal.
    for (name, value) in [
      ("EXECPLAN_STEP_ID", "other"), ("EXECPLAN_ATTEMPT", "1"), ("EXECPLAN_RUN_ID", "2"),
      ("EXECPLAN_IDEMPOTENCY_KEY", "other"),
    ] {
      var other = variables
      other[name] = value
      #expect(Self.finding(Self.suspect(), Self.process(600, other)) == .gone)
      other[name] = nil
      #expect(Self.finding(Self.suspect(), Self.process(600, other)) == .gone)
    }
  }

  /// The mark of an action in a thread is execplan's own; its group is the shell's and may hold others.
  @Test func workOfExecplansOwnThreadsDiedWithIt() {
    let own = Self.suspect(pid: 400)
    #expect(Self.finding(own, Self.process(401, group: 400, session: 400)) == .gone)
    #expect(Self.finding(own, Self.process(401, group: 400, own.variables)) == .alive([401]))
    #expect(Self.finding(own, answering: [400]) == .gone)
  }

  @Test func aGroupOfWhichNothingIsShownCountsIfItAnswers() {
    #expect(Self.finding(Self.suspect(), answering: [500]) == .alive([]))
    // What is shown of it is dead.
    #expect(Self.finding(Self.suspect(), Self.process(500, state: "Z"), answering: [500]) == .gone)
  }

  @Test func otherMachinesAndContainersCannotBeSeen() {
    let container = Machine(bootID: "boot", host: "box", pidNamespace: 8)
    let far = Machine(bootID: "other", host: "far", pidNamespace: 7)
    for machine in [container, far] {
      let suspect = Self.suspect(machine: machine)
      guard case .unknown(let why) = Self.finding(suspect, Self.process(500)) else {
        Issue.record("a process of another namespace is not the one of the mark")
        continue
      }
      #expect(why.contains("host \"\(machine.host)\""))
      // From outside a container its processes are seen, under other numbers.
      #expect(Self.finding(suspect, Self.process(9000, suspect.variables)) == .alive([9000]))
    }
    let sibling = Self.suspect(machine: Machine(bootID: "boot", host: "here", pidNamespace: 8))
    guard case .unknown(let why) = Self.finding(sibling) else {
      Issue.record("another namespace is not this one")
      return
    }
    #expect(why.contains("another container of this machine"))
  }

  @Test func nothingSurvivesARestartOfTheMachine() {
    let before = Machine(bootID: "earlier", host: "here", pidNamespace: 7)
    #expect(Self.finding(Self.suspect(machine: before), Self.process(500)) == .gone)
  }

  @Test func aLivingKeeperCountsAlsoWithoutItsProgram() {
    #expect(Self.finding(Self.suspect(pid: nil, keeper: .held(pid: 700))) == .alive([700]))
    #expect(Self.finding(Self.suspect(keeper: .held(pid: nil))) == .alive([]))
    #expect(Self.finding(Self.suspect(keeper: .held(pid: 700)), Self.process(500)) == .alive([500]))
    #expect(Self.finding(Self.suspect(keeper: .free)) == .gone)
  }

  @Test func withoutProcNobodyIsTakenForGone() {
    let search = OrphanSearch(machine: Self.here, snapshot: ProcessSnapshot(processes: [])) { _ in false }
    guard case .unknown = search.finding(of: Self.suspect()) else {
      Issue.record("nobody could look")
      return
    }
    let answered = OrphanSearch(machine: Self.here, snapshot: ProcessSnapshot(processes: [])) { $0 == 500 }
    #expect(answered.finding(of: Self.suspect()) == .alive([]))
  }

  @Test func withoutAMarkTheVariablesTell() {
    let suspect = Self.suspect(pid: nil)
    #expect(Self.finding(suspect, Self.process(500)) == .gone)
    #expect(Self.finding(suspect, Self.process(500, suspect.variables)) == .alive([500]))
  }
}
