internal import Digest
internal import PlanModel
internal import Planner
internal import Subprocess

/// What the supervisor keeps of one node while a leg goes on. There may be 100,000 of them, and of most fields few have a
/// value at the same time, so those are boxed.
struct NodeRecord {
  /// What earlier runs know.
  var memory = StepMemory()
  /// The checkpoint of this run, once there is one; an older one that must be looked at again is `stale`.
  @Boxed var checkpoint: Checkpoint?
  /// A checkpoint of this run whose needs may give another result now (`--rerun`, `--rerun-changed`).
  @Boxed var stale: Checkpoint?
  /// How the latest attempt of this run ended that did end.
  var lastEnd: Attempt.State?
  /// Attempts of this run so far, released claims not counted.
  var attempts = 0
  /// Failures that count against `retry`.
  var failures = 0
  var generation = 0
  var firstFailureAt: Int64?
  /// When the next try is due after a resume.
  var dueAt: BootInstant?
  /// When the first of the attempts was launched that were cut off since the step last ended by itself; milliseconds
  /// since 1970.
  var begunAt: Int64?
  var isForced = false
  /// Selected by nobody: it stays as it is.
  var isExcluded = false
  /// Of an item that is found no more: it is no part of the run.
  var isGone = false
  /// Items that a step has found, and those that are gone since it did so before; by id.
  var found: [String] = []
  var gone: [String] = []
  /// `--skip`.
  var isSkippedByUser = false
  /// The last attempt failed because `verify` did not hold, so that is looked at before the next try.
  var mustVerifyFirst = false
  /// What the person or a crash left behind, in words, for the reasons of the next decision.
  @Boxed var history: Reason?

  // The attempt in hand.
  @Boxed var judgement: Judgement?
  @Boxed var command: ProgramCommand?
  @Boxed var attempt: Attempt?
  @Boxed var files: AttemptFiles?
  @Boxed var context: StepContext?
  var startedAt: BootInstant?
  /// When the program ended, if that was before this leg began; milliseconds since 1970.
  var endedBefore: Int64?
  @Boxed var result: AttemptResult?
  /// State and reason for the summary.
  var state = StepState.pending
  var reason: String?
  /// Why it was not started, if it could have been: the saved plan that is applied says something else.
  var refusal: String?
  var checks: [CheckResult] = []
  @Boxed var awaited: AwaitedWork?
  var duration: Int?
  /// Whether it ran (rather than being skipped) in this run.
  var ranInRun = false
}
