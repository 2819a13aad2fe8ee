internal import Glibc
internal import Journal
internal import PlanModel
internal import Subprocess

/// Does with orphans what a person asks for, under the plan's lock and before anything else is decided.
struct OrphanSettlement {
  let register: OrphanRegister
  let policy: OrphanPolicy
  /// Between SIGTERM and SIGKILL.
  let grace: Duration
  let words: CommandWords
  /// The command as it was given, without `--orphans`.
  let base: String
  /// The variables with which this very process was started.
  let environment: ProcessEnvironment
  /// How long a step may run, by its id.
  let timeouts: [String: Duration]
  /// Heeds the signals that end the waiting.
  let loop: () throws -> EventLoop
  /// Is told what is done, a line each.
  let say: (String) -> Void

  /// - Parameter leaving: orphans that the run takes over.
  /// - Returns: nil when nothing is left running that must not be.
  func settle(
    of plan: String, on journal: Journal, leaving: (Orphan) -> Bool = { _ in false }
  ) throws -> Refusal? {
    let (suspects, all) = try journal.read { reader throws(JournalError) in
      (try register.suspects(of: plan, reader), try register.orphans(of: plan, reader))
    }
    let orphans = all.filter { !leaving($0) }
    guard !orphans.isEmpty else { return nil }
    if let own = orphans.first(where: isOwn) { return .startedByOrphan(own) }
    guard policy != .refuse, orphans.allSatisfy({ $0.unseen == nil }) else {
      return .orphans(orphans, base: base, words)
    }
    let loop = try loop()
    let wanted = Set(orphans.map(\.attempt.id))
    let mine = suspects.filter { wanted.contains($0.attempt.id) }
    for orphan in orphans { say("\(policy == .wait ? "waiting for" : "ending") \(orphan.text)") }
    if policy == .kill { return try end(mine, orphans, on: journal, loop) }
    return try wait(for: mine, on: journal, loop)
  }

  /// Whether this process was started by the attempt.
  private func isOwn(_ orphan: Orphan) -> Bool {
    orphan.processes.contains { $0.pid == getpid() }
      || environment["EXECPLAN_RUN_ID"] == String(orphan.attempt.run)
        && environment["EXECPLAN_STEP_ID"] == orphan.attempt.step
        && orphan.processes.contains { isAncestor($0.pid) }
  }

  private func isAncestor(_ pid: Int32) -> Bool {
    var process = getppid()
    while process > 1, process != pid, let record = ProcessRecord(pid: process) { process = record.parent }
    return process == pid
  }

  // MARK: Waiting

  private func wait(
    for suspects: [OrphanSuspect], on journal: Journal, _ loop: EventLoop
  ) throws -> Refusal? {
    var left = register.remaining(suspects)
    var looks = 0
    while !left.isEmpty {
      let now = BootClock.now()
      let late = suspects.filter { isLate($0, now) && left.map(\.attempt.id).contains($0.attempt.id) }
      if !late.isEmpty {
        let ids = Set(late.map(\.attempt.id))
        let orphans = left.filter { ids.contains($0.attempt.id) }
        for orphan in orphans { say("\"\(orphan.attempt.step)\" ran longer than its timeout; ending \(orphan.text)") }
        if let refusal = try end(late, orphans, on: journal, loop) { return refusal }
      }
      // What ends soon is seen soon, and what takes hours costs little.
      let pause = Duration.milliseconds(looks < 100 ? 50 : 500)
      looks += 1
      if let signal = try signal(loop, until: now + pause) { return .stopped(by: signal, left, base: base) }
      left = register.remaining(suspects)
    }
    for suspect in suspects { say("\"\(suspect.attempt.step)\" has ended") }
    return nil
  }

  private func isLate(_ suspect: OrphanSuspect, _ now: BootInstant) -> Bool {
    guard let mark = suspect.mark, let timeout = timeouts[suspect.attempt.step] else { return false }
    return now >= BootInstant(nanoseconds: Int64(clamping: mark.nanoseconds)) + timeout
  }

  /// Waits for a moment; the signal that came in it, if one did.
  private func signal(_ loop: EventLoop, until instant: BootInstant) throws -> Int32? {
    while true {
      for event in try loop.wait(until: instant) {
        if case .signal(let number) = event { return number }
      }
      if BootClock.now() >= instant { return nil }
    }
  }

  // MARK: Ending

  private func end(
    _ suspects: [OrphanSuspect], _ orphans: [Orphan], on journal: Journal, _ loop: EventLoop
  ) throws -> Refusal? {
    // First of all, so that what a keeper writes about this end is never taken for the program's own.
    try journal.commit(suspects.map { .endAttempt(doubtful($0.attempt)) })
    send(SIGTERM, to: orphans)
    send(SIGCONT, to: orphans)
    var killAt = BootClock.now() + grace
    var giveUpAt: BootInstant?
    var stopped: Int32?
    var left = register.remaining(suspects)
    while !left.isEmpty {
      let now = BootClock.now()
      if giveUpAt == nil, now >= killAt {
        send(SIGKILL, to: left)
        giveUpAt = now + Teardown.patience
      }
      if let giveUpAt {
        if now >= giveUpAt { return .survivors(left, words) }
        // What a dying process has still started.
        send(SIGKILL, to: left)
      }
      if let signal = try signal(loop, until: min(now + .milliseconds(20), giveUpAt ?? killAt)) {
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
      if let group = orphan.group { ProcessGroup(id: group).send(signal) }
      // A keeper is not killed: it ends with its program, and sees to it.
      for process in orphan.processes where process.pid != orphan.group {
        if signal == SIGKILL, orphan.isKept, process.name == Keeper.name { continue }
        kill(process.pid, signal)
      }
    }
  }
}
