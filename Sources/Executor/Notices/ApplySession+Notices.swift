internal import Journal
internal import PlanModel
internal import Planner

extension ApplySession {
  /// Sends what a crash or a signal kept an earlier invocation from sending about the end of the latest run.
  func sendOwedNotices(
    on journal: any JournalStore, _ invocation: any InvocationWorld, _ observer: any RunObserver
  ) throws {
    guard !planned.plan.notices.all.isEmpty else { return }
    let owed = try journal.read { reader throws(JournalError) -> (run: Run, end: NumberedEvent, sent: Int)? in
      guard let run = try reader.latestRun(plan: planned.plan.key) else { return nil }
      var end: NumberedEvent?
      var sent = 0
      var last: Int64 = 0
      while true {
        let page = try reader.events(run: run.id, after: last, limit: 10_000)
        for item in page {
          switch item.event.kind {
          case .runStarted, .rollback, .runFinished:
            end = item.event.kind == .runFinished ? item : nil
            sent = 0
          case .notice: sent += 1
          default: break
          }
        }
        guard let next = page.last?.sequence else { break }
        last = next
      }
      return end.map { (run, $0, sent) }
    }
    guard let owed, case .int(let count)? = owed.end.event.payload.first(where: { $0.key == "notices" })?.value,
      owed.sent < count, let outcome = RunOutcome(run: owed.run, end: owed.end.event, title: planned.plan.title)
    else { return }
    observer.said("run \(owed.run.id) ended without its notices; they are sent now")
    try NoticeRound(
      planned: planned, site: site, journal: journal, outcome: outcome, sent: owed.sent, end: owed.end.sequence
    ).send(invocation, observer: observer)
  }
}
