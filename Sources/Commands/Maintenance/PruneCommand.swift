internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting
internal import Subprocess

/// `execplan runs --prune`.
enum PruneCommand {
  static func run(_ invocation: Invocation, state: StateDirectory, plan: String?, json: Bool) throws -> ExitCode {
    let parsed = invocation.parsed
    var before: Int64?
    if let age = parsed.duration("older-than") { before = WallClock.now() - Int64(age.wholeMilliseconds) }
    // Without a number, an age alone decides.
    let keep = parsed.count("keep") ?? (before == nil ? defaultKeep : 1)
    let rule = PruneRule(plan: plan, keep: keep, before: before)
    let isTrial = parsed.has("dry-run")
    var result = PruneResult()
    if isTrial || !state.exists {
      result.candidates = try JournalReader(state).candidates(rule)
    } else {
      let journal = try Journal(state)
      defer { try? journal.close() }
      guard let lock = try StateLock.exclusive(state, timeout: .seconds(2)) else {
        throw Refusal(
          .locked, "a plan is being applied: runs are removed while nothing runs", nextCommands: ["status"])
      }
      defer { withExtendedLifetime(lock) {} }
      result = try journal.prune(rule)
    }
    let console = invocation.console
    if json {
      console.write(self.json(result, isTrial: isTrial))
    } else {
      console.write(text(result, isTrial: isTrial))
    }
    return .success
  }

  /// As many as `runs` lists.
  private static let defaultKeep = 20

  private static func text(_ result: PruneResult, isTrial: Bool) -> String {
    let runs = result.candidates.runs
    var text = ""
    if let first = runs.first, let last = runs.last {
      let which = runs.count == 1 ? "run \(first)" : "\(runs.count) runs, from \(first) to \(last)"
      text = isTrial ? "would remove \(which)\n" : "removed \(which)"
      if !isTrial {
        text += ": the journal has \(PeopleText.size(bytes: result.sizeAfter)) and had "
        text += PeopleText.size(bytes: result.sizeBefore) + "\n"
      }
    } else {
      text = "nothing to remove\n"
    }
    let kept = result.candidates.kept
    if !kept.isEmpty {
      let which = kept.count == 1 ? "run \(kept[0]) stays" : "\(kept.count) older runs stay"
      text += "\(which): unfinished, or later runs rest on \(kept.count == 1 ? "it" : "them")\n"
    }
    if let failure = result.vacuumFailure {
      text += "the journal's file stays as large as it was, and its room is used again: \(failure)\n"
    }
    return text
  }

  private static func json(_ result: PruneResult, isTrial: Bool) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("dry_run", isTrial)
      json.member("removed", result.candidates.runs) { json, run in json.value(.int(Int(run))) }
      json.member("kept", result.candidates.kept) { json, run in json.value(.int(Int(run))) }
      json.member("bytes_before", isTrial ? nil : result.sizeBefore)
      json.member("bytes_after", isTrial ? nil : result.sizeAfter)
      json.member("note", result.vacuumFailure)
    }
    json.newline()
    return json.bytes
  }
}
