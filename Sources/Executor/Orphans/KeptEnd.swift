internal import Journal
internal import PlanModel
internal import Subprocess

/// What a keeper left of an attempt whose execplan died.
enum KeptEnd {
  /// The end of the program, if its keeper lived to write it down.
  ///
  /// It counts only for a claim: an attempt that was found in doubt stays so until a person has decided.
  static func record(
    of attempt: Attempt, _ leg: Leg, _ state: StateDirectory, _ world: any ExecutionWorld
  ) -> ExitRecord? {
    guard attempt.state == .claimed else { return nil }
    let files = AttemptFiles(state, run: attempt.run, attempt: attempt.id)
    return world.exitRecord(files.exitRecord, attempt: attempt.id, nonce: leg.nonce)
  }
}
