internal import Digest
package import Journal
internal import PlanModel
internal import Planner
internal import Subprocess

/// Finds what is left running of a plan's dead legs. It only looks.
package struct OrphanRegister {
  private let state: StateDirectory
  private let world: any ExecutionWorld

  package init(_ state: StateDirectory) {
    self.init(state, SystemWorld())
  }

  init(_ state: StateDirectory, _ world: any ExecutionWorld) {
    self.state = state
    self.world = world
  }

  /// All orphans of a plan, by attempt. Ask only while no leg of the plan lives: under its lock, or when it is free.
  package func orphans(of plan: String, _ reader: any JournalReading) throws(JournalError) -> [Orphan] {
    let suspects = try suspects(of: plan, reader)
    // Looking at every process costs milliseconds, and nearly always there is nobody to look for.
    guard !suspects.isEmpty else { return [] }
    let search = search()
    var orphans: [Orphan] = []
    for suspect in suspects {
      if var orphan = orphan(suspect, search) {
        orphan.command = try command(of: suspect.attempt, reader)
        orphans.append(orphan)
      }
    }
    return orphans
  }

  /// Looks again: those of the orphans that are still there.
  func remaining(_ suspects: [OrphanSuspect]) -> [Orphan] {
    let search = search()
    var marks = LaunchMarks(state, world)
    return suspects.compactMap { known in
      var suspect = known
      // A keeper ends, and before that may have started what it had not yet.
      if suspect.keeper != .none { suspect.keeper = marks.keeper(of: suspect.attempt) }
      if suspect.mark == nil { suspect.mark = marks.mark(of: OpenAttempt(attempt: suspect.attempt, leg: suspect.leg)) }
      return orphan(suspect, search)
    }
  }

  private func search() -> OrphanSearch {
    OrphanSearch(machine: world.machine, snapshot: world.processes()) { [world] in world.answers(group: $0) }
  }

  // MARK: The record

  /// Attempts without a recorded end that were launched: claims, and what was left in doubt before.
  func suspects(of plan: String, _ reader: any JournalReading) throws(JournalError) -> [OrphanSuspect] {
    let open = try reader.openAttempts(plan: plan) + doubtful(plan, reader)
    guard !open.isEmpty, let uuid = try reader.uuid() else { return [] }
    var marks = LaunchMarks(state, world)
    return open.sorted { $0.attempt.id < $1.attempt.id }.compactMap { open in
      // A claim that was never launched left nothing; of an attempt whose end the keeper saw, nothing is open.
      guard open.attempt.state == .inDoubt || !marks.wasNeverLaunched(open),
        KeptEnd.record(of: open.attempt, open.leg, state, world) == nil
      else { return nil }
      return OrphanSuspect(
        open.attempt, open.leg, mark: marks.mark(of: open), keeper: marks.keeper(of: open.attempt),
        journal: uuid)
    }
  }

  private func doubtful(_ plan: String, _ reader: any JournalReading) throws(JournalError) -> [OpenAttempt] {
    guard let run = try reader.unfinishedRun(plan: plan) else { return [] }
    var last: [String: Attempt] = [:]
    for attempt in try reader.attempts(run: run.id) where attempt.state != .released { last[attempt.step] = attempt }
    let doubtful = last.values.filter { $0.state == .inDoubt }
    guard !doubtful.isEmpty else { return [] }
    let legs = Dictionary(try reader.legs(run: run.id).map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    return doubtful.compactMap { attempt in legs[attempt.leg].map { OpenAttempt(attempt: attempt, leg: $0) } }
  }

  // MARK: What is found

  private func orphan(_ suspect: OrphanSuspect, _ search: OrphanSearch) -> Orphan? {
    let pids: [Int32]
    var unseen: String?
    switch search.finding(of: suspect) {
    case .gone: return nil
    case .alive(let found): pids = found
    case .unknown(let why): (pids, unseen) = ([], why)
    }
    let records = Dictionary(
      search.snapshot.processes.map { ($0.record.pid, $0.record) }, uniquingKeysWith: { a, _ in a })
    let isHere = suspect.leg.pidNamespace == world.machine.pidNamespace && suspect.leg.bootID == world.machine.bootID
    let program = isHere && suspect.mark?.pid != suspect.leg.pid ? suspect.mark.flatMap { Int32(exactly: $0.pid) } : nil
    // Only while a member is there can the number not be somebody else's.
    let group = program.flatMap { pid in
      pids.contains { records[$0]?.group == pid } || (pids.isEmpty && world.answers(group: pid)) ? pid : nil
    }
    var isKept = false
    if case .held = suspect.keeper { isKept = true }
    return Orphan(
      attempt: suspect.attempt,
      processes: pids.map { .init(pid: $0, name: records[$0]?.name ?? "") }, unseen: unseen,
      since: since(suspect, pids.first.flatMap { records[$0] }),
      group: unseen == nil ? group : nil, isKept: isKept)
  }

  /// The mark tells it exactly, a process to the tick.
  private func since(_ suspect: OrphanSuspect, _ first: ProcessRecord?) -> Int64 {
    guard suspect.leg.bootID == world.machine.bootID else { return suspect.attempt.claimedAt }
    let started = suspect.mark.map { BootInstant(nanoseconds: Int64(clamping: $0.nanoseconds)) } ?? first?.started
    guard let started else { return suspect.attempt.claimedAt }
    return world.wallNow() - Int64((world.bootNow() - started).wholeMilliseconds)
  }

  /// As the run's own plan has it: a command line of a process could show a secret.
  private func command(of attempt: Attempt, _ reader: any JournalReading) throws(JournalError) -> String? {
    guard let run = try reader.run(attempt.run), let text = try reader.planText(run.planDigest),
      let plan = try? JSONReader.read(Array(text.utf8), from: .stored),
      let definition = DefinitionText.definition(of: attempt.step, in: plan)
    else { return nil }
    let field = definition.fields.first { ["run", "exec", "script"].contains($0.name) }
    guard let values = field?.values, !values.isEmpty else { return nil }
    let words = values.map(DefinitionText.readable).joined(separator: " ")
    let lines = words.split(separator: "\n", maxSplits: 1).map(String.init)
    guard let line = lines.first else { return nil }
    return line.count > 80 || lines.count > 1 ? line.prefix(80) + " …" : line
  }
}
