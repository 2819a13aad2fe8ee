package import PlanModel

/// What is said at the end of `apply`.
package struct RunSummary: Sendable {
  package struct Failure: Sendable {
    package var id: String
    /// `exit 2`, `timed out after 10 m`.
    package var reason: String
    /// The end of its output, without line ends.
    package var lastLines: [String]
    /// Where all of its output is.
    package var logPath: String?

    package init(id: String, reason: String, lastLines: [String] = [], logPath: String? = nil) {
      self.id = id
      self.reason = reason
      self.lastLines = lastLines
      self.logPath = logPath
    }
  }

  /// A step that did not run, and the step because of which it did not.
  package struct Blocked: Sendable {
    package var id: String
    package var because: String

    package init(id: String, because: String) {
      self.id = id
      self.because = because
    }
  }

  /// A step that needs a person, and the commands that answer.
  package struct Open: Sendable {
    package var id: String
    package var reason: String
    /// More lines about what is awaited.
    package var details: [String]
    package var commands: [String]

    package init(id: String, reason: String, details: [String] = [], commands: [String] = []) {
      self.id = id
      self.reason = reason
      self.details = details
      self.commands = commands
    }
  }

  package var plan: String
  package var run: Int64
  package var state: RunState
  package var durationMilliseconds: Int64
  package var succeeded: Int
  package var skipped: Int
  package var failures: [Failure] = []
  package var inDoubt: [Open] = []
  package var waiting: [Open] = []
  package var blocked: [Blocked] = []
  /// What was not started because the saved plan says something else of it.
  package var refused: [Open] = []
  package var notReached: [String] = []
  /// Warnings of checks and the like, one line each.
  package var warnings: [String] = []
  /// Whether the run was taken back rather than executed.
  package var takesBack = false
  /// The exact commands that go on from here, best first.
  package var nextCommands: [String] = []

  package init(
    plan: String, run: Int64, state: RunState, durationMilliseconds: Int64, succeeded: Int, skipped: Int
  ) {
    self.plan = plan
    self.run = run
    self.state = state
    self.durationMilliseconds = durationMilliseconds
    self.succeeded = succeeded
    self.skipped = skipped
  }
}
