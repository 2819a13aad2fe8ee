internal import Executor
internal import Glibc
internal import PlanGraph
internal import PlanModel
internal import Reporting
internal import SourceText

/// `execplan graph [PLAN]`.
enum GraphCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    if invocation.parsed.has("all") { return try ProjectGraph.run(invocation) }
    return try ReviewedPlan.showing(invocation) { reviewed in
      let console = invocation.console
      let drawn = DrawnPlan(reviewed.plan, reviewed.graph)
      let plan = drawn.plan
      let graph = drawn.graph
      let states = try states(reviewed)
      let path = graph.criticalPath(of: plan)
      let critical = Set(path?.nodes ?? [])
      switch invocation.parsed.value("format") {
      case "dot":
        console.write(GraphText.dot(graph, plan, critical: critical) { states[graph.nodes[$0].id] })
      case "mermaid":
        console.write(GraphText.mermaid(graph, plan, critical: critical) { states[graph.nodes[$0].id] })
      case "json": console.write(view(drawn, path, states).json())
      default:
        let width = TerminalSize.of(descriptor: STDOUT_FILENO)?.width
        console.write(view(drawn, path, states).text(console.outputStyle, width: width))
      }
    }
  }

  /// Where each step stands in the latest run of the plan; none if it was never run.
  private static func states(_ reviewed: ReviewedPlan) throws -> [String: StepState] {
    guard let name = reviewed.name else { return [:] }
    let status = try StatusReport.view(
      reviewed.project.state, plan: reviewed.plan.key, run: nil, command: CommandWords(plan: ShellQuoting.quoted(name)))
    return Dictionary(status.steps.map { ($0.id, $0.state) }) { first, _ in first }
  }

  private static func view(
    _ drawn: DrawnPlan, _ path: CriticalPath?, _ states: [String: StepState]
  ) -> GraphView {
    let graph = drawn.graph
    let plan = drawn.plan
    let drawing = GraphText.drawing(graph, plan)
    let nodes = drawing.nodes.map { node in
      GraphView.Node(
        id: graph.nodes[node].id,
        action: drawn.tasks.contains(graph.nodes[node].id)
          ? "task" : graph.step(node, in: plan)?.actionName ?? (graph.nodes[node].isApproval ? "approve" : "gate"),
        phase: graph.phase(of: node).map { plan.phases[$0].id.value }, state: states[graph.nodes[node].id])
    }
    let edges = drawing.edges.map {
      GraphView.Edge(from: graph.nodes[$0.from].id, to: graph.nodes[$0.to].id, kind: $0.kind)
    }
    return GraphView(nodes: nodes, edges: edges, criticalPath: path?.ids ?? [])
  }
}
