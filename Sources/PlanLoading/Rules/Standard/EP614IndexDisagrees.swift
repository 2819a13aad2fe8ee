internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let indexDisagrees = Rule(
    "EP614", "index-disagrees", .warning,
    summary: "the list of plans says something else than the plan",
    explanation: """
      A line such as "- 2026-03-01 - Load the events - status: done - owner: ada", in the plan itself or in the \
      repository's PLANS.md, names the state of a plan. It is held against Progress: "done" although items are open, \
      "planned" although items are ticked, "in_progress" although all is ticked and the outcomes are written.
      """,
    bad: StandardExample.plan(
      end: "\n## Active ExecPlan Index\n\n- 2026-03-01 - Load the events every night - status: done - owner: ada\n"),
    good: StandardExample.plan(
      end:
        "\n## Active ExecPlan Index\n\n- 2026-03-01 - Load the events every night - status: in_progress - owner: ada\n")
  )
}

/// EP614.
enum IndexDisagreesRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard let title = subject.plan.title, !subject.living.progress.isEmpty else { return }
    let name = PlanIndexLine.comparable(title.value)
    for (entry, range) in PlanIndexLine.entries(in: subject.plan) where PlanIndexLine.comparable(entry.name) == name {
      guard let state = contradiction(entry.status, subject) else { continue }
      collector.report(
        .indexDisagrees, range, "the status is \"\(entry.status)\", but \(state)",
        notes: ["correct the one that is wrong"])
    }
    guard let repository = subject.profile.repository else { return }
    for entry in repository.index where PlanIndexLine.comparable(entry.name) == name {
      guard let state = contradiction(entry.status, subject) else { continue }
      collector.report(
        .indexDisagrees, title.range,
        "\"\(repository.path)\" says \"\(entry.status)\" of this plan on line \(entry.line), but \(state)",
        notes: ["correct the one that is wrong"])
    }
  }

  /// What in the plan speaks against a status; nil if nothing does.
  private static func contradiction(_ status: String, _ subject: StandardSubject) -> String? {
    let living = subject.living
    switch status.replacing("-", with: "_").replacing(" ", with: "_") {
    case "done", "completed", "complete", "finished":
      let open = living.progress.count { $0.state == .open }
      return open == 0 ? nil : open == 1 ? "1 item of Progress is open" : "\(open) items of Progress are open"
    case "planned", "not_started", "queued":
      let done = living.progress.count { $0.state == .done }
      return done == 0 ? nil : done == 1 ? "1 item of Progress is ticked" : "\(done) items of Progress are ticked"
    case "in_progress", "active", "blocked":
      return living.isDone && living.outcomes?.state == .filled
        ? "all items of Progress are ticked and the outcomes are written" : nil
    default: return nil
    }
  }
}
