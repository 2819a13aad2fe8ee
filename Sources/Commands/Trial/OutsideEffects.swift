internal import PlanModel
internal import Planner
internal import SourceText

/// What steps do outside of their project, as far as a plan shows it: a program may do anything.
enum OutsideEffects {
  struct Effect: Hashable {
    var step: String
    var text: String
    /// Whether it is a database of a server.
    var isDatabase = false
  }

  static func of(_ planned: PlannedPlan) -> [Effect] {
    var effects = planned.nodes.compactMap { node in effect(of: node.step) }
    if !planned.plan.notices.all.isEmpty {
      effects.append(Effect(step: "notify", text: "sends notices"))
    }
    return effects
  }

  private static func effect(of step: Step) -> Effect? {
    let id = step.id.value
    switch step.action {
    case .http: return Effect(step: id, text: "sends a request to a server")
    case .uses(let uses): return Effect(step: id, text: "is done by the external action \"\(uses.name.value)\"")
    case .sql(let sql):
      if sql.database.path != nil { return nil }
      return Effect(step: id, text: "works in a PostgreSQL database", isDatabase: true)
    case .file, .edit, .fetch:
      guard let path = step.action.targetPath?.text, path.hasPrefix("/") || path.hasPrefix("../") else { return nil }
      return Effect(step: id, text: "writes \(path)")
    case .run, .exec, .wait, .check, .manual, .agent, .approve: return nil
    }
  }
}
