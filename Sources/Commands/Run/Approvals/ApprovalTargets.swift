internal import Executor
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// Which questions of a plan are meant.
struct ApprovalTargets {
  let runnable: RunnablePlan

  private var planned: PlannedPlan { runnable.planned }

  /// - Throws: exit 64 with the questions that there are.
  func nodes(steps: [String], phases: [String]) throws -> [Int] {
    let known = planned.approvals
    if known.isEmpty {
      throw Refusal(
        .usage, "the plan asks for no approval",
        details: ["\"approval: plan\", \"approval: phases\" and steps with \"approve\" do"])
    }
    if steps.isEmpty, phases.isEmpty { return try whatIsOpen(known) }
    var named: Set<Int> = []
    for phase in phases { named.insert(try node("approval:\(phase)", "phase \"\(phase)\"", known)) }
    for step in steps { named.insert(try node(step, "\"\(step)\"", known)) }
    return known.filter(named.contains)
  }

  private func node(_ id: String, _ name: String, _ known: [Int]) throws -> Int {
    let found = planned.graph.index(of: id) ?? ForeachItem.canonicalID(id).flatMap(planned.graph.index(of:))
    guard let found, planned.nodes[found].isApproval else {
      throw Refusal(
        .usage, "nobody is asked about \(name)", nextCommands: commands(known))
    }
    return found
  }

  /// Everything that the plan itself demands, if some of it is open; else the one step that waits.
  private func whatIsOpen(_ known: [Int]) throws -> [Int] {
    let (done, waiting) = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      let waiting = try StepCompletion.waiting(reader, planned: planned).map(\.node)
      guard let run = try reader.unfinishedRun(plan: planned.plan.key) else { return (Set<String>(), waiting) }
      return (Set(try reader.checkpoints(run: run.id).keys), waiting)
    }
    let demanded = known.filter { planned.graph.nodes[$0].isApproval }
    if demanded.contains(where: { !done.contains(planned.nodes[$0].id) }) { return demanded }
    let asking = waiting.filter { planned.nodes[$0].isApproval }
    if asking.count == 1 { return asking }
    if asking.isEmpty, known.count == 1 || !demanded.isEmpty { return demanded.isEmpty ? known : demanded }
    throw Refusal(
      .usage, asking.isEmpty ? "the plan asks at several steps; name them" : "\(asking.count) steps wait; name them",
      nextCommands: commands(asking.isEmpty ? known : asking))
  }

  private static let shown = 20

  private func commands(_ nodes: [Int]) -> [String] {
    nodes.prefix(ApprovalTargets.shown).map { runnable.command.approve(planned.nodes[$0].id) }
  }
}
