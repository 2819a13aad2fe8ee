internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let checkboxElsewhere = Rule(
    "EP615", "checkbox-outside-progress", .info,
    summary: "checkboxes outside of Progress",
    explanation: """
      The standard keeps checkboxes to Progress, so that there is one place that says what is done; boxes elsewhere \
      are never counted and never ticked by a run. Acceptance Criteria and Quality Gates of a component are exempt. \
      Under the standard codex it is a warning.
      """,
    bad: StandardExample.plan(end: "\n## Validation and Acceptance\n\n- [ ] The tests pass.\n"),
    good: StandardExample.plan(end: "\n## Validation and Acceptance\n\nThe tests pass.\n"))
}

/// EP615, one finding for a whole plan.
enum CheckboxElsewhereRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    // Without Progress there is no place where they belong, and that is reported.
    guard subject.plan.sections.contains(where: { $0.kind == .progress }) else { return }
    // The items stand in the order of the text, so those of a section come together.
    var last: (section: Int?, isExempt: Bool)?
    let found = subject.living.checkboxesElsewhere.filter { item in
      if let last, last.section == item.section { return !last.isExempt }
      let isExempt = isExempt(item.section, subject.plan)
      last = (item.section, isExempt)
      return !isExempt
    }
    guard let first = found.first else { return }
    let ranges = found.map(\.stateRange)
    collector.report(
      .checkboxElsewhere, first.stateRange,
      found.count == 1
        ? "a checkbox outside of Progress"
        : "\(found.count) checkboxes outside of Progress: \(subject.lineList(ranges))",
      severity: subject.severity(.info, codex: .warning), notes: ["make them plain items, or move them to Progress"])
  }

  private static func isExempt(_ section: Int?, _ plan: MarkdownPlan) -> Bool {
    guard let section else { return false }
    let name = plan.sections[section].heading.value.lowercased()
    guard name.contains("acceptance criteria") || name.contains("quality gate") else { return false }
    var parent = plan.sections[section].parent
    while let index = parent {
      if plan.sections[index].heading.value.lowercased().hasPrefix("component") { return true }
      parent = plan.sections[index].parent
    }
    return false
  }
}
