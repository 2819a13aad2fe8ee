internal import PlanModel

extension RunReport {
  /// Markdown for a comment on a change or for a document: what failed first, then every step.
  package func markdown() -> String {
    var out = "# \(RunReport.line(title)): run \(run) \(state.word)\n\n"
    for fact in facts {
      let texts = fact.isCode ? fact.texts.map(RunReport.code) : fact.texts
      out += "- \(fact.name): \(texts.joined(separator: ", "))\n"
    }
    out += problemText
    out += tables
    out += approvalTable
    if let nextCommand { out += "\n## Next\n\n\(RunReport.fenced(nextCommand, "console"))" }
    return out
  }

  private var problemText: String {
    guard !problems.isEmpty else { return "" }
    var out = "\n## What failed\n"
    let blocked = blocked
    for step in problems {
      out += "\n### \(RunReport.line(step.id)): \(RunReport.line(step.reasonOrState))\n"
      for check in step.checks where check.verdict == "fail" {
        out += "\n- \(RunReport.line(check.title)): \(RunReport.line(check.failure ?? ""))\n"
      }
      if let lines = step.lastLines { out += "\n" + RunReport.fenced(lines, "text") }
      if let held = blocked[step.id] { out += "\nBlocked by it: \(held.map(RunReport.code).joined(separator: ", "))\n" }
    }
    return out
  }

  private var tables: String {
    var out = "\n## Steps\n\n| step | phase | state | attempts | duration | why |\n|---|---|---|---:|---:|---|\n"
    let names = Dictionary(phases.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    for step in steps {
      let cells = [
        RunReport.line(step.title.map { "\(step.id): \($0)" } ?? step.id),
        RunReport.line(step.phase.map { names[$0] ?? $0 } ?? ""),
        step.state.word, step.attempts.isEmpty ? "" : "\(step.attempts.count)",
        step.duration.map { PeopleText.duration(milliseconds: $0) } ?? "", RunReport.line(step.words),
      ]
      out += "| \(cells.joined(separator: " | ")) |\n"
    }
    let checked = steps.filter { !$0.checks.isEmpty }
    if !checked.isEmpty {
      out += "\n## Checks\n\n| step | check | result | found |\n|---|---|---|---|\n"
      for step in checked {
        for check in step.checks {
          let cells = [
            RunReport.line(step.id), RunReport.line(check.title), check.verdict,
            RunReport.line(check.failure ?? check.found ?? ""),
          ]
          out += "| \(cells.joined(separator: " | ")) |\n"
        }
      }
    }
    let made = steps.filter { !$0.outputs.isEmpty }
    if !made.isEmpty {
      out += "\n## Files\n\n| file | made by | SHA-256 |\n|---|---|---|\n"
      for step in made {
        for file in step.outputs {
          out += "| \(RunReport.line(file.path)) | \(RunReport.line(step.id)) | \(file.sha256 ?? "") |\n"
        }
      }
    }
    return out
  }

  private var approvalTable: String {
    if approvals.isEmpty { return "" }
    var out = "\n## Approvals\n\n| asked | answer | by | when | digest | remarks |\n|---|---|---|---|---|---|\n"
    for approval in approvals {
      let cells = [
        RunReport.line(approval.step), approval.decision, RunReport.line(approval.person),
        Timestamp.absolute(approval.at), String(approval.digest.prefix(12)),
        RunReport.line(approval.remarks.joined(separator: ", ")),
      ]
      out += "| \(cells.joined(separator: " | ")) |\n"
    }
    return out
  }

  // MARK: Texts of a plan in markdown

  /// In one line, without a meaning for markdown.
  private static func line(_ text: String) -> String {
    var out = ""
    for scalar in PrintableText.line(text).unicodeScalars {
      if "\\`*_{}[]<>#|~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }

  /// A code span, whatever backquotes it holds (spec.commonmark.org, 6.1).
  private static func code(_ text: String) -> String {
    let line = PrintableText.line(text)
    let fence = String(repeating: "`", count: longestRun(in: line) + 1)
    return fence.utf8.count == 1 ? "`\(line)`" : "\(fence) \(line) \(fence)"
  }

  private static func fenced(_ text: String, _ language: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
    return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  /// The length of the longest run of backquotes.
  private static func longestRun(in text: String) -> Int {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

extension Value {
  /// Texts as they are, everything else as JSON.
  var readable: String {
    if case .string(let text) = self { return text }
    return JSONWriter.compact(self)
  }
}
