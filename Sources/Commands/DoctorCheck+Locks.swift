internal import Journal
internal import PlanModel
internal import Reporting

extension DoctorCheck {
  /// Asks for each recorded plan whether its lock is held; takes none.
  static let locks = DoctorCheck("locks") { context in
    let state = StateDirectory(path: context.stateDirectory)
    // A journal that can't be read is the finding of another check.
    guard let plans = try? JournalReader(state).read({ reader throws(JournalError) in try reader.plans() }) else {
      return [DoctorFinding(.warn, "locks", "unknown, because the journal can't be read")]
    }
    var findings: [DoctorFinding] = []
    for plan in plans {
      do throws(JournalError) {
        guard case .held(let holder) = try PlanLock.status(state, plan: plan.key) else { continue }
        findings.append(DoctorFinding(.ok, "lock", "\"\(plan.key)\" is being applied by \(name(of: holder))"))
      } catch {
        findings.append(DoctorFinding(.warn, "lock", "\"\(plan.key)\": \(JournalAccess.failure(error).message)"))
      }
    }
    return findings.isEmpty ? [DoctorFinding(.ok, "locks", "no plan is being applied")] : findings
  }

  private static func name(of holder: LockHolder?) -> String {
    guard let holder else { return "a process that left no note" }
    let run = holder.run.map { ", run \($0)" } ?? ""
    return "process \(holder.pid) on \(holder.host) since \(Timestamp.absolute(holder.since))\(run)"
  }
}
