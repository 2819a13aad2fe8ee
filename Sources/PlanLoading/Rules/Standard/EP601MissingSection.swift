internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let missingSection = Rule(
    "EP601", "missing-section",
    summary: "a section of the ExecPlan standard is missing",
    explanation: """
      An ExecPlan has twelve sections, so that whoever takes it up finds everything in its place. Other spellings and \
      translations count, the order does not. A missing living section (Progress, Surprises & Discoveries, Decision \
      Log, Outcomes & Retrospective) is an error, another one a warning, and Artifacts and Notes only an info; with \
      --strict and under the standard codex all are errors. The repository's own PLANS.md may require other sections. \
      --fix inserts a skeleton that is to be filled in.
      """,
    bad: """
      # Load the events every night

      This ExecPlan is a living document.

      ## Progress

      - [ ] Write the loader.

      ## Surprises & Discoveries

      None yet.

      ## Outcomes & Retrospective

      None yet.

      """,
    good: """
      # Load the events every night

      This ExecPlan is a living document.

      ## Purpose / Big Picture

      The dashboards show the events of yesterday at six in the morning.

      ## Progress

      - [ ] Write the loader.

      ## Surprises & Discoveries

      None yet.

      ## Decision Log

      None yet.

      ## Outcomes & Retrospective

      None yet.

      ## Context and Orientation

      The service writes its events to files, one a day.

      ## Plan of Work

      A script reads the files of a day into the warehouse.

      ## Concrete Steps

      From the repository root:

          python3 scripts/load.py --help

      ## Validation and Acceptance

      The table of events has as many rows as the files of the day have lines.

      ## Idempotence and Recovery

      Loading a day twice replaces it.

      ## Artifacts and Notes

      None yet.

      ## Interfaces and Dependencies

      The loader needs Python and nothing else.

      """)
}

/// EP601: a finding for each section that is required and not there.
enum MissingSectionRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let plan = subject.plan
    let present = Set(plan.sections.map(\.kind))
    let misspelt = Set(subject.misspelt.map(\.kind))
    for required in requiredSections(subject) {
      let isThere =
        required.kind == .other
        ? plan.hasSection(named: required.title) : present.contains(required.kind) || misspelt.contains(required.kind)
      if isThere { continue }
      var notes: [String] = []
      if let path = required.path { notes.append("\"\(path)\" requires it, line \(required.line)") }
      collector.report(
        .missingSection, subject.titleRange, "the section \"\(required.title)\" is missing",
        severity: severity(required.kind, subject), notes: notes, fix: fix(required.kind, required.title, plan))
    }
  }

  private struct Required {
    var title: String
    var kind: SectionKind
    /// The file that demands it; nil for the standard itself.
    var path: String?
    var line: Int
  }

  private static func requiredSections(_ subject: StandardSubject) -> [Required] {
    let ofStandard = SectionKind.standard.map { Required(title: $0.title, kind: $0, path: nil, line: 0) }
    guard let repository = subject.profile.repository, !repository.sections.isEmpty else { return ofStandard }
    var result = repository.sections.map {
      Required(title: $0.title, kind: $0.kind, path: repository.path, line: $0.line)
    }
    if subject.isCodex {
      let kinds = Set(result.map(\.kind))
      result += ofStandard.filter { !kinds.contains($0.kind) }
    }
    return result
  }

  private static func severity(_ kind: SectionKind, _ subject: StandardSubject) -> Severity {
    if subject.isCodex || subject.profile.isStrict { return .error }
    if kind.isLiving { return .error }
    return kind == .artifacts ? .info : .warning
  }

  // MARK: The repair

  /// Inserts the section behind those that come before it in the standard; nil where what is inserted would not
  /// be a section.
  private static func fix(_ kind: SectionKind, _ title: String, _ plan: MarkdownPlan) -> FixIt? {
    guard !endsInOpenCode(plan.markdown) else { return nil }
    let level = plan.sections.first { $0.kind != .other }?.level ?? 2
    let place = place(of: kind, level: level, in: plan)
    let bytes = plan.source.bytes
    let newline = plan.source.newline
    var text =
      "\(String(repeating: "#", count: level)) \(title)\(newline)\(newline)\(SectionSkeleton.body(kind))\(newline)"
    if place < bytes.count {
      text += newline
    } else {
      let endsLine = bytes.last.map { $0 == 0x0A || $0 == 0x0D } ?? true
      text = newline + (endsLine ? "" : newline) + text
    }
    return FixIt(
      "insert the section \"\(title)\" to be filled in", [.init(SourceRange(start: place, end: place), with: text)])
  }

  private static func place(of kind: SectionKind, level: Int, in plan: MarkdownPlan) -> Int {
    guard let rank = SectionKind.standard.firstIndex(of: kind) else { return plan.source.bytes.count }
    var before: (rank: Int, section: Section)?
    for section in plan.sections where section.level == level {
      guard let other = SectionKind.standard.firstIndex(of: section.kind), other < rank else { continue }
      if before.map({ $0.rank <= other }) ?? true { before = (other, section) }
    }
    let block: Int
    if let before {
      block = before.section.body.upperBound
    } else {
      block = plan.sections.first { $0.level == level }?.block ?? plan.markdown.blocks.count
    }
    guard block < plan.markdown.blocks.count else { return plan.source.bytes.count }
    let line = plan.source.lineIndex(of: plan.markdown.blocks[block].range.lowerBound)
    return plan.source.lineRange(line).lowerBound
  }

  private static func endsInOpenCode(_ markdown: MarkdownDocument) -> Bool {
    guard case .code(let code)? = markdown.blocks.last?.kind else { return false }
    return !code.isClosed
  }
}
