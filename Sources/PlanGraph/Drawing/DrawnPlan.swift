package import PlanModel
internal import SourceText

/// A plan with its tasks as nodes, and the graph of it: what `show` and `graph` are about.
package struct DrawnPlan: Sendable {
  /// The plan whose steps are the steps and the tasks of the original.
  package let plan: Plan
  package let graph: StepGraph
  /// The ids of nodes that are tasks.
  package let tasks: Set<String>

  /// - Parameter graph: the graph of the plan itself.
  package init(_ plan: Plan, _ graph: StepGraph) {
    if plan.tasks.isEmpty || plan.hasManualTasks {
      self.plan = plan
      self.graph = graph
      tasks = []
      return
    }
    let steps = Set(plan.steps.map(\.id.value))
    tasks = Set(plan.tasks.map(\.id.value)).subtracting(steps)
    var drawn = plan.withTasksAsSteps
    var drawnGraph = StepGraph(drawn)
    if !StronglyConnected(drawnGraph).isAcyclic {
      // Tables that go against the order of their phases: what the rows say counts.
      for index in drawn.phases.indices { drawn.phases[index].needs = [] }
      drawnGraph = StepGraph(drawn)
    }
    self.plan = drawn
    self.graph = drawnGraph
  }
}
