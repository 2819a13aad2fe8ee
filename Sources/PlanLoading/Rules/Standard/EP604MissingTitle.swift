internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let missingTitle = Rule(
    "EP604", "missing-title", .warning,
    summary: "a plan without a title",
    explanation: """
      The first heading of level 1 is the title of a plan: lists of plans, reports and the index show it. A key \
      "title" in the front matter counts too.
      """,
    bad: StandardExample.plan(title: ""),
    good: StandardExample.plan())
}

/// EP604.
enum MissingTitleRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard subject.plan.title == nil, !subject.hasFrontTitle else { return }
    collector.report(
      .missingTitle, subject.titleRange, "the plan has no title",
      notes: ["begin it with a line \"# \" and a few words that say what will be done"])
  }
}
