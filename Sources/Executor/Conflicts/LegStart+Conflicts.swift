internal import Journal
internal import PlanModel
internal import Planner

/// What was decided about what is there already belongs to the record of the run.
extension LegStart {
  /// What is decided now takes the place of what was decided about the same steps before.
  mutating func keepConflicts(_ run: Run) {
    if settled.isEmpty { return }
    let anew = Set(settled.map(\.step))
    writes.append(
      .settleConflicts(run: run.id, run.conflicts.filter { !anew.contains($0.step) } + settled))
  }

  /// Only what this leg decides: what an earlier one did was told then.
  func conflictEvents() -> [Event] {
    let known = Set(opening.position.run?.conflicts ?? [])
    return settled.filter { !known.contains($0) }.map { conflict in
      Event(
        .conflict, step: conflict.step, at: now,
        payload: [
          .init("choice", .string(conflict.choice.rawValue)), .init("by", .string(conflict.source.rawValue)),
          .init("reason", .string(conflict.detail)),
        ])
    }
  }
}
