internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let missingPlan = Rule(
    "EP323", "missing-plan", .warning,
    summary: "a plan names another plan that is not there",
    explanation: """
      The front matter, a line such as "Depends-On:" or a table of plans names a file, and there is no such file below \
      the project root nor beside the plan. It may have been renamed, or moved to the folder of finished plans. The \
      graph of all plans shows the name without knowing more about it. A successor may still have to be written.
      """,
    bad: """
      ---
      execplan: 1
      depends_on: [plans/0-no-such-plan.md]
      ---

      # Load the warehouse

      ## Purpose

      Numbers every morning.
      """,
    good: """
      ---
      execplan: 1
      ---

      # Load the warehouse

      ## Purpose

      Numbers every morning.
      """)
}

/// EP323.
enum MissingPlanRule {
  static func check(_ plan: Plan, _ files: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    guard let files else { return }
    var seen: Set<String> = []
    // Where a table lists a plan, its path stands; elsewhere in the table only its id.
    let relations = plan.relations.filter { $0.subject == nil } + plan.relations.filter { $0.subject != nil }
    for relation in relations where relation.kind != .precedes && PlanPath.isPlan(relation.target.value) {
      let target = relation.target.value
      guard seen.insert(target).inserted, !PlanPath.candidates(target, of: plan.path).contains(where: files.exists)
      else { continue }
      collector.report(
        .missingPlan, relation.target.range, "there is no plan \"\(target)\"",
        notes: ["name it by its path from the project root"])
    }
  }
}
