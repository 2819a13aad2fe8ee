internal import Executor
internal import Journal
internal import Subprocess

/// What a leg of a simulated invocation waits for and starts.
final class SimulatedLeg: LegWorld, InvocationWorld {
  unowned let world: SimulatedWorld
  let invocation: Int
  private(set) var leg: Int64 = 0
  private(set) var nonce = ""
  private var journal: (any JournalStore)?
  private var queue = EventQueue<Happening>()
  private var processes: [SimulatedProcess] = []
  /// Attempts that a thread of execplan works on.
  private var working: Set<Int64> = []
  /// The attempt whose work in a thread comes next.
  private var marked: Int64?
  private var waits = 0
  /// How often in a row it waited for nothing that was under way.
  private var idle = 0

  private enum Happening {
    case act(SimulatedProcess, SimulatedProcess.Act)
    case commit([JournalWrite])
    case job(@Sendable () -> JobAnswer, attempt: Int64?)
    case event(LegEvent)
  }

  /// No leg of a scenario comes near these.
  private static let waitLimit = 20_000
  private static let idleLimit = 4000

  init(_ world: SimulatedWorld, _ invocation: Int) {
    self.world = world
    self.invocation = invocation
  }

  // MARK: The invocation

  var hasPendingSignal: Bool { world.hasPendingSignal(invocation) }

  func openLeg(
    _ id: Int64, in state: StateDirectory, journal: any JournalStore, jobs: Int
  ) throws -> any LegWorld {
    let leg = SimulatedLeg(world, invocation)
    leg.leg = id
    leg.journal = journal
    leg.nonce = world.openMarks(id)
    world.audit.began(leg: id, by: invocation)
    _ = try world.place("a leg begins", by: invocation)
    world.legs[invocation] = leg
    return leg
  }

  // MARK: Waiting

  func wait(until deadline: BootInstant?) throws -> [LegEvent] {
    waits += 1
    if waits > SimulatedLeg.waitLimit || idle > SimulatedLeg.idleLimit {
      world.fail("every run ends", "leg \(leg) goes on and on")
    }
    if world.takeSignal(invocation) { add(.event(.signal(2)), in: 0...500_000) }
    let end = deadline.map { world.time(of: $0) }
    var events: [LegEvent] = []
    while events.isEmpty || world.dice.once(in: 3) {
      if world.isGone(invocation) { throw Gone() }
      guard let next = queue.next, end.map({ next <= $0 }) ?? true, let happening = queue.pop() else {
        guard let end else {
          world.fail("every run ends", "leg \(leg) waits for nothing")
          throw Gone()
        }
        if queue.isEmpty, events.isEmpty { idle += 1 }
        if events.isEmpty { world.now = max(world.now, end) }
        break
      }
      idle = 0
      world.now = max(world.now, happening.at)
      try happen(happening.item, &events)
    }
    if world.isGone(invocation) { throw Gone() }
    return events
  }

  private func happen(_ happening: Happening, _ events: inout [LegEvent]) throws {
    switch happening {
    case .event(let event):
      _ = try world.place("something is told", by: invocation)
      world.audit.told(event, to: leg)
      events.append(event)
    case .commit(let writes):
      guard let journal else { return }
      do throws(JournalError) {
        add(.event(.committed(try journal.commit(writes))), in: 0...300_000)
      } catch {
        add(.event(.journalFailed(error)), in: 0...300_000)
      }
    case .job(let job, let attempt):
      let answer = job()
      if let attempt { working.remove(attempt) }
      add(.event(.answered(answer)), in: 0...300_000)
    case .act(let process, let act):
      guard process.isAlive || isTelling(act) else { return }
      try perform(act, of: process, &events)
    }
  }

  private func isTelling(_ act: SimulatedProcess.Act) -> Bool {
    if case .told = act { true } else { false }
  }

  private func perform(_ act: SimulatedProcess.Act, of process: SimulatedProcess, _ events: inout [LegEvent]) throws {
    switch act {
    case .half, .effect, .publish: world.perform(act, of: process)
    case .end(let status):
      world.end(process, status)
      processes.removeAll { $0 === process }
      add(.act(process, .told(status)), in: 0...400_000)
    case .told(let status):
      _ = try world.place("the end of \(process.step.id) is told", by: invocation)
      let end = LegEvent.exited(node: process.node, status, process.usage)
      world.audit.told(end, to: leg)
      world.audit.used(process.usage, attempt: process.attempt)
      events.append(end)
    }
  }

  private func add(_ happening: Happening, in delay: ClosedRange<Int>) {
    queue.add(happening, at: world.now + Int64(world.dice.within(delay)))
  }

  // MARK: What is begun

  func commit(_ writes: [JournalWrite]) throws { add(.commit(writes), in: 10_000...8_000_000) }
  func verifyJournal() throws {}

  func submit(_ job: @escaping @Sendable () -> JobAnswer) throws {
    add(.job(job, attempt: marked), in: 1000...4_000_000)
    marked = nil
  }

  func mark(attempt: Int64) throws {
    _ = try world.place("before work in a thread", by: invocation)
    world.mark(attempt, leg: leg)
    world.audit.starts(attempt, leg: leg, by: invocation)
    working.insert(attempt)
    marked = attempt
    if world.audit.isUndo(attempt) {
      world.launchedNothing(attempt, leg: leg)
    } else {
      world.launched(attempt, leg: leg)
    }
    _ = try world.place("work in a thread has begun", by: invocation)
  }

  func start(_ launch: ProgramLaunch) throws -> any StartedProgram {
    if case .spawnError? = try world.place("before a spawn", by: invocation, .spawn) {
      world.audit.didNotStart(launch.attempt)
      throw SystemError("make \"\(launch.files.stdout)\"", code: 28)
    }
    world.mark(launch.attempt, leg: leg)
    world.audit.starts(launch.attempt, leg: leg, by: invocation)
    world.audit.takesBackByProgram(launch.attempt)
    let process = try world.process(for: launch, in: self)
    processes.append(process)
    for (act, delay) in world.timeline(of: process) { schedule(act, of: process, in: delay) }
    _ = try world.place("\(process.step.id) is spawned", by: invocation)
    return process
  }

  func schedule(_ act: SimulatedProcess.Act, of process: SimulatedProcess, in delay: Int64) {
    queue.add(.act(process, act), at: world.now + delay)
  }

  /// A program that takes SIGTERM for the wish to do its work to the end.
  func finishEarly(_ process: SimulatedProcess) {
    for act in world.rest(of: process) { schedule(act, of: process, in: 300_000) }
  }

  // MARK: The end

  func endNow(_ programs: [any StartedProgram], grace: Duration) {
    if world.isGone(invocation) { return }
    for process in processes where process.isAlive { world.end(process, .signalled(15)) }
    processes = []
  }

  func finish() {
    // The threads do what they were given.
    while !world.isGone(invocation), let happening = queue.pop() {
      world.now = max(world.now, happening.at)
      switch happening.item {
      case .job(let job, _): _ = job()
      case .commit(let writes): _ = try? journal?.commit(writes)
      case .act(let process, let act):
        // Whatever still runs goes on without being looked at.
        if process.isAlive, !isTelling(act) {
          var none: [LegEvent] = []
          try? perform(act, of: process, &none)
        }
      case .event: break
      }
    }
    world.legs[invocation] = nil
  }

  /// Attempts that are under way: programs, and work in threads.
  var underWay: [Int64] { processes.map(\.attempt) + working }

  /// execplan is gone: what its programs do from now on nobody sees.
  func abandon(machineStops: Bool) {
    for process in processes where process.isAlive {
      if !machineStops, world.dice.once(in: 2) {
        for act in world.rest(of: process) {
          if case .end(let status) = act { world.end(process, status) } else { world.perform(act, of: process) }
        }
      }
      process.die()
    }
    processes = []
  }
}
