internal import Diagnostics
internal import Markdown
package import PlanDocument
package import PlanModel
internal import SourceText
internal import YAML

/// Reads what a plan says about other plans, without reading the rest of it.
package enum PlanRelationReader {
  /// - Parameter document: a markdown plan; other dialects name no plans.
  package static func relations(of document: PlanDocument) -> [PlanRelation] {
    guard let plan = document.markdown else { return [] }
    let outline = PhaseOutline(plan)
    var tables = TaskTableReader(plan, outline, WorkCalendar())
    tables.read()
    return declared(plan, document.root) + registry(tables.drafts, plan, outline)
  }

  /// Front matter, and lines such as `> **Depends-On:** `plans/1.md`` before the first section.
  static func declared(_ plan: MarkdownPlan, _ frontMatter: YAMLNode?) -> [PlanRelation] {
    var relations: [PlanRelation] = []
    for (key, kind) in [("depends_on", PlanRelation.Kind.dependsOn), ("master_plan", .master)] {
      guard let node = frontMatter?[key] else { continue }
      for item in node.isSequence ? Array(node.items) : [node] where item.isScalar && !DependencyCell.isNone(item.text)
      {
        if item.resolved == .null { continue }
        relations.append(PlanRelation(kind, target: Located(item.text, item.range)))
      }
    }
    let end = plan.sections.first { $0.level > 1 }?.block ?? plan.markdown.blocks.count
    for block in 0..<end {
      guard case .paragraph = plan.markdown.blocks[block].kind else { continue }
      for line in plan.markdown.lines(of: block) where FirstWord.mayBe(firstWords, in: plan.source.bytes, line) {
        guard let labelled = LabelledText(plan.source, line), let kind = kinds[labelled.label] else { continue }
        for item in items(plan.source, labelled.value) { relations.append(PlanRelation(kind, target: item)) }
      }
    }
    return relations
  }

  private static let kinds: [String: PlanRelation.Kind] = [
    "depends-on": .dependsOn, "depends on": .dependsOn, "blocked by": .dependsOn, "predecessor": .dependsOn,
    "hard-depends-on": .dependsOn, "successor": .precedes, "soft-depends-on": .soft,
    "master plan": .master, "master-plan": .master,
  ]
  private static let firstWords = ["depends", "blocked", "predecessor", "hard", "successor", "soft", "master"]
    .map { Array($0.utf8) }

  /// The paths of a comma list; other words are prose.
  private static func items(_ source: SourceFile, _ range: SourceRange) -> [Located<String>] {
    DependencyCell(source, range).items.compactMap { PlanPath.read(source, $0.range) }
  }

  /// What a table with a column of paths says: which plans it lists, and what they depend on.
  static func registry(_ drafts: [TaskDraft], _ plan: MarkdownPlan, _ outline: PhaseOutline) -> [PlanRelation] {
    let rows = drafts.filter { $0.path != nil }
    if rows.isEmpty { return [] }
    var ignored = DiagnosticCollector()
    var resolver = DependencyResolver(plan.source, rows, [], severity: .info)
    resolver.resolve(rows, into: &ignored)
    var relations: [PlanRelation] = []
    for (index, row) in rows.enumerated() {
      guard let path = row.path else { continue }
      relations.append(PlanRelation(.lists, target: path))
      for (kind, needs) in [(PlanRelation.Kind.dependsOn, resolver.needs), (.soft, resolver.softNeeds)] {
        for need in needs[index] {
          guard let target = rows[need.value].path else { continue }
          relations.append(PlanRelation(kind, target: Located(target.value, need.range), subject: path))
        }
      }
    }
    return relations
  }
}
