internal import Digest
internal import Executor
internal import Journal
internal import Reporting

extension ReportedApproval {
  init(_ record: ApprovalRecord) {
    self.init(
      step: record.step, decision: record.decision.rawValue, by: record.by, user: record.user, host: record.host,
      email: record.email, note: record.note, at: record.at, expiresAt: record.expiresAt, expiredAt: record.expiredAt,
      isStanding: record.isStanding, digest: record.digest.hex)
  }

  /// Everything that was said for a run, and, of the latest one, what holds for every run.
  static func all(
    of run: Int64, plan: String, isLatest: Bool, _ reader: any JournalReading
  ) throws(JournalError) -> [ReportedApproval] {
    try reader.approvals(plan: plan).filter { $0.run == run || $0.isStanding && isLatest }.map(ReportedApproval.init)
  }
}
