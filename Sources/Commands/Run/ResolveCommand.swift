internal import Executor
internal import Journal
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// `execplan resolve`: a person's word about a step in doubt.
enum ResolveCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: false) {
      let parsed = invocation.parsed
      let reference = try PlanReference.find(invocation, parsed.positional("PLAN"))
      let named = parsed.positional("STEP") ?? ""
      let step = ForeachItem.canonicalID(named) ?? named
      guard let verdict = parsed.choice("as", as: StepResolution.Verdict.self) else {
        throw CommandFailure(.usage, "--as is missing", advice: "execplan help resolve")
      }
      // It works without the plan, too.
      let loaded = try load(reference)
      let plan = loaded?.plan
      let site = ExecutionSite(
        root: reference.project.root, state: reference.project.state,
        files: ProjectProbe.make(root: reference.project.root), environment: ProcessEnvironment.inherited(),
        secrets: plan?.secrets ?? [])
      // What the attempt left and what the person says is kept: secrets must be known, so that they are not.
      site.secrets.readAhead(withPrograms: verdict == .done)
      var resolution = StepResolution(
        site: site, plan: reference.key, step: step, verdict: verdict, note: parsed.value("note"),
        values: parsed.assignments("value").map { Value.Entry($0.key, .string($0.value)) }, command: reference.command,
        requiredValues: plan.map { requiredValues(of: step, in: $0) } ?? [],
        planned: loaded.flatMap { loaded in
          loaded.plan.flatMap { plan in loaded.graph.flatMap { PlannedPlan(plan, $0) } }
        }.flatMap { base in
          try? RunnablePlan.found(base, reference.project)
        })
      resolution.rollback = try JournalAccess.read(reference.project.state) {
        reader throws(JournalError) -> RollbackGoal? in
        guard let run = try reader.latestRun(plan: reference.key) else { return nil }
        return try reader.legs(run: run.id).last?.openRollback
      }
      resolution.orphans = parsed.choice("orphans", as: OrphanPolicy.self) ?? .refuse
      resolution.say = { [console = invocation.console] line in console.say(line) }
      if let refusal = try resolution.record(arguments: CommandLine.arguments) { throw refusal }
      invocation.console.say("\"\(step)\" is resolved as \(verdict.rawValue)")
      invocation.console.say("next: execplan \(resolution.goingOn)")
      return .success
    }
  }

  /// The plan with the parameters of its run; nil if it can't be read.
  private static func load(_ reference: PlanReference) throws -> LoadedPlan? {
    guard let file = reference.file, let source = try? PlanFile.read(file) else { return nil }
    let run = try JournalAccess.read(reference.project.state) { reader throws(JournalError) in
      try reader.latestRun(plan: reference.key)
    }
    return LoadedPlan.load(
      source, path: reference.project.relative(file), in: reference.project,
      input: run.map { RunnablePlan.recorded($0) } ?? .init())
  }

  /// What other steps must have of the step.
  private static func requiredValues(of step: String, in plan: Plan) -> [(key: String, reader: String)] {
    plan.steps.flatMap { reader in
      reader.requiredValueReads.compactMap { read in
        guard case .stepValue(step, let key) = read.value else { return nil }
        return (key, reader.id.value)
      }
    }
  }
}
