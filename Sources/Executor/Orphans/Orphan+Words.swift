internal import PlanModel
internal import Subprocess

extension Orphan {
  /// `"load": process 4242 (python3), running for 12 min, since 2026-11-20T18:11:44.000Z: python3 load.py`
  package var text: String {
    let ending = command.map { ": \($0)" } ?? ""
    if let unseen { return "\"\(attempt.step)\" \(unseen); it began \(Timestamp.rfc3339(since))\(ending)" }
    return "\"\(attempt.step)\": \(processText), since \(Timestamp.rfc3339(since))\(ending)"
  }

  /// `process 4242 (python3) and 2 more`.
  package var processText: String {
    guard let first = processes.first else { return group.map { "process group \($0)" } ?? "its keeper" }
    let name = first.name.isEmpty ? "" : " (\(first.name))"
    return "process \(first.pid)\(name)" + (processes.count > 1 ? " and \(processes.count - 1) more" : "")
  }
}

extension Refusal {
  /// - Parameters:
  ///   - base: the command that was refused, without `--orphans`.
  ///   - words: for the commands of `resolve`, which a person may give for what cannot be seen.
  static func orphans(_ orphans: [Orphan], base: String, _ words: CommandWords) -> Refusal {
    let names = orphans.map { "\"\($0.attempt.step)\"" }.joined(separator: ", ")
    let runs = Set(orphans.map(\.attempt.run)).sorted().map(String.init).joined(separator: ", ")
    let unseen = orphans.filter { $0.unseen != nil }
    let verb = unseen.count == orphans.count ? "may still run" : orphans.count == 1 ? "still runs" : "still run"
    var commands: [String] = []
    if unseen.count < orphans.count { commands = ["wait", "kill"].map { "\(base) --orphans \($0)" } }
    for orphan in unseen { commands += words.resolve(orphan.attempt.step) }
    return Refusal(
      .locked, "\(names) of run \(runs) \(verb), although the execplan that started it is dead",
      details: orphans.map(\.text), nextCommands: commands)
  }

  /// This process is one of the orphans.
  static func startedByOrphan(_ orphan: Orphan) -> Refusal {
    Refusal(
      .locked, "\"\(orphan.attempt.step)\" of run \(orphan.attempt.run) still runs, and it started this command",
      details: [orphan.text, "so waiting for it would never end"])
  }

  static func survivors(_ orphans: [Orphan], _ words: CommandWords) -> Refusal {
    Refusal(
      .locked, "\(orphans.map { "\"\($0.attempt.step)\"" }.joined(separator: ", ")) could not be ended",
      details: orphans.map(\.text), nextCommands: ["status \(words.plan)"])
  }

  /// A signal came while orphans were waited for or ended.
  static func stopped(by signal: Int32, _ orphans: [Orphan], base: String) -> Refusal {
    let code: ExitCode =
      switch signal {
      case 1: .hangup
      case 2: .interrupted
      default: .terminated
      }
    return Refusal(
      code, "stopped; nothing was started", details: orphans.map(\.text), nextCommands: ["\(base) --orphans wait"])
  }
}
