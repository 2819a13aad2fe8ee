internal import PlanModel
package import Planner

/// Asks the programs of guards for `plan --probe`.
package struct ProgramProbe {
  private let site: ExecutionSite
  private let planned: PlannedPlan

  package init(site: ExecutionSite, planned: PlannedPlan) {
    self.site = site
    self.planned = planned
  }

  package func answers(_ node: Int, _ scope: RunScope) -> (unless: Judge.ProgramAnswer, verify: Judge.ProgramAnswer) {
    let context = StepContext(
      site: site, node: planned.nodes[node], planEnvironment: planned.plan.env, scope: scope, identity: [],
      idempotencyKey: "", cancellation: Cancellation())
    let job = PreparationJob(
      judge: Judge(planned: planned, files: site.files),
      question: Judge.Question(node: node, needs: [], memory: StepMemory()), context: context, stale: nil,
      unverified: nil, scratch: "/tmp/execplan-probe-\(node)")
    let step = planned.nodes[node].step
    return (step.unless == nil ? .notRun : job.unless(), step.verify.isEmpty ? .notRun : job.verify())
  }
}
