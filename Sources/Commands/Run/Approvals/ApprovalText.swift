internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// What is told of an answer that was recorded.
struct ApprovalText {
  private let planned: PlannedPlan

  init(_ planned: PlannedPlan) { self.planned = planned }

  func line(_ answer: ApprovalSession.Answer) -> String {
    let name = planned.nameOfApproval(answer.node)
    guard let record = answer.record else {
      return "\(name) is approved already" + (answer.run.map { " in run \($0)" } ?? "")
    }
    let steps = PeopleText.count(answer.stepCount, "step")
    let what = record.isStanding ? "every run" : record.run.map { "run \($0)" } ?? "the next run"
    var text = "\(record.decision.rawValue) \(name) (\(steps)) as \(record.by), for \(what)"
    if let end = record.expiresAt { text += ", until \(Timestamp.rfc3339(end))" }
    return PrintableText.line(text)
  }
}
