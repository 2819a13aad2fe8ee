internal import Journal

/// The journal as one invocation has it open.
final class SimulatedJournal: JournalStore, @unchecked Sendable {
  private unowned let world: SimulatedWorld
  private let invocation: Int
  private var failure: JournalError?

  init(_ world: SimulatedWorld, _ invocation: Int) {
    self.world = world
    self.invocation = invocation
  }

  private static let gone = JournalError.io("the process is no more")

  var uuid: String { world.journal.uuid }

  func nextRunID() throws(JournalError) -> Int64 {
    try use()
    return try world.journal.nextRunID()
  }

  func nextLegID() throws(JournalError) -> Int64 {
    try use()
    return try world.journal.nextLegID()
  }

  func nextAttemptID() throws(JournalError) -> Int64 {
    try use()
    return try world.journal.nextAttemptID()
  }

  private func use() throws(JournalError) {
    if world.isGone(invocation) { throw SimulatedJournal.gone }
    if let failure { throw failure }
  }

  @discardableResult
  func commit(_ writes: [JournalWrite]) throws(JournalError) -> [Int64] {
    if writes.isEmpty { return [] }
    try use()
    let fault: Scenario.Fault.Kind?
    do throws(Gone) {
      fault = try world.place("before a commit", by: invocation, .commit)
    } catch {
      throw SimulatedJournal.gone
    }
    var sequences: [Int64] = []
    switch fault {
    case .diskFull: throw .io("the database or disk is full")
    case .writeError:
      failure = .io("disk I/O error")
      // What of it reached the disk nobody knows.
      if world.dice.once(in: 2) { _ = try apply(writes) }
      throw .io("disk I/O error")
    default: sequences = try apply(writes)
    }
    do throws(Gone) {
      _ = try world.place("after a commit", by: invocation)
    } catch {
      throw SimulatedJournal.gone
    }
    return sequences
  }

  private func apply(_ writes: [JournalWrite]) throws(JournalError) -> [Int64] {
    world.tellCommit(writes)
    world.audit.commit(writes, by: invocation)
    let sequences = try world.journal.commit(writes)
    return sequences
  }

  func read<T>(_ body: (any JournalReading) throws(JournalError) -> T) throws(JournalError) -> T {
    try use()
    return try world.journal.read(body)
  }

  func verifyIdentity() throws(JournalError) { try use() }
  func close() throws(JournalError) {
    if world.isGone(invocation) { throw SimulatedJournal.gone }
  }
}

/// The simulated process was ended by a fault, or a promise was found broken: nothing that it does counts any more.
struct Gone: Error {}
