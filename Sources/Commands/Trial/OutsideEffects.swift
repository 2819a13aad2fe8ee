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
    var effects = planned.nodes.flatMap { node in Self.effects(of: node.step) }
    if !planned.plan.notices.all.isEmpty {
      effects.append(Effect(step: "notify", text: "sends notices"))
    }
    return effects
  }

  private static func effects(of step: Step) -> [Effect] {
    let id = step.id.value
    var effects: [Effect] = []
    switch step.action {
    case .http: effects.append(Effect(step: id, text: "sends a request to a server"))
    case .uses(let uses):
      effects.append(Effect(step: id, text: "is done by the external action \"\(uses.name.value)\""))
    case .sql(let sql) where sql.database.path == nil:
      effects.append(Effect(step: id, text: "works in a PostgreSQL database", isDatabase: true))
    case .run, .exec, .wait, .check, .manual, .agent, .approve, .sql, .file, .edit, .fetch: break
    }
    var seen: Set<String> = []
    for path in step.writtenPaths + step.creates where !path.isNegated && leaves(path.text) {
      if seen.insert(path.text).inserted { effects.append(Effect(step: id, text: "writes \(path.text)")) }
    }
    if let cwd = step.cwd?.literal, leaves(cwd) { effects.append(Effect(step: id, text: "works in the folder \(cwd)")) }
    return effects
  }

  /// Whether a path leads out of a copy: absolute names do wherever they lead, for they are those of no copy.
  static func leaves(_ path: String) -> Bool {
    if path.hasPrefix("/") { return true }
    var depth = 0
    return path.split(separator: "/").contains { name in
      if name != "." { depth += name == ".." ? -1 : 1 }
      return depth < 0
    }
  }
}
