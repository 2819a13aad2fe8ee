internal import Diagnostics
internal import PlanDocument
internal import SourceText

/// Reports entries of the logs that lack a part.
enum EntryParts {
  /// One finding about all entries that have labels, but not all of them.
  static func report(
    _ rule: Rule, _ lacking: [(part: String, entries: [LogEntry])], of count: Int, _ severity: Severity,
    _ subject: StandardSubject, _ collector: inout DiagnosticCollector
  ) {
    let lacking = lacking.filter { !$0.entries.isEmpty }
    guard let first = lacking.compactMap({ $0.entries.first }).min(by: { $0.firstLine < $1.firstLine }) else { return }
    let texts = lacking.map { part, entries in
      if count == 1 { return "\"\(part)\"" }
      return entries.count == count
        ? "\"\(part)\" (all \(count))" : "\"\(part)\" (\(subject.lineList(entries.map(\.firstLine))))"
    }
    collector.report(
      rule, first.firstLine, (count == 1 ? "the entry lacks " : "entries lack ") + texts.joined(separator: " and "),
      severity: severity, notes: ["add the lines that are missing to each entry"])
  }

  /// One finding about all entries without any label.
  static func reportPlain(
    _ rule: Rule, _ entries: [LogEntry], of count: Int, _ labels: String, _ subject: StandardSubject,
    _ collector: inout DiagnosticCollector
  ) {
    guard let first = entries.first else { return }
    let text =
      count == 1
      ? "the entry has"
      : entries.count == count
        ? "none of the \(count) entries has" : "\(entries.count) of \(count) entries have none of"
    let list = entries.count == count ? "" : ": \(subject.lineList(entries.map(\.firstLine)))"
    collector.report(
      rule, first.firstLine, "\(text) \(count == 1 ? "none of " : "")the labels \(labels)\(list)",
      severity: subject.severity(.info, codex: .warning), notes: ["write each part on a line with its label"])
  }
}
