package import PlanModel

/// Where a run stands, as the planner needs it: nothing yet for a new run.
package struct RunPosition: Sendable {
  /// A doubt about an attempt that was in flight when execplan died, and what is to be done about it.
  package enum Doubt: Hashable, Sendable {
    /// Safe to run again, and why.
    case rerun(String)
    /// It turned out to be done, and why.
    case done(String)
    /// A program must be asked first.
    case probe(String)
    /// A person must decide, and why.
    case ask(String)
    /// Its program is still watched, or its end was written down: the result is taken.
    case reattach(String)
    /// It counts as failed for good, and why.
    case fail(String)
  }

  /// The run that is gone on with; nil for a new one.
  package var run: Run?
  /// Of this run, by step.
  package var checkpoints: [String: Checkpoint] = [:]
  /// Steps whose checkpoint no longer counts, and why: they run again if what they need asks for it.
  package var dropped: [String: Reason] = [:]
  /// The checkpoints that no longer count: what the steps after them have seen.
  package var former: [String: Checkpoint] = [:]
  /// Checkpointed steps whose needs may give another result now.
  package var stale: Set<String> = []
  /// Checkpointed steps whose `verify` must say first that a restart of the machine did not take their effect.
  package var unverified: Set<String> = []
  /// Steps of this run that were tried without success, and how that ended.
  package var unfinished: [String: Reason] = [:]
  package var failedForGood: Set<String> = []
  package var doubts: [String: Doubt] = [:]

  package init() {}

  /// Whether a step has a checkpoint that stands whatever its needs do.
  package func isDone(_ step: String) -> Bool { checkpoints[step] != nil && !stale.contains(step) }
}
