internal import PlanModel
internal import Planner
internal import SourceText

/// Whether each copy of a project can have a PostgreSQL database of its own: it is named by `PGDATABASE`, so nothing in
/// the plan may name another.
enum OwnDatabases {
  /// What stands in the way, a line for each step.
  static func problems(of planned: PlannedPlan) -> [String] {
    var problems: [String] = []
    if let name = variable(in: planned.plan.env) { problems.append("env: sets \(name)") }
    for node in planned.nodes {
      let step = node.step
      if let name = variable(in: step.env) { problems.append("\(step.id.value): sets \(name)") }
      if step.postgresConnections.contains(where: { $0 != PostgresConnection() }) {
        problems.append("\(step.id.value): names its server or database, in place of \"postgres:\"")
      }
    }
    return problems
  }

  private static let known = Set(PostgresKeyword.allCases.map(\.variable))

  private static func variable(in variables: [Step.Variable]) -> String? {
    variables.first { known.contains($0.name.value) }?.name.value
  }
}
