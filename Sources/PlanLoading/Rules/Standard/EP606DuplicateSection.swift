internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let duplicateSection = Rule(
    "EP606", "duplicate-section", .warning,
    summary: "a section that stands twice",
    explanation: """
      Two sections of one name side by side are read as one by some and as two by others, and new entries land in \
      either. Join them. Sections that are repeated below different headings, one set for each milestone, are fine.
      """,
    bad: StandardExample.plan(end: "\n## Decision Log\n\nNone yet.\n"),
    good: StandardExample.plan())
}

/// EP606.
enum DuplicateSectionRule {
  private struct Key: Hashable {
    var parent: Int?
    var kind: SectionKind
    var heading: String
  }

  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    var first: [Key: Section] = [:]
    for section in subject.plan.sections where section.kind != .other {
      let key = Key(parent: section.parent, kind: section.kind, heading: section.heading.value.lowercased())
      guard let other = first[key] else {
        first[key] = section
        continue
      }
      collector.report(
        .duplicateSection, section.heading.range, "the section \"\(section.heading.value)\" stands twice",
        notes: ["join the two, or give one of them a name of its own"],
        related: [.init("the first one", other.heading.range)])
    }
  }
}
