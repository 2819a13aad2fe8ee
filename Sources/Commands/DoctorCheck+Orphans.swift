internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting
internal import SourceText

extension DoctorCheck {
  /// Looks for steps that still run although the execplan that started them is dead; ends none.
  static let orphans = DoctorCheck("orphans") { context in
    let state = StateDirectory(path: context.stateDirectory)
    let register = OrphanRegister(state)
    var findings: [DoctorFinding] = []
    do {
      try JournalReader(state).read { reader throws(JournalError) in
        for plan in try reader.plans() {
          // While the lock is held, what runs has its execplan.
          guard case .free = try PlanLock.status(state, plan: plan.key) else { continue }
          for orphan in try register.orphans(of: plan.key, reader) {
            let name = ShellQuoting.quoted(PathName.shown(context.projectRoot + "/" + plan.path))
            findings.append(
              DoctorFinding(
                .warn, "orphan", "\"\(plan.key)\", run \(orphan.attempt.run): \(orphan.text)",
                advice: orphan.unseen == nil
                  ? "execplan apply \(name) --orphans wait, or --orphans kill"
                  : "execplan resolve \(name) \(CommandWords.word(orphan.attempt.step)) --as done|failed|rerun"))
          }
        }
      }
    } catch {
      // A journal that can't be read is the finding of another check.
      return [DoctorFinding(.warn, "orphans", "unknown, because the journal can't be read")]
    }
    return findings.isEmpty ? [DoctorFinding(.ok, "orphans", "no step runs without its execplan")] : findings
  }
}
