internal import Journal
internal import Subprocess

/// Tells whether something of an attempt still runs, from what the machine shows.
///
/// A value over a snapshot: it asks nothing by itself but whether a process group answers.
struct OrphanSearch {
  enum Finding: Hashable, Sendable {
    case gone
    /// Processes that run, the attempt's own program first; none where only its group answers.
    case alive([Int32])
    /// It cannot be seen from here, so it counts as alive; why, in words that follow "it".
    case unknown(String)
  }

  let machine: Machine
  let snapshot: ProcessSnapshot
  /// Whether a process group has members, zombies among them.
  let answers: (Int32) -> Bool

  func finding(of suspect: OrphanSuspect) -> Finding {
    let started = startedWith(suspect.variables)
    let leg = suspect.leg
    guard leg.bootID == machine.bootID, leg.pidNamespace == machine.pidNamespace else {
      if !started.isEmpty { return .alive(started) }
      // The machine was restarted: nothing survives that.
      if leg.host == machine.host, leg.bootID != machine.bootID { return .gone }
      let place = leg.host == machine.host ? "in another container of this machine" : "on host \"\(leg.host)\""
      return .unknown("was started \(place), and what runs there can't be seen from here")
    }
    var found = members(of: suspect)
    found += started.filter { !found.contains($0) }
    if !found.isEmpty { return .alive(found) }
    // A keeper without a program has just begun, or is just writing down how the program ended.
    if case .held(let pid) = suspect.keeper { return .alive(pid.flatMap { Int32(exactly: $0) }.map { [$0] } ?? []) }
    if isHidden(suspect) { return .alive([]) }
    return snapshot.isComplete ? .gone : .unknown("can't be looked for, because /proc is not there")
  }

  /// The living processes that were started for the attempt, wherever they went since.
  private func startedWith(_ variables: [String: String]) -> [Int32] {
    snapshot.processes.filter { process in
      process.record.isAlive && variables.allSatisfy { process.variables[$0.key] == $0.value }
    }.map(\.record.pid).sorted()
  }

  /// The mark's process id; nil for work of execplan's own threads, which died with it. The group of execplan is the
  /// shell's: it may hold others.
  private func program(of suspect: OrphanSuspect) -> (pid: Int32, mark: Mark)? {
    guard let mark = suspect.mark, mark.pid != suspect.leg.pid, let pid = Int32(exactly: mark.pid), pid > 1 else {
      return nil
    }
    return (pid, mark)
  }

  /// The program and the living members of its session. Programs are started with setsid, so the process, its group and
  /// its session have one number.
  private func members(of suspect: OrphanSuspect) -> [Int32] {
    guard let (pid, mark) = program(of: suspect), !isRecycled(pid, mark) else { return [] }
    let alive = snapshot.processes.filter { $0.record.isAlive && ($0.record.session == pid || $0.record.pid == pid) }
      .map(\.record.pid).sorted()
    return alive.filter { $0 == pid } + alive.filter { $0 != pid }
  }

  /// Whether the process id was given to somebody else. That happens only when the group and the session are gone.
  private func isRecycled(_ pid: Int32, _ mark: Mark) -> Bool {
    guard let leader = snapshot.processes.first(where: { $0.record.pid == pid }) else { return false }
    let latest = BootInstant(nanoseconds: Int64(clamping: mark.nanoseconds)) + ProcessRecord.tick
    return leader.record.started > latest || leader.record.session != pid
  }

  /// Whether the group answers although none of its members is shown: processes of other users may be hidden.
  private func isHidden(_ suspect: OrphanSuspect) -> Bool {
    guard let (pid, _) = program(of: suspect) else { return false }
    let isShown = snapshot.processes.contains { process in
      process.record.pid == pid || process.record.group == pid || process.record.session == pid
    }
    return !isShown && answers(pid)
  }
}
