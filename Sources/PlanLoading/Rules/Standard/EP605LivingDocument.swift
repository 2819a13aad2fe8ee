internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let livingDocument = Rule(
    "EP605", "living-document", .info,
    summary: "a plan that does not say that it is a living document",
    explanation: """
      The standard wants a sentence at the head of each plan which says that it is a living document, so that whoever \
      works on it knows to keep Progress, Surprises & Discoveries, Decision Log and Outcomes & Retrospective up to \
      date. A reference to the repository's PLANS.md does as well. --fix inserts the sentence. Under the standard \
      codex it is a warning.
      """,
    bad: StandardExample.plan(head: ""),
    good: StandardExample.plan())
}

/// EP605.
enum LivingDocumentRule {
  private static let phrases = PhraseSearch([
    "living document", "living execplan", "living plan", "living spec", "plans.md", "活文档", "活的文档", "持续更新", "살아있는 문서",
    "살아 있는 문서", "リビングドキュメント", "生きた文書", "生きたドキュメント", "documento vivo", "lebendes dokument", "живой документ",
  ])

  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let source = subject.source
    // Most plans say it at their head, so the search is over soon.
    guard !phrases.contains(in: source.bytes, SourceRange(start: 0, end: source.bytes.count)) else { return }
    collector.report(
      .livingDocument, subject.titleRange, "the plan does not say that it is a living document",
      severity: subject.severity(.info, codex: .warning), fix: fix(subject))
  }

  private static func fix(_ subject: StandardSubject) -> FixIt? {
    guard let title = subject.plan.sections.first(where: { $0.level == 1 }) else { return nil }
    let newline = subject.source.newline
    let end = subject.plan.markdown.blocks[title.block].range.upperBound
    let text =
      "\(newline)\(newline)This ExecPlan is a living document: Progress, Surprises & Discoveries, Decision Log and "
      + "Outcomes & Retrospective are kept up to date while the work goes on."
    return FixIt("say that it is a living document", [.init(SourceRange(start: end, end: end), with: text)])
  }
}
