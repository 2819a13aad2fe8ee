internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let headingAlias = Rule(
    "EP603", "heading-alias", .warning,
    summary: "a heading that the standard spells otherwise",
    explanation: """
      Other names, translations and numbering of the twelve headings are understood. Other tools look for the words \
      of the standard, so under the standard codex a heading that is spelt otherwise is reported. --fix spells it as \
      the standard does. It finds nothing under the standard lenient.
      """,
    bad: StandardExample.plan(progressHeading: "Progress Tracking"),
    good: StandardExample.plan())
}

/// EP603, under `codex` only.
enum HeadingAliasRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard subject.isCodex else { return }
    let canonical = Set(subject.plan.sections.filter { subject.plan.isCanonical($0) }.map(\.kind))
    var renamed: Set<SectionKind> = []
    for section in subject.plan.sections where section.kind != .other && !canonical.contains(section.kind) {
      // A second name beside the first is a section of its own: "Validation" and "Acceptance Criteria".
      guard renamed.insert(section.kind).inserted else { continue }
      let title = section.kind.title
      collector.report(
        .headingAlias, section.heading.range, "the standard calls this section \"\(title)\"",
        fix: FixIt("spell it \"\(title)\"", [.init(section.heading.range, with: title)]))
    }
  }
}
