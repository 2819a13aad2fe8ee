internal import Executor
internal import Subprocess
internal import Synchronization

/// The life of execplan as one that `test` has started to be killed.
enum TrialMode {
  private static let line = Mutex<TrialLine?>(nil)

  /// Takes the line to the test; false when no test has started this process.
  static func begin() -> Bool {
    guard let taken = TrialLine.taken() else { return false }
    line.withLock { $0 = taken }
    return true
  }

  /// Who is told where steps stand; nil in every execplan but one on trial.
  static var witness: (any StepWitness)? { line.withLock { $0 }.map(Witness.init) }

  private struct Witness: StepWitness {
    let line: TrialLine

    func saw(_ moment: StepMoment, of step: String) {
      switch moment {
      case .claimed: line.tell(TrialMessage(.claimed, step: step))
      case .launched(let leader): line.tell(TrialMessage(.launched, step: step, leader: leader))
      case .ended: line.tell(TrialMessage(.ended, step: step))
      }
    }
  }
}
