package import Digest
package import PlanModel

/// A plan that the journal knows.
package struct PlanRecord: Hashable, Sendable {
  package var key: String
  /// Where its file was last seen, relative to the project root.
  package var path: String
  package var title: String?

  package init(key: String, path: String, title: String? = nil) {
    self.key = key
    self.path = path
    self.title = title
  }
}

/// What the journal knows of a step over all runs of its plan.
package struct StepHistory: Hashable, Sendable {
  /// The latest attempt in any run, released claims left out.
  package var latestAttempt: Attempt?
  /// The latest checkpoint in any run that is evidence of success and was not superseded.
  package var lastSuccess: Checkpoint?

  package init(latestAttempt: Attempt? = nil, lastSuccess: Checkpoint? = nil) {
    self.latestAttempt = latestAttempt
    self.lastSuccess = lastSuccess
  }
}

/// A run and how its steps ended.
package struct RunSummary: Hashable, Sendable {
  package var run: Run
  /// Steps with a checkpoint of an action that succeeded, or that a person attested.
  package var succeeded: Int
  /// Steps whose latest attempt failed without a checkpoint, and allowed failures.
  package var failed: Int
  /// Steps with any other checkpoint: up to date, guard, condition, no value, by a person.
  package var skipped: Int

  package init(run: Run, succeeded: Int = 0, failed: Int = 0, skipped: Int = 0) {
    self.run = run
    self.succeeded = succeeded
    self.failed = failed
    self.skipped = skipped
  }
}

/// How long a step took that succeeded.
package struct StepDuration: Hashable, Sendable {
  package var step: String
  /// D of the attempt.
  package var definition: SHA256Digest
  package var milliseconds: Int64

  package init(step: String, definition: SHA256Digest, milliseconds: Int64) {
    self.step = step
    self.definition = definition
    self.milliseconds = milliseconds
  }
}

/// A claim without a recorded end, and the leg that made it.
package struct OpenAttempt: Hashable, Sendable {
  package var attempt: Attempt
  package var leg: Leg

  package init(attempt: Attempt, leg: Leg) {
    self.attempt = attempt
    self.leg = leg
  }
}

/// Where the record of a plan stands: what a saved plan rests on.
package struct PlanPosition: Hashable, Sendable {
  /// The latest run.
  package var run: Int64?
  /// The latest checkpoint of any run, superseded ones too.
  package var checkpoint: Int64?

  package init(run: Int64? = nil, checkpoint: Int64? = nil) {
    self.run = run
    self.checkpoint = checkpoint
  }
}

/// A saved plan that was applied.
package struct AppliedPlan: Hashable, Sendable {
  /// Of the saved file.
  package var id: String
  /// The run that it began or went on with.
  package var run: Int64
  package var leg: Int64
  /// Milliseconds since 1970.
  package var at: Int64

  package init(id: String, run: Int64, leg: Int64, at: Int64) {
    self.id = id
    self.run = run
    self.leg = leg
    self.at = at
  }
}

/// An event with its number in the journal.
package struct NumberedEvent: Hashable, Sendable {
  package var sequence: Int64
  package var run: Int64
  package var event: Event

  package init(sequence: Int64, run: Int64, event: Event) {
    self.sequence = sequence
    self.run = run
    self.event = event
  }
}

/// A path that a leg declared as its output; it counts while the lock of the plan is held.
package struct LiveOutput: Hashable, Sendable {
  package var plan: String
  package var leg: Int64
  /// As declared: a path or a glob, relative to the project root.
  package var path: String

  package init(plan: String, leg: Int64, path: String) {
    self.plan = plan
    self.leg = leg
    self.path = path
  }
}
