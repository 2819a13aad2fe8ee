internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let labelSpelling = Rule(
    "EP710", "label-spelling", .warning,
    summary: "a label that is almost one of the standard's",
    explanation: """
      The parts of an entry are found by their labels: Decision, Rationale, Date/Author, Observation, Evidence. One \
      that differs by a letter or two is not, so the part counts as missing. Under the standard codex other words and \
      translations are reported as well. --fix spells them as the standard does.
      """,
    bad: StandardExample.plan(
      decisions:
        "- Decision: Load whole days.\n  Rationle: Part of a day can't be checked.\n  Date/Author: 2026-03-01, ada\n"),
    good: StandardExample.plan(
      decisions:
        "- Decision: Load whole days.\n  Rationale: Part of a day can't be checked.\n  Date/Author: 2026-03-01, ada\n"))
}

/// EP710.
enum LabelSpellingRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    var reported: Set<String> = []
    for entry in subject.living.decisions {
      check(entry.entry, [.decision, .rationale, .dateAuthor], subject, &reported, &collector)
    }
    for entry in subject.living.surprises {
      check(entry.entry, [.observation, .evidence], subject, &reported, &collector)
    }
  }

  private static func check(
    _ entry: LogEntry, _ labels: [EntryLabel], _ subject: StandardSubject, _ reported: inout Set<String>,
    _ collector: inout DiagnosticCollector
  ) {
    for (range, label) in misspelt(entry, labels, subject) {
      report(range, label, "is not \"\(label.title):\", so that part counts as missing", subject, &collector)
    }
    guard subject.isCodex else { return }
    for field in entry.fields {
      let written = subject.source.text(field.labelRange)
      // A date and an author on lines of their own say what "Date/Author" says.
      guard written != field.label.title, field.label != .date, field.label != .author,
        reported.insert(written).inserted
      else { continue }
      report(
        field.labelRange, field.label, "is called \"\(field.label.title):\" by the standard", subject, &collector,
        all: { $0.label == field.label && subject.source.text($0.labelRange) == written })
    }
  }

  /// The labels of an entry that are almost one of the standard's.
  static func misspelt(
    _ entry: LogEntry, _ labels: [EntryLabel], _ subject: StandardSubject
  ) -> [(range: SourceRange, label: EntryLabel)] {
    var result: [(SourceRange, EntryLabel)] = []
    for block in entry.blocks {
      guard case .paragraph = subject.plan.markdown.blocks[block].kind else { continue }
      for line in subject.plan.markdown.lines(of: block) {
        guard let range = firstWord(line, subject.source.bytes),
          !entry.fields.contains(where: { $0.labelRange == range }),
          let label = nearest(subject.source.text(range), labels)
        else { continue }
        result.append((range, label))
      }
    }
    return result
  }

  private static func report(
    _ range: SourceRange, _ label: EntryLabel, _ what: String, _ subject: StandardSubject,
    _ collector: inout DiagnosticCollector, all: ((LogEntry.Field) -> Bool)? = nil
  ) {
    var ranges = [range]
    if let all {
      let entries = subject.living.decisions.map(\.entry) + subject.living.surprises.map(\.entry)
      ranges = entries.flatMap(\.fields).filter(all).map(\.labelRange)
    }
    collector.report(
      .labelSpelling, range, "\"\(subject.source.text(range)):\" \(what)",
      fix: FixIt("write \"\(label.title):\"", ranges.map { .init($0, with: label.title) }))
  }

  /// The words before the first colon of a line, if they are short enough to be a label.
  private static func firstWord(_ line: SourceRange, _ bytes: [UInt8]) -> SourceRange? {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start] == UInt8(ascii: "*") || bytes[start] == UInt8(ascii: "_") { start += 1 }
    var end = start
    while end < line.upperBound, end - start <= 16, bytes[end] != UInt8(ascii: ":") { end += 1 }
    guard end < line.upperBound, bytes[end] == UInt8(ascii: ":") else { return nil }
    while end > start, bytes[end - 1] == UInt8(ascii: "*") || bytes[end - 1] == UInt8(ascii: "_") { end -= 1 }
    return end - start >= 6 ? SourceRange(start: start, end: end) : nil
  }

  private static func nearest(_ word: String, _ labels: [EntryLabel]) -> EntryLabel? {
    let lower = Array(word.lowercased().utf8)
    guard lower.allSatisfy({ $0 < 0x80 && $0 != 0x20 }) else { return nil }
    return labels.first { label in
      let title = Array(label.title.lowercased().utf8)
      return abs(title.count - lower.count) <= 2 && title != lower && NearestName.editDistance(lower, title) <= 2
        // "Decisions:" heads a list, it is no slip.
        && !lower.starts(with: title)
    }
  }
}
