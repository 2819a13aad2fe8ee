internal import Journal
internal import PlanModel

/// An attempt of a dead leg without a recorded end: its program may still run.
struct OrphanSuspect: Sendable {
  var attempt: Attempt
  var leg: Leg
  /// What the program wrote about its launch; nil where that is not known.
  var mark: Mark?
  var keeper: KeeperLock.Status
  /// The variables that only processes of this very attempt were started with.
  var variables: [String: String]

  init(_ attempt: Attempt, _ leg: Leg, mark: Mark?, keeper: KeeperLock.Status, journal uuid: String) {
    self.attempt = attempt
    self.leg = leg
    self.mark = mark
    self.keeper = keeper
    variables = [
      "EXECPLAN_RUN_ID": String(attempt.run), "EXECPLAN_STEP_ID": attempt.step,
      "EXECPLAN_ATTEMPT": String(attempt.number),
      // Other journals have a run 1, too; this key is of one journal.
      "EXECPLAN_IDEMPOTENCY_KEY": IdempotencyKey.of(
        journal: uuid, run: attempt.run, step: attempt.step, generation: attempt.generation,
        definition: attempt.fingerprint.definition),
    ]
  }
}
