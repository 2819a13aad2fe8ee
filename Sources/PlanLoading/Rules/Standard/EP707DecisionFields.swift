internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let decisionFields = Rule(
    "EP707", "decision-fields", .warning,
    summary: "an entry of the Decision Log that lacks a part",
    explanation: """
      An entry of the Decision Log says what was decided, why, and when and by whom: lines "Decision:", "Rationale:" \
      and "Date/Author:". Without the reason nobody can tell later whether it still holds. Translated labels count. \
      Entries without any label are only an info, as they may say the same in other words; under the standard codex \
      they are a warning too.
      """,
    bad: StandardExample.plan(decisions: "- Decision: Load whole days.\n  Date/Author: 2026-03-01, ada\n"),
    good: StandardExample.plan(
      decisions:
        "- Decision: Load whole days.\n  Rationale: Part of a day can't be checked.\n  Date/Author: 2026-03-01, ada\n"))
}

/// EP707, at most one finding for entries with labels and one for those without.
enum DecisionFieldsRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let entries = subject.living.decisions.filter { !$0.entry.isPlaceholder }
    // What a misspelt label says is there: the label is reported by a rule of its own.
    let labelled = entries.filter { entry in
      !entry.entry.fields.isEmpty
        && LabelSpellingRule.misspelt(entry.entry, [.decision, .rationale, .dateAuthor], subject).isEmpty
    }
    let parts: [(name: String, lacks: (DecisionEntry) -> Bool)] = [
      ("Decision:", { $0.decision == nil && $0.entry.firstLineIsLabel }),
      ("Rationale:", { $0.rationale == nil }),
      ("Date/Author:", { $0.date == nil && $0.author == nil && $0.entry.timestamp == nil }),
    ]
    EntryParts.report(
      .decisionFields, parts.map { part in (part.name, labelled.filter(part.lacks).map(\.entry)) }, of: labelled.count,
      .warning, subject, &collector)
    EntryParts.reportPlain(
      .decisionFields, entries.filter { $0.entry.fields.isEmpty }.map(\.entry), of: entries.count,
      "\"Decision:\", \"Rationale:\" and \"Date/Author:\"", subject, &collector)
  }
}

extension LogEntry {
  /// Whether the entry begins with a label, and not with a text that may be the decision itself.
  var firstLineIsLabel: Bool {
    guard let first = fields.first else { return false }
    return first.labelRange.lowerBound - firstLine.lowerBound < 4 && first.labelRange.lowerBound >= firstLine.lowerBound
  }
}
