internal import Diagnostics
internal import PlanDocument
internal import SourceText

/// A plan of which only one section matters.
enum LivingText {
  static func read(_ text: String) -> (living: LivingSections, plan: MarkdownPlan, source: SourceFile) {
    let source = SourceFile(path: "plan.md", text: text)
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(source, into: &collector)
    guard let plan = document.markdown else { fatalError("a file .md is markdown") }
    return (LivingSections(plan), plan, source)
  }

  static func progress(_ items: String) -> (items: [ProgressItem], source: SourceFile) {
    let (living, _, source) = read("# Plan\n\n## Progress\n\n\(items)\n")
    return (living.progress, source)
  }
}
