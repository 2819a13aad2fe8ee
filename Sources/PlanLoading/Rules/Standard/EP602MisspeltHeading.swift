internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let misspeltHeading = Rule(
    "EP602", "misspelt-heading", .warning,
    summary: "a heading that is almost one of the standard's",
    explanation: """
      A section is found by its heading. One that differs by a letter or two is not, so the section counts as \
      missing: what is written below it is not looked at. --fix spells it as the standard does.
      """,
    bad: StandardExample.plan(progressHeading: "Progres"),
    good: StandardExample.plan())
}

/// The headings that most likely mean a section which is not there.
enum MisspeltHeadings {
  static func find(_ plan: MarkdownPlan) -> [(section: Section, kind: SectionKind)] {
    let present = Set(plan.sections.map(\.kind))
    var missing = SectionKind.standard.filter { !present.contains($0) }
    var result: [(Section, SectionKind)] = []
    for section in plan.sections where section.kind == .other && section.level > 1 && !missing.isEmpty {
      guard let kind = MarkdownPlan.kindMeant(by: section, among: missing) else { continue }
      result.append((section, kind))
      missing.removeAll { $0 == kind }
    }
    return result
  }
}

/// EP602.
enum MisspeltHeadingRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    for (section, kind) in subject.misspelt {
      collector.report(
        .misspeltHeading, section.heading.range,
        "\"\(section.heading.value)\" is not \"\(kind.title)\", so that section counts as missing",
        severity: kind.isLiving || subject.isCodex ? .error : .warning,
        fix: FixIt("spell it \"\(kind.title)\"", [.init(section.heading.range, with: kind.title)]))
    }
  }
}
