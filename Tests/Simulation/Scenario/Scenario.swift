/// Everything that a seed decides beforehand: the plan, what people do, and what goes wrong when.
struct Scenario: Sendable {
  let seed: UInt64
  var rounds: [Round] = []
  var faults: [Fault] = []
  /// Decides durations and the order of what happens at the same time.
  var schedule: UInt64
  /// Decides how the plan is applied: jobs, what happens after a failure.
  var operation: UInt64
  var jobs = 1
  /// What people take back in the end; nil: nothing.
  var rollback: Rollback?

  /// A time between two changes of the plan or of the files that people keep.
  struct Round: Sendable {
    var plan: SimulatedPlan
    /// By step, the version of the file that it reads.
    var sources: [String: Int] = [:]
    /// After so many invocations the next round begins although the run is not over; nil: when it is.
    var patience: Int?
    /// How the next round begins when it begins early: a new run, or the same one with the changed steps run again.
    var isGivenUp = false
  }

  /// The latest run is rolled back after the last round.
  struct Rollback: Sendable {
    /// After so many invocations of that round the rollback begins although the run is not over; nil: when it is.
    var patience: Int?
    /// Counted from its first invocation.
    var faults: [Fault] = []
  }

  /// Something that goes wrong in one invocation, at the n-th place where it can.
  struct Fault: Hashable, Sendable {
    enum Kind: String, Sendable, CaseIterable {
      case kill
      /// The machine stops: what was not synced may be lost.
      case powerLoss = "power loss"
      /// A commit fails, and it is not known what of it reached the disk.
      case writeError = "write error"
      /// A commit fails and leaves nothing.
      case diskFull = "disk full"
      case spawnError = "spawn error"
      case signal
      /// Somebody applies the plan a second time.
      case secondApply = "second apply"
      /// The wall clock is set back.
      case clockSet = "clock set back"
      /// The machine sleeps for some minutes.
      case suspend
    }

    var invocation: Int
    var place: Int
    var kind: Kind
  }
}
