internal import Journal
internal import PlanModel

/// What must hold when a step's action starts.
extension Audit {
  func starts(_ attempt: Int64, leg: Int64, by invocation: Int) {
    guard let claim = record.attempts[attempt], claim.state == .claimed, claim.leg == leg else {
      return fail("order of writes", "attempt \(attempt) starts without a durable claim")
    }
    let id = claim.step
    let step = world.plan[id]
    if !world.holdsLock(invocation) { fail("P6", "\(id) starts while its plan's lock is free") }
    for need in needs(id) where record.checkpoint(need, claim.run) == nil {
      fail("needs first", "\(id) starts, and the checkpoint of \(need), which it needs, is not durable")
    }
    if record.checkpoint(id, claim.run) != nil, !(stale[claim.run]?.contains(id) ?? false) {
      fail("P1", "\(id) is checkpointed in run \(claim.run) and is run again")
    }
    repeats(id, step, claim)
    if let taken = taken(by: id) { takesBack(taken, claim) }
    bounds(id, step, leg)
    stops(id, leg)
    retries(id, step, claim)
    if world.forecastSkips.contains(id) { fail("P10", "\(id) starts, and the forecast said that it is skipped") }
    if isFinally(id) {
      finallyStarts[leg, default: []].insert(id)
      world.coverage.finallySteps += 1
      if step?.endsCall ?? false { world.coverage.callEnds += 1 }
    }
    lostOutputs.remove(id)
  }

  /// What was cut off is decided about before it is tried again.
  private func repeats(_ id: String, _ step: SimulatedStep?, _ claim: Attempt) {
    for launch in world.ledger.launches(of: id, run: claim.run) where launch.attempt != claim.id {
      if record.attempts[launch.attempt]?.state == .claimed {
        fail("P3", "\(id) starts again, and nothing is decided about its attempt \(launch.attempt)")
      }
    }
  }

  private func bounds(_ id: String, _ step: SimulatedStep?, _ leg: Int64) {
    let others = world.legs.values.flatMap(\.underWay).compactMap { world.ledger[$0]?.step }
    if others.count >= jobs { fail("-j", "\(id) starts beside \(others.count) others, with -j \(jobs)") }
    if others.contains(id) { fail("P6", "\(id) starts while it is under way") }
    if let step, step.pool {
      let inPool = others.filter { world.plan[$0]?.pool ?? false }.count
      if inPool >= world.plan.poolSize {
        fail("pools", "\(id) starts beside \(inPool) others in a pool of \(world.plan.poolSize)")
      }
    }
    if let step, step.endsCall, let other = others.first(where: { world.plan[$0]?.isCalled ?? false && !isFinally($0) })
    {
      fail("finally", "\(id) starts beside \(other) of the plan that it ends")
    }
    if let step, step.isFinally, !step.isCalled,
      let other = others.first(where: { !isFinally($0) || world.plan[$0]?.isCalled ?? false })
    {
      fail("finally", "\(id) starts beside \(other) of the main part")
    }
  }

  private func stops(_ id: String, _ leg: Int64) {
    let count = signals[leg] ?? 0
    if count > 1 || (count == 1 && !isFinally(id)) { fail("signals", "\(id) starts after signal \(count)") }
    if failedLegs.contains(leg), !keepsGoing, !isFinally(id) { fail("first failure", "\(id) starts after a failure") }
  }

  private func retries(_ id: String, _ step: SimulatedStep?, _ claim: Attempt) {
    let since = record.attempts(of: id, claim.run).reversed().prefix { $0.state != .succeeded }
    let failed = since.filter { $0.state == .failed || $0.state == .timedOut }
    guard failed.contains(where: { $0.leg == claim.leg }) else { return }
    if failed.count > step?.retries ?? 0 {
      fail("retries", "\(id) is tried again after \(failed.count) failures with retry: \(step?.retries ?? 0)")
    }
  }
}
