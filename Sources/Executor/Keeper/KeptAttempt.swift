package import Journal
package import PlanModel
internal import Planner
package import Subprocess

/// An attempt of a dead leg whose keeper lives, or has written down how its program ended: its result can be taken as if
/// nobody had died.
package struct KeptAttempt: Sendable {
  package var attempt: Attempt
  package var leg: Leg
  /// Nil while the keeper has not started the program yet.
  package var mark: Mark?
  /// Nil while the program runs.
  package var record: ExitRecord?

  /// Nil when nothing can be taken: there is no keeper and no record, or the machine was restarted since, which may have
  /// undone what the record tells of.
  static func find(
    _ open: OpenAttempt, _ marks: inout LaunchMarks, _ state: StateDirectory, _ world: any ExecutionWorld
  ) -> KeptAttempt? {
    guard open.attempt.state == .claimed, open.leg.bootID == world.machine.bootID,
      open.leg.pidNamespace == world.machine.pidNamespace
    else { return nil }
    var kept = KeptAttempt(attempt: open.attempt, leg: open.leg, mark: marks.mark(of: open))
    let keeper = marks.keeper(of: open.attempt)
    // Asked after the lock: a keeper gives it back when its record is written.
    kept.record = KeptEnd.record(of: open.attempt, open.leg, state, world)
    if kept.record != nil { return kept }
    if case .held = keeper { return kept }
    return nil
  }

  /// Whether the run may take the result. From a changed definition nothing is concluded about an old effect, and whose
  /// program still runs without a wish of the plan is an orphan.
  func isTaken(by node: PlannedNode, _ options: ExecutionOptions) -> Bool {
    guard attempt.fingerprint.definition == node.digest, !options.reruns(node.id) else { return false }
    return record != nil || node.step.onInterrupt == .reattach
  }

  /// For people, as it follows the step's name.
  var text: String {
    switch record?.end {
    case nil: "still runs"
    case .ended(.exited(let code)): "ended with exit \(code) after execplan had died"
    case .ended(.signalled(let signal)): "was ended by signal \(signal) after execplan had died"
    case .notStarted: "could not be started"
    }
  }
}
