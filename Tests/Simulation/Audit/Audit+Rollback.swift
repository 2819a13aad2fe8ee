internal import Journal
internal import PlanModel

/// What must hold when a run is taken back: each step at most once with success, none before what was built upon it, and
/// in the end all of them.
extension Audit {
  func isUndo(_ attempt: Int64) -> Bool { record.attempts[attempt].map { taken(by: $0.step) != nil } ?? false }

  /// The step that an undo takes back; nil for a step itself.
  func taken(by id: String) -> SimulatedStep? {
    guard id.hasPrefix(SimulatedStep.undoPrefix) else { return nil }
    return world.plan.steps.first { $0.undoID == id }
  }

  /// Whether the success of a step's undo is recorded in the same commit.
  func isTakenBack(_ step: String, by writes: [JournalWrite]) -> Bool {
    writes.contains {
      guard case .endAttempt(let other) = $0 else { return false }
      return other.step == SimulatedStep.undoPrefix + step && other.state == .succeeded
    }
  }

  /// An undo starts, or the attempt that says why nothing is done.
  func takesBack(_ step: SimulatedStep, _ claim: Attempt) {
    let run = claim.run
    if isTakenBack(step, run) { fail("rollback", "\(step.id) is taken back already and is taken back again") }
    let mine = record.attempts(of: step.id, run)
    guard let last = mine.last else { return fail("rollback", "\(step.id) is taken back and never ran") }
    if isTakenByFinally(step, run) { fail("rollback", "\(step.id) is taken back, and a step of finally did so before") }
    let above = downstream(of: [step.id])
    for other in world.plan.steps where other.id != step.id && isOpen(other, run) {
      if above.contains(other.id) {
        fail("rollback", "\(step.id) is taken back before \(other.id), which needs it")
      } else if world.isClockTrue, !downstream(of: [other.id]).contains(step.id), let end = last.endedAt,
        let later = countedEnd(other, run), later > end, countedEnd(step, run) == end
      {
        fail("rollback", "\(step.id) is taken back before \(other.id), which ended later")
      }
    }
  }

  /// The program of an undo starts.
  func takesBackByProgram(_ attempt: Int64) {
    guard let claim = record.attempts[attempt], let step = taken(by: claim.step) else { return }
    let attempts = record.attempts(of: step.id, claim.run)
    if step.undo != .partial, !attempts.contains(where: { $0.state == .succeeded }) {
      fail("rollback", "\(step.id) did not succeed, and its undo, which is not partial, runs")
    }
  }

  func isRolledBack(_ run: Int64) {
    for step in world.plan.steps {
      if isOpen(step, run) { fail("rollback", "run \(run) is rolled back without \(step.id)") }
      guard let undo = step.undoing, !isTakenByFinally(step, run),
        let last = world.ledger.launches(of: step.id, run: run).last(where: { $0.end == .succeeded }),
        record.attempts[last.attempt]?.state == .succeeded
      else { continue }
      let undone = world.ledger.launches(of: undo.id, run: run).filter { $0.order > last.order && $0.hasEffect }
      if undone.isEmpty { fail("rollback", "run \(run) is rolled back, and the undo of \(step.id) had no effect") }
      // One that had not ended within its time may have come to its end all the same.
      let successes = undone.count { $0.end == .succeeded && record.attempts[$0.attempt]?.state != .timedOut }
      if step.undo == .plain, successes > 1 {
        fail("rollback", "the undo of \(step.id), which nothing makes repeatable, succeeded more than once")
      }
    }
  }

  // MARK: What is to be taken back

  private func isTakenBack(_ step: SimulatedStep, _ run: Int64) -> Bool {
    guard let undo = record.attempts(of: step.undoID, run).last(where: { $0.state == .succeeded }) else { return false }
    return record.attempts(of: step.id, run).allSatisfy { $0.id < undo.id }
  }

  private func isTakenByFinally(_ step: SimulatedStep, _ run: Int64) -> Bool {
    let last = record.attempts(of: step.id, run).last?.id ?? 0
    return world.plan.steps.contains { other in
      other.undoes.contains(step.id)
        && record.attempts(of: other.id, run).contains { $0.state == .succeeded && $0.id > last }
    }
  }

  /// Whether a step succeeded in the run and is not taken back.
  private func isOpen(_ step: SimulatedStep, _ run: Int64) -> Bool {
    record.attempts(of: step.id, run).contains { $0.state == .succeeded } && !isTakenBack(step, run)
      && !isTakenByFinally(step, run)
  }

  /// When a step counts as ended: before all that need it.
  private func countedEnd(_ step: SimulatedStep, _ run: Int64) -> Int64? {
    downstream(of: [step.id]).compactMap { record.attempts(of: $0, run).last?.endedAt }.min()
  }
}
