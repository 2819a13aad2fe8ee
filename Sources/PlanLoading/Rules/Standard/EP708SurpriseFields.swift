internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let surpriseFields = Rule(
    "EP708", "surprise-fields", .warning,
    summary: "a surprise without its observation or its evidence",
    explanation: """
      An entry of Surprises & Discoveries says what was seen, and what shows it: lines "Observation:" and "Evidence:", \
      the latter with a line of output or the name of a test. Translated labels count. Entries without any label are \
      only an info; under the standard codex they are a warning too.
      """,
    bad: StandardExample.plan(surprises: "- Observation: Some days come in two files.\n"),
    good: StandardExample.plan(
      surprises: "- Observation: Some days come in two files.\n  Evidence: `ls data/2026-02-28*` prints two names.\n"))
}

/// EP708, at most one finding for entries with labels and one for those without.
enum SurpriseFieldsRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let entries = subject.living.surprises.filter { !$0.entry.isPlaceholder }
    // What a misspelt label says is there: the label is reported by a rule of its own.
    let labelled = entries.filter { entry in
      !entry.entry.fields.isEmpty
        && LabelSpellingRule.misspelt(entry.entry, [.observation, .evidence], subject).isEmpty
    }
    EntryParts.report(
      .surpriseFields,
      [
        ("Observation:", labelled.filter { $0.observation == nil && $0.entry.firstLineIsLabel }.map(\.entry)),
        ("Evidence:", labelled.filter { $0.evidence == nil }.map(\.entry)),
      ], of: labelled.count, .warning, subject, &collector)
    EntryParts.reportPlain(
      .surpriseFields, entries.filter { $0.entry.fields.isEmpty }.map(\.entry), of: entries.count,
      "\"Observation:\" and \"Evidence:\"", subject, &collector)
  }
}
