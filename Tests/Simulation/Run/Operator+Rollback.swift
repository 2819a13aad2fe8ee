internal import Executor
internal import Journal
internal import PlanModel
internal import Planner

/// People who take the latest run back until that is done: they go on after every crash, and decide what is asked of them
/// by what really happened.
extension Operator {
  func rollBack() {
    guard scenario.rollback != nil, world.violation == nil else { return }
    var request = RollbackRequest()
    for number in 0..<Operator.patience {
      // People take their time.
      world.now += Int64(random.within(200...3000)) * 1_000_000
      guard goOn(&request, number), world.violation == nil else { return }
    }
    world.fail("every rollback ends", "people take run \(world.record.runs.keys.max() ?? 0) back in vain")
  }

  /// One invocation of `rollback`.
  ///
  /// - Returns: whether another one is needed.
  private func goOn(_ request: inout RollbackRequest, _ number: Int) -> Bool {
    var options = ExecutionOptions()
    options.grace = .milliseconds(200)
    options.drain = .milliseconds(random.within(0...100))
    world.forecastSkips = []
    world.audit.jobs = 1
    world.audit.keepsGoing = false
    world.audit.isFresh = false
    world.audit.wished = []
    let invocation = world.enter(rollback: number)
    world.coverage.invocations += 1
    world.tell("rollback\(request.passesIrreversible ? " --past-irreversible" : "")")
    let session = RollbackSession(
      site: site, plan: planned.plan.key, request: request, options: options,
      command: CommandWords(plan: "simulated"), arguments: ["rollback"], current: planned,
      restore: { [called = world.plan.calledYAML] _, source in try? LoadedPlans.read(source, calling: called) })
    let outcome: RollbackSession.Outcome
    do {
      outcome = try session.run(observer: Watcher(world))
      if world.isGone(invocation) { throw Gone() }
    } catch {
      fell(invocation, error)
      return true
    }
    world.leave(invocation)
    switch outcome {
    case .nothing(let text):
      world.tell(text)
      return false
    case .refused(let refusal, _):
      world.tell("refused (\(refusal.exitCode)): \(refusal.message) \(refusal.details)")
      world.coverage.exits["\(refusal.exitCode)", default: 0] += 1
      return answer(refusal, &request)
    case .finished(let result, _):
      world.tell("rollback over: \(result.exitCode), run \(result.run) \(result.state)")
      world.coverage.exits["\(result.exitCode)", default: 0] += 1
      if result.exitCode == .refused { resolve() }
      guard result.exitCode == .success else { return true }
      if result.state != .rolledBack { world.fail("rollback", "it has succeeded, and the run is \(result.state)") }
      world.coverage.rollbacks += 1
      return false
    }
  }

  private func answer(_ refusal: Refusal, _ request: inout RollbackRequest) -> Bool {
    if refusal.message.contains("there is no run of") { return false }
    if refusal.message.contains("nobody knows whether") {
      resolve()
    } else if refusal.message.contains("can't be taken back"), !request.passesIrreversible {
      request.passesIrreversible = true
    } else {
      world.fail("no refusal without a cause", "rollback, \(refusal.exitCode): \(refusal.message)")
    }
    return true
  }

  /// By what really became of each attempt, of steps and of their undos.
  private func resolve() {
    resolveDoubts()
    guard let run = world.record.runs.keys.max() else { return }
    for step in world.plan.steps where world.violation == nil {
      guard let attempt = world.record.attempts(of: step.undoID, run).last, attempt.state == .inDoubt else { continue }
      let verdict: StepResolution.Verdict = world.ledger[attempt.id]?.hasEffect ?? false ? .done : .rerun
      let invocation = world.enter()
      world.tell("resolve \(step.undoID) --as \(verdict.rawValue)")
      world.coverage.doubts["undo", default: 0] += 1
      world.coverage.answers["resolve --as \(verdict.rawValue)", default: 0] += 1
      world.audit.resolved[attempt.id] = verdict
      var resolution = StepResolution(
        site: site, plan: planned.plan.key, step: step.undoID, verdict: verdict, note: nil, values: [],
        command: CommandWords(plan: "simulated"), requiredValues: [], planned: planned)
      resolution.rollback = .everything
      do {
        if let refusal = try resolution.record(arguments: ["resolve"]) {
          world.fail("no refusal without a cause", "resolve \(step.undoID): \(refusal.message)")
        }
      } catch {
        return fell(invocation, error)
      }
      world.leave(invocation)
    }
  }
}
