internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import YAML

/// The tree of a markdown plan: what its front matter, its blocks of plan YAML and its declared steps say, as if all of
/// it were written in one YAML plan.
struct MarkdownPlanTree {
  let root: YAMLNode?
  let declared: DeclaredPlan
  let diagnostics: [Diagnostic]

  init(_ document: PlanDocument, _ plan: MarkdownPlan) {
    let reader = DeclaredPlanReader(document, plan)
    declared = reader.declared
    var writer = PlanAssembler(reader.declared, isDeclared: reader.isDeclared, source: document.source)
    root = writer.assemble()
    diagnostics = reader.collector.diagnostics + writer.diagnostics
  }
}
