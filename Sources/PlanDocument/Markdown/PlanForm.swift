package import SourceText

/// The forms of plan documents that are older than the ExecPlan standard.
package enum PlanForm: Sendable, Equatable {
  /// `# Execution Plan Summary`, with phases, deliverables, resources, factors and risks.
  case executionSummary
  /// `## Implementation Plan: NAME`, with tables of phases, tasks, milestones, risks and quality gates.
  case implementationPlan
}

extension MarkdownPlan {
  /// The form that a heading of the plan declares, and the name that stands behind it; nil for other plans.
  package var form: (form: PlanForm, name: Located<String>?)? {
    for section in sections where section.level <= 2 {
      if section.level == 1, section.name.starts(with: PlanForm.summaryHeading) {
        if section.name.count == PlanForm.summaryHeading.count { return (.executionSummary, nil) }
        if let name = name(of: section) { return (.executionSummary, name) }
      }
      if section.name.starts(with: PlanForm.implementationHeading), let name = name(of: section) {
        return (.implementationPlan, name)
      }
    }
    return nil
  }

  /// What stands behind the first colon of a heading.
  private func name(of section: Section) -> Located<String>? {
    let range = section.heading.range
    guard let colon = source.bytes[range.lowerBound..<range.upperBound].firstIndex(of: UInt8(ascii: ":")) else {
      return nil
    }
    var start = colon + 1
    while start < range.upperBound, source.bytes[start] == 0x20 { start += 1 }
    guard start < range.upperBound else { return nil }
    let name = SourceRange(start: start, end: range.upperBound)
    return Located(source.text(name), name)
  }
}

extension PlanForm {
  fileprivate static let summaryHeading = Array("execution plan summary".utf8)
  fileprivate static let implementationHeading = Array("implementation plan:".utf8)
}
