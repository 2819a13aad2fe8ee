internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let emptyOutcomes = Rule(
    "EP709", "empty-outcomes", .warning,
    summary: "all is ticked, but the outcomes are not written",
    explanation: """
      When all items of Progress are ticked the work is done, and Outcomes & Retrospective says what came of it: what \
      was achieved, what is left, what was learnt, held against the purpose.
      """,
    bad: StandardExample.plan(progress: "- [x] (2026-03-01 12:00Z) Wrote the loader.\n"),
    good: StandardExample.plan(
      progress: "- [x] (2026-03-01 12:00Z) Wrote the loader.\n", outcomes: "The events are loaded every night.\n"))
}

/// EP709.
enum EmptyOutcomesRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard subject.living.isDone, let outcomes = subject.living.outcomes, outcomes.state != .filled else { return }
    collector.report(
      .emptyOutcomes, outcomes.text.isEmpty ? outcomes.heading : outcomes.text,
      "all items of Progress are ticked, but \"\(subject.source.text(outcomes.heading))\" "
        + (outcomes.state == .empty ? "is empty" : "says nothing yet"),
      notes: ["write what was achieved, what is left and what was learnt"])
  }
}
