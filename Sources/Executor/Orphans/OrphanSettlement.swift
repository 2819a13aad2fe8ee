internal import Glibc
internal import Journal
internal import PlanModel
internal import Subprocess

/// Does with orphans what a person asks for, under the plan's lock and before anything else is decided.
struct OrphanSettlement {
  let site: ExecutionSite
  let policy: OrphanPolicy
  /// Between SIGTERM and SIGKILL.
  let grace: Duration
  let words: CommandWords
  /// The command as it was given, without `--orphans`.
  let base: String
  /// How long a step may run, by its id.
  let timeouts: [String: Duration]
  /// Heeds the signals that end the waiting.
  let invocation: () throws -> any InvocationWorld
  /// Is told what is done, a line each.
  let say: (String) -> Void

  private var world: any ExecutionWorld { site.world }
  private var register: OrphanRegister { OrphanRegister(site.state, world) }

  /// - Parameter leaving: orphans that the run takes over.
  /// - Returns: nil when nothing is left running that must not be.
  func settle(
    of plan: String, on journal: any JournalStore, leaving: (Orphan) -> Bool = { _ in false }
  ) throws -> Refusal? {
    let (suspects, all) = try journal.read { reader throws(JournalError) in
      (try register.suspects(of: plan, reader), try register.orphans(of: plan, reader))
    }
    let orphans = all.filter { !leaving($0) }
    guard !orphans.isEmpty else { return nil }
    let parents = Dictionary(
      world.processes().processes.map { ($0.record.pid, $0.record.parent) }, uniquingKeysWith: { first, _ in first })
    if let own = orphans.first(where: { isOwn($0, parents) }) { return .startedByOrphan(own) }
    guard orphans.allSatisfy({ $0.unseen == nil }) else { return .orphans(orphans, base: base, words) }
    let invocation = try invocation()
    let wanted = Set(orphans.map(\.attempt.id))
    let mine = suspects.filter { wanted.contains($0.attempt.id) }
    guard policy != .refuse else {
      let left = try lookAgain(mine, invocation)
      return left.isEmpty ? nil : .orphans(orphans, base: base, words)
    }
    for orphan in orphans { say("\(policy == .wait ? "waiting for" : "ending") \(orphan.text)") }
    if policy == .kill { return try end(mine, orphans, on: journal, invocation) }
    return try wait(for: mine, on: journal, invocation)
  }

  /// Whether this process was started by the attempt, as far up as that may be.
  private func isOwn(_ orphan: Orphan, _ parents: [Int32: Int32]) -> Bool {
    var process = Int32(exactly: world.pid)
    while let pid = process, pid > 1 {
      if orphan.processes.contains(where: { $0.pid == pid }) { return true }
      process = parents[pid]
    }
    return false
  }

  /// What is dying anyway, as after a kill of everything, is nothing to ask a person about.
  private func lookAgain(_ suspects: [OrphanSuspect], _ invocation: any InvocationWorld) throws -> [Orphan] {
    let end = world.bootNow() + OrphanSettlement.patience
    var left = register.remaining(suspects)
    while !left.isEmpty, world.bootNow() < end {
      if try invocation.signal(until: world.bootNow() + .milliseconds(20)) != nil { return left }
      left = register.remaining(suspects)
    }
    return left
  }

  private static let patience = Duration.milliseconds(300)

  // MARK: Waiting

  private func wait(
    for suspects: [OrphanSuspect], on journal: any JournalStore, _ invocation: any InvocationWorld
  ) throws -> Refusal? {
    var left = register.remaining(suspects)
    var looks = 0
    while !left.isEmpty {
      let now = world.bootNow()
      let late = suspects.filter { isLate($0, now) && left.map(\.attempt.id).contains($0.attempt.id) }
      if !late.isEmpty {
        let ids = Set(late.map(\.attempt.id))
        let orphans = left.filter { ids.contains($0.attempt.id) }
        for orphan in orphans { say("\"\(orphan.attempt.step)\" ran longer than its timeout; ending \(orphan.text)") }
        if let refusal = try end(late, orphans, on: journal, invocation) { return refusal }
      }
      // What ends soon is seen soon, and what takes hours costs little.
      let pause = Duration.milliseconds(looks < 100 ? 50 : 500)
      looks += 1
      if let signal = try invocation.signal(until: now + pause) { return .stopped(by: signal, left, base: base) }
      left = register.remaining(suspects)
    }
    for suspect in suspects { say("\"\(suspect.attempt.step)\" has ended") }
    return nil
  }

  private func isLate(_ suspect: OrphanSuspect, _ now: BootInstant) -> Bool {
    guard let mark = suspect.mark, let timeout = timeouts[suspect.attempt.step] else { return false }
    return now >= BootInstant(nanoseconds: Int64(clamping: mark.nanoseconds)) + timeout
  }

  // MARK: Ending

  private func end(
    _ suspects: [OrphanSuspect], _ orphans: [Orphan], on journal: any JournalStore, _ invocation: any InvocationWorld
  ) throws -> Refusal? {
    // First of all, so that what a keeper writes about this end is never taken for the program's own.
    try journal.commit(suspects.map { .endAttempt(doubtful($0.attempt)) })
    send(SIGTERM, to: orphans)
    send(SIGCONT, to: orphans)
    var killAt = world.bootNow() + grace
    var giveUpAt: BootInstant?
    var stopped: Int32?
    var left = register.remaining(suspects)
    while !left.isEmpty {
      let now = world.bootNow()
      if giveUpAt == nil, now >= killAt {
        send(SIGKILL, to: left)
        giveUpAt = now + Teardown.patience
      }
      if let giveUpAt {
        if now >= giveUpAt { return .survivors(left, words) }
        // What a dying process has still started.
        send(SIGKILL, to: left)
      }
      if let signal = try invocation.signal(until: min(now + .milliseconds(20), giveUpAt ?? killAt)) {
        stopped = signal
        killAt = now
      }
      left = register.remaining(suspects)
    }
    for orphan in orphans { say("\"\(orphan.attempt.step)\" was ended") }
    return stopped.map { .stopped(by: $0, [], base: base) }
  }

  private func doubtful(_ attempt: Attempt) -> Attempt {
    var attempt = attempt
    attempt.state = .inDoubt
    attempt.reason = "execplan died while it ran, and it was ended later"
    return attempt
  }

  private func send(_ signal: Int32, to orphans: [Orphan]) {
    for orphan in orphans {
      if let group = orphan.group { world.send(signal, toGroup: group) }
      // A keeper is not killed: it ends with its program, and sees to it.
      for process in orphan.processes where process.pid != orphan.group {
        if signal == SIGKILL, orphan.isKept, process.name == Keeper.name { continue }
        world.send(signal, toProcess: process.pid)
      }
    }
  }
}
