internal import Executor
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Holds `requires:` and `dotenv:` of a plan against this machine, before the first step; no program is run.
struct RequirementCheck {
  let plan: Plan
  let site: ExecutionSite
  let source: SourceFile

  /// - Returns: what is missing, all in one go; nil if nothing is.
  /// - Parameter command: the plan's argument in the next command.
  func refusal(_ command: CommandWords) throws -> Refusal? {
    let environment = environment
    var missing: [(range: SourceRange, text: String)] = []
    for path in plan.dotenv.missing { missing.append((path.range, "there is no file \"\(path.text)\" for \"dotenv\"")) }
    for program in plan.requirements.commands {
      switch ProgramSearch.find(program.value, path: environment["PATH"], directory: site.root) {
      case .found: break
      case .notFound: missing.append((program.range, "there is no command \"\(program.value)\""))
      case .notExecutable(let path):
        missing.append((program.range, "the command \"\(program.value)\" can't be executed: \"\(path)\""))
      }
    }
    if let step = plan.stepOnPostgres,
      case .notFound = ProgramSearch.find(
        "psql", path: environment["PATH"], directory: site.root)
    {
      missing.append(
        (step.range, "there is no command \"psql\", which \"\(step.value)\" needs for PostgreSQL"))
    }
    for name in plan.requirements.environment where environment[name.value]?.isEmpty != false {
      missing.append((name.range, "the environment variable \"\(name.value)\" is not set, or empty"))
    }
    for path in plan.requirements.files where try site.files.matches([path]).isEmpty {
      missing.append((path.range, "there is no file \"\(path.text)\""))
    }
    if missing.isEmpty { return nil }
    return Refusal(
      .refused, "the plan requires what is not there",
      details: missing.sorted { $0.range < $1.range }.map { range, text in
        let place = source.location(of: range.lowerBound)
        return "\(source.path):\(place.line):\(place.column): \(text)"
      },
      nextCommands: ["plan \(command.plan)" + (command.parameters.isEmpty ? "" : " \(command.parameters)")])
  }

  /// What every step gets, as far as it is known before the run.
  private var environment: ProcessEnvironment {
    var environment = site.environment
    let statics = StaticScope(plan: plan)
    for variable in plan.env {
      if let text = try? variable.value.renderText(in: statics) { environment[variable.name.value] = text }
    }
    return environment
  }
}

extension Plan {
  /// The first step or phase that calls a PostgreSQL server.
  fileprivate var stepOnPostgres: Located<String>? {
    var found: Located<String>?
    eachStep { step in
      if found == nil, !step.postgresConnections.isEmpty { found = step.id }
    }
    return found ?? phases.first { $0.gate.contains { $0.postgres != nil } }?.id
  }
}
