internal import PlanModel
package import Planner

/// Asks guards for a forecast: what execplan can read by itself, and programs only when that is wished.
package struct GuardProbe {
  private let site: ExecutionSite
  private let planned: PlannedPlan
  private let runsPrograms: Bool

  /// - Parameter runsPrograms: `plan --probe`, and `apply`.
  package init(site: ExecutionSite, planned: PlannedPlan, runsPrograms: Bool) {
    self.site = site
    self.planned = planned
    self.runsPrograms = runsPrograms
  }

  package func answers(_ node: Int, _ scope: RunScope) -> Judge.Answers {
    let context = StepContext(
      site: site, node: planned.nodes[node], planEnvironment: planned.plan.environment(of: planned.nodes[node].step),
      scope: scope, identity: [],
      idempotencyKey: "", cancellation: Cancellation())
    let scratch = "/tmp/execplan-probe-\(site.world.pid)-\(node)"
    // Secrets are looked at only when a step is about to run, not for a forecast.
    guard runsPrograms, !context.usesSecrets else {
      return Judge.Answers(verify: withoutPrograms(context, scratch))
    }
    let job = PreparationJob(
      judge: Judge(files: site.files), plan: planned.plan.path,
      question: Judge.Question(needs: [], memory: StepMemory()), context: context, stale: nil,
      unverified: nil, scratch: scratch)
    return job.answers()
  }

  /// What those checks of `verify` say that need no program; that they hold says nothing about the others.
  private func withoutPrograms(_ context: StepContext, _ scratch: String) -> Judge.ProgramAnswer {
    let checks = context.step.verify.filter { !$0.needsProgram }
    if let failure = CheckEvaluator.failure(in: CheckEvaluator(context: context, scratch: scratch).evaluate(checks)) {
      return .fails(failure)
    }
    return checks.count == context.step.verify.count ? .holds : .notRun
  }
}
