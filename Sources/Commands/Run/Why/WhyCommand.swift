internal import Executor
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting

/// `execplan why`: the decision about one step with all that it rests on.
enum WhyCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let runnable = try RunnablePlan.load(invocation, parsed.positional("PLAN"))
      let name = parsed.positional("STEP") ?? ""
      let graph = runnable.planned.graph
      guard let node = graph.index(of: name) ?? ForeachItem.canonicalID(name).flatMap(graph.index(of:)) else {
        if let open = name.firstIndex(of: "["), case let group = String(name[..<open]),
          graph.index(of: group).map({ runnable.planned.nodes[$0].step.group?.expansion != nil }) ?? false
        {
          throw Refusal(
            .usage, "no run has found \"\(name)\": the items of \"\(group)\" are not known before",
            nextCommands: ["why \(runnable.command.plan) \(CommandWords.word(ForeachItem.templateID(group)))"])
        }
        throw Refusal(.usage, "there is no step \"\(name)\"", nextCommands: ["plan \(runnable.command.plan)"])
      }
      let id = runnable.planned.nodes[node].id
      if let first = runnable.planned.parts(of: node).first {
        let member = CommandWords.word(runnable.planned.nodes[first].id)
        throw Refusal(
          .usage, "\"\(id)\" stands for its items; ask about one of them",
          nextCommands: ["why \(runnable.command.plan) \(member)"])
      }
      let probes = parsed.has("probe")
      let preview = try ChangePreview.make(runnable, options: ExecutionOptions(), probe: probes)
      guard let entry = preview.changeSet.entries.first(where: { $0.id == id }) else {
        throw Refusal(.usage, "\"\(id)\" only orders the phases; nothing is decided about it")
      }
      let circumstances = preview.forecast.circumstances(of: node)
      var view = WhyView(
        id: entry.id, decision: entry.decision.decision,
        reasons: entry.decision.reasons.map { .init(kind: $0.kind.rawValue, detail: $0.text) },
        idempotence: entry.idempotence, needs: entry.needs)
      if let last = preview.opening.history[id]?.lastSuccess {
        view.comparison = try StepComparison(
          runnable: runnable, node: runnable.planned.nodes[node], last: last, circumstances: circumstances
        ).comparison()
      }
      view.guards = GuardAnswers(
        runnable: runnable, node: node, circumstances: circumstances, runsPrograms: probes
      ).all()
      invocation.console.write(json ? view.json() : Array(view.text(invocation.console.outputStyle).utf8))
      return .success
    }
  }
}
