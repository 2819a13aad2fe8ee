package import PlanModel

/// Is told what happens while a run goes on; everything that it is told about the run's record is durable.
package protocol RunObserver: AnyObject {
  /// The leg begins.
  func runBegan(_ beginning: RunBeginning)
  /// An event was committed under its number.
  func recorded(_ event: Event, sequence: Int64)
  /// Called a few times a second when `wantsProgress`, and when something changed.
  func progress(_ progress: RunProgress)
  /// A first signal arrived: running steps are given this much time.
  func stopping(signal: Int32, drain: Duration)
  /// Something happened that people should know, a line, told as it happens.
  func said(_ line: String)
  var wantsProgress: Bool { get }
}

extension RunObserver {
  package func said(_ line: String) {}
}

/// What is known when a leg begins.
package struct RunBeginning: Sendable {
  package var run: Int64
  package var isResumed: Bool
  /// One line for people about the run that is gone on with; nil for a new run.
  package var message: String?
  package var stepCount: Int
  package var doneCount: Int
  /// What went on while the run was opened, a line each: doubts that were decided, outputs that were lost.
  package var notes: [String]
  /// Which steps are selected, if not all are.
  package var selection: SelectionAccount?
}

/// Where a leg stands, for a live display.
package struct RunProgress: Sendable {
  package struct RunningStep: Sendable {
    package var id: String
    package var attempt: Int
    package var elapsed: Duration
    /// Where its output goes, for the last line.
    package var stdoutPath: String?
    package var stderrPath: String?
    /// What it waits for and has found last.
    package var note: String?
  }

  package struct Retry: Sendable {
    package var id: String
    package var attempt: Int
    package var remaining: Duration
    package var reason: String
  }

  /// How long it still takes, by what its steps took before.
  package struct Remaining: Hashable, Sendable {
    package var milliseconds: Int64
    /// Whether there are steps of which nobody knows.
    package var isLeast: Bool
  }

  package var remaining: Remaining?
  package var total: Int
  package var succeeded: Int
  package var skipped: Int
  package var failed: Int
  package var running: [RunningStep]
  package var retries: [Retry]
  package var elapsed: Duration
}
