internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let progressChecklist = Rule(
    "EP701", "progress-is-no-checklist", .warning,
    summary: "Progress without checkboxes",
    explanation: """
      Progress is a list of small steps with a box each, so that anyone, and any tool, sees what is done and what is \
      not: "- [x] (2026-03-01 12:00Z) Wrote the loader." and "- [ ] Load the first night."
      """,
    bad: StandardExample.plan(progress: "The loader is written, the first night is still to be loaded.\n"),
    good: StandardExample.plan())
}

/// EP701.
enum ProgressChecklistRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard subject.living.progress.isEmpty,
      let section = subject.plan.sections.first(where: { $0.kind == .progress })
    else { return }
    collector.report(
      .progressChecklist, section.heading.range, "\"\(section.heading.value)\" has no checkboxes",
      notes: ["write each step as \"- [ ] what is to be done\""])
  }
}
