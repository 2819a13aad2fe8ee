internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let missingRequirement = Rule(
    "EP616", "missing-requirement", .warning,
    summary: "something that this project requires of its plans is missing",
    explanation: """
      The key "require" of execplan.config.yaml lists headings and phrases that every markdown plan of the project \
      must hold, such as a heading for the security review. Write the section or the sentence.
      """,
    bad: "", good: StandardExample.plan())
}

/// EP616.
enum MissingRequirementRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    for requirement in subject.profile.requirements where !requirement.text.isEmpty {
      if subject.plan.hasSection(named: requirement.text) { continue }
      let phrase = PhraseSearch([requirement.text])
      let bytes = subject.source.bytes
      if phrase.contains(in: bytes, SourceRange(start: 0, end: bytes.count)) { continue }
      collector.report(
        .missingRequirement, subject.titleRange, "neither a heading nor a sentence says \"\(requirement.text)\"",
        severity: subject.severity(.warning, codex: .error), notes: ["\"\(requirement.path)\" requires it"])
    }
  }
}
