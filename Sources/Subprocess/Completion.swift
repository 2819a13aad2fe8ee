/// What a program that was run to its end said and how it ended.
package struct Completion: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// It ended by itself.
    case ended
    /// It was ended because its time was over.
    case timedOut
    /// It was ended because it was no longer wanted, or wrote more than it may.
    case cancelled
  }

  package var outcome: Outcome
  package var status: ExitStatus
  package var usage: ResourceUsage
  /// False when processes of its group were still there after SIGKILL: its effect is not known.
  package var isGroupGone: Bool
  package var output: [UInt8]
  package var errorOutput: [UInt8]
  /// True when the program wrote more than was kept.
  package var isOutputCut: Bool
  package var isErrorOutputCut: Bool

  package init(
    outcome: Outcome, status: ExitStatus, usage: ResourceUsage = ResourceUsage(), isGroupGone: Bool = true,
    output: [UInt8] = [], errorOutput: [UInt8] = [], isOutputCut: Bool = false, isErrorOutputCut: Bool = false
  ) {
    self.outcome = outcome
    self.status = status
    self.usage = usage
    self.isGroupGone = isGroupGone
    self.output = output
    self.errorOutput = errorOutput
    self.isOutputCut = isOutputCut
    self.isErrorOutputCut = isErrorOutputCut
  }

  /// True when it ended by itself with exit code 0.
  package var isSuccess: Bool { outcome == .ended && status.isSuccess }
}
