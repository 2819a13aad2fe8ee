internal import Executor
internal import Journal
internal import PlanModel

/// What must hold when something is recorded: only what really happened is, and in an order in which every promise
/// holds whatever comes next.
extension Audit {
  func commit(_ writes: [JournalWrite], by invocation: Int) {
    if !world.holdsLock(invocation) { fail("P6", "something is recorded while the plan's lock is free") }
    for write in writes {
      switch write {
      case .claim(let attempt): claims(attempt)
      case .endAttempt(let attempt): ends(attempt, writes)
      case .release(let attempt):
        if world.ledger[attempt] != nil { fail("P3", "attempt \(attempt) ran and is recorded as never launched") }
      case .checkpoint(let checkpoint): checks(checkpoint)
      case .supersede(let run, let steps): drops(steps, run, writes)
      case .setRunState(let run, let state, _): becomes(run, state)
      case .endLeg(let leg, _, _):
        if let open = record.attempts.values.first(where: { $0.leg == leg && $0.state == .claimed }) {
          fail("order of writes", "leg \(leg) ends, and \(open.step) is still claimed")
        }
      default: break
      }
      record.apply(write)
    }
  }

  private func claims(_ attempt: Attempt) {
    let earlier = record.attempts(of: attempt.step, attempt.run)
    versions[attempt.id] = world.plan[attempt.step]?.version
    if let open = earlier.first(where: { $0.state == .claimed }) {
      fail("P3", "\(attempt.step) is claimed while attempt \(open.id) has no end")
    }
    let expected = (earlier.map(\.number).max() ?? 0) + 1
    if attempt.number != expected {
      fail("attempts", "attempt \(expected) of \(attempt.step) is recorded under number \(attempt.number)")
    }
    for need in needs(attempt.step) where record.checkpoint(need, attempt.run) == nil {
      fail("needs first", "\(attempt.step) is claimed before the checkpoint of \(need), which it needs")
    }
  }

  // MARK: Ends

  private func ends(_ attempt: Attempt, _ writes: [JournalWrite]) {
    let launch = world.ledger[attempt.id]
    let step = world.plan[attempt.step]
    // Whatever became of it counts no more.
    if attempt.state == .cancelled, isTakenBack(attempt.step, by: writes) { return }
    let isCutOff = launch?.isCutOff ?? false
    if let usage = usages[attempt.id], attempt.usage != AttemptUsage(usage) {
      fail("resources", "what the program of \(attempt.step) used is not in its attempt")
    }
    switch attempt.state {
    case .inDoubt:
      if !isCutOff, !stopped.contains(attempt.id) {
        fail("P3", "\(attempt.step) is in doubt, and nothing was cut off")
      }
    case .cancelled where isCutOff: repeatsCutOff(attempt, step)
    case .cancelled:
      if launch?.end == nil, launch != nil, step?.hasProgram ?? false {
        fail("ends", "\(attempt.step) is recorded as ended, and its program goes on")
      }
    case .succeeded where isCutOff:
      if resolved[attempt.id] != .done, !world.ledger.isSeen(attempt.step, at: world.now) {
        fail("P3", "\(attempt.step) was cut off without its effect and is recorded as done")
      }
    case .failed, .timedOut:
      if isCutOff {
        fail("P3", "\(attempt.step) was cut off and is recorded as failed")
      } else if let step, step.hasProgram, let launch,
        launch.end == nil || launch.end == .succeeded && attempt.state == .failed, !step.verifies
      {
        fail("ends", "\(attempt.step) \(launch.end == nil ? "goes on" : "succeeded") and is recorded as failed")
      }
      let isAllowed = writes.contains {
        if case .checkpoint(let checkpoint) = $0 { checkpoint.attempt == attempt.id } else { false }
      }
      if attempt.retryAt == nil, !isAllowed, !isFinally(attempt.step) { failedLegs.insert(attempt.leg) }
    case .claimed, .succeeded, .failedFinally, .waiting, .released: break
    }
  }

  /// What was cut off may run again without anybody being asked only if that is safe.
  private func repeatsCutOff(_ attempt: Attempt, _ step: SimulatedStep?) {
    guard let step, let launch = world.ledger[attempt.id], !launch.isIdle, !isFresh, resolved[attempt.id] != .rerun,
      !wished.contains(attempt.step)
    else { return }
    let isSeen = world.ledger.isSeen(step.id, at: world.now)
    var isSafe = step.isSafeToRepeat && (launch.version == step.version || step.onInterrupt == .rerun)
    if step.onInterrupt == .verify || step.onInterrupt == nil && step.kind == .unless { isSafe = !isSeen }
    if step.kind == .creates, step.onInterrupt == nil { isSafe = step.verifies ? !isSeen : true }
    if step.kind == .creates, step.onInterrupt == nil, world.disk[step.output] != nil, !step.verifies { isSafe = false }
    if !isSafe { fail("P3", "\(step.id), a \(step.kind) step, was cut off and runs again without anybody being asked") }
  }

  // MARK: Checkpoints

  private func checks(_ checkpoint: Checkpoint) {
    let id = checkpoint.step
    let step = world.plan[id]
    let launch = checkpoint.attempt.flatMap { world.ledger[$0] }
    let isSeen = world.ledger.isSeen(id, at: world.now)
    switch checkpoint.outcome {
    case .succeeded:
      if let step, step.kind != .check {
        if let launch {
          if launch.end != .succeeded, !(step.verifies && isSeen), step.kind != .file {
            fail("P3", "\(id) is checkpointed, and its action \(launch.end == nil ? "goes on" : "did not succeed")")
          }
          if step.publishes,
            checkpoint.values.first(where: { $0.key == "v" })?.value != launch.product.map(Value.string)
          {
            fail("values", "the checkpoint of \(id) has other values than it published")
          }
        } else if checkpoint.attempt != nil, !(step.verifies && isSeen) {
          fail("P3", "\(id) is checkpointed and never ran")
        }
        if step.verifies, !isSeen { fail("verify", "\(id) is checkpointed, and its verify does not hold") }
      }
    case .attested:
      let isResolved = checkpoint.attempt.flatMap { resolved[$0] } == .done
      if step?.kind != .manual, !isResolved, !isSeen { fail("P3", "\(id) counts as done, and nothing shows it") }
    case .guardHolds:
      if step?.kind == .creates, world.disk[step?.output ?? ""] != step.map({ Product.of($0, []) }) {
        fail("P3", "\(id) counts as done by a file that is not whole")
      } else if step?.kind == .unless, !isSeen {
        fail("P3", "\(id) counts as done by a guard that does not hold")
      }
    case .allowedFailure:
      if !(step?.allowsFailure ?? false) || launch?.end == .succeeded && !(step?.verifies ?? false) {
        fail("allow_failure", "\(id) counts as an allowed failure")
      }
    case .skippedByUser: fail("P10", "\(id) is skipped by request, and nobody asked for it")
    case .adopted: fail("P10", "\(id) is adopted, and nothing was there before")
    case .upToDate, .conditionFalse, .noValue: break
    }
    if checkpoint.outcome == .upToDate { world.coverage.carriedOver += 1 }
    if [.conditionFalse, .noValue, .guardHolds].contains(checkpoint.outcome) { world.coverage.skips += 1 }
    // Who attests to a step has not seen what those before it will make anew.
    let restsOnStale =
      checkpoint.outcome == .attested
      && downstream(of: stale[checkpoint.run, default: []].subtracting([id])).contains(id)
    if checkpoint.attempt != nil, !restsOnStale { stale[checkpoint.run]?.remove(id) }
  }

  /// A checkpoint stops being evidence for a reason only.
  private func drops(_ steps: [String], _ run: Int64, _ writes: [JournalWrite]) {
    var dropped: [String] = []
    for id in steps {
      guard let checkpoint = record.checkpoint(id, run), let step = world.plan[id], !step.isFinally,
        !id.hasPrefix(SimulatedStep.undoPrefix), !isTakenBack(id, by: writes)
      else { continue }
      let version = checkpoint.attempt.flatMap { versions[$0] }
      let isUndone = writes.contains {
        guard case .checkpoint(let other) = $0 else { return false }
        return world.plan[other.step]?.undoes.contains(id) ?? false
      }
      // One that rests on a result that is no more is dropped when it is claimed anew.
      if stale[run]?.contains(id) ?? false { continue }
      // What was never executed in the run may be decided anew.
      if checkpoint.attempt == nil {
        dropped.append(id)
        continue
      }
      let isDue = wished.contains(id) || lostOutputs.contains(id) || version.map { $0 != step.version } ?? false
      if !isDue, !isUndone { fail("P1", "the checkpoint of \(id) is dropped, and nothing asked for that") }
      dropped.append(id)
    }
    if !dropped.isEmpty { stale[run, default: []].formUnion(downstream(of: dropped)) }
  }

  // MARK: Runs

  private func becomes(_ run: Int64, _ state: RunState) {
    switch state {
    case .succeeded:
      for step in world.plan.steps where !step.isFinally && record.checkpoint(step.id, run) == nil {
        fail("the end", "run \(run) succeeded without \(step.id)")
      }
      endsCalls(of: world.ledger.launches.values.filter { $0.run == run }, run, "succeeded")
    case .abandoned:
      // Legs that were cut off, back to the last that ended by itself: at a pause nothing is owed.
      let legs = record.legs.filter { $0.value.run == run }.keys.sorted(by: >)
      let killed = Set(legs.prefix { record.legs[$0]?.isOver == false })
      let launches = world.ledger.launches.values.filter { $0.run == run && killed.contains($0.leg) }
      guard let lastMain = launches.filter({ !isFinally($0.step) }).max(by: { $0.order < $1.order }) else { return }
      endsCalls(of: launches, run, "is given up")
      for step in world.plan.steps
      where step.isFinally && !step.isCalled && step.needs.isEmpty && step.condition == nil {
        if !launches.contains(where: { $0.step == step.id && $0.order > lastMain.order }) {
          fail("finally", "run \(run) is given up, and \(step.id) of finally has not run after \(lastMain.step)")
        }
      }
    case .rolledBack: isRolledBack(run)
    case .running, .failed, .interrupted, .waiting, .partial: break
    }
  }

  /// What was launched of a called plan was ended after it.
  private func endsCalls(of launches: [Ledger.Launch], _ run: Int64, _ state: String) {
    let main = launches.filter { launch in world.plan.calledSteps.contains { $0.id == launch.step } }
    guard let last = main.max(by: { $0.order < $1.order }) else { return }
    for step in world.plan.steps where step.endsCall && step.needs.isEmpty {
      // In doubt, and a person said that it is done.
      if record.checkpoint(step.id, run)?.outcome == .attested { continue }
      if !launches.contains(where: { $0.step == step.id && $0.order > last.order }) {
        fail("finally", "run \(run) \(state), and \(step.id) has not run after \(last.step), which it ends")
      }
    }
  }

  /// A leg that ended by itself has run what belongs to its end.
  func ended(leg: Int64, _ code: ExitCode) {
    guard code != .waiting, code != .refused, (signals[leg] ?? 0) < 2, let run = record.legs[leg]?.run else { return }
    // Nor does it run what ends a run that a person must first decide about.
    if world.plan.steps.contains(where: { record.attempts(of: $0.id, run).last?.state == .inDoubt }) { return }
    let isBegun = world.plan.calledSteps.contains { !world.ledger.launches(of: $0.id, run: run).isEmpty }
    for step in world.plan.steps where step.isFinally && step.needs.isEmpty && step.condition == nil {
      if step.isCalled, !isBegun || record.checkpoint(step.id, run) != nil { continue }
      if !(finallyStarts[leg]?.contains(step.id) ?? false) {
        fail("finally", "leg \(leg) ended (\(code)), and \(step.id) of finally did not run")
      }
    }
  }
}
