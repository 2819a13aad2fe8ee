/// What a run says about a plan: facts that its living sections are to show.
package struct LivingFacts: Sendable {
  /// What the checkpoints say of a step or a phase.
  package enum ItemState: Hashable, Sendable {
    /// Committed at this time, seconds since 1970.
    case done(at: Int64)
    case notDone
  }

  /// An attempt that failed; run, step and attempt tell it from others.
  package struct Failure: Hashable, Sendable {
    package var step: String
    package var title: String
    package var run: Int64
    package var attempt: Int
    /// `exit 1`, `timed out after 10 m`.
    package var reason: String
    /// The end of its output.
    package var lastLines: [String]
    /// Seconds since 1970.
    package var at: Int64

    package init(
      step: String, title: String, run: Int64, attempt: Int, reason: String, lastLines: [String], at: Int64
    ) {
      self.step = step
      self.title = title
      self.run = run
      self.attempt = attempt
      self.reason = reason
      self.lastLines = lastLines
      self.at = at
    }

    /// By this text an entry is recognised, however its lines were wrapped since.
    var mark: String { "`\(step)` failed in run \(run), attempt \(attempt)" }
  }

  /// The end of a whole run.
  package struct End: Hashable, Sendable {
    package var run: Int64
    /// `succeeded`.
    package var state: String
    /// `8 steps succeeded, 1 skipped`.
    package var counts: String
    /// Seconds since 1970.
    package var at: Int64

    package init(run: Int64, state: String, counts: String, at: Int64) {
      self.run = run
      self.state = state
      self.counts = counts
      self.at = at
    }

    /// By this text an entry is recognised.
    var mark: String { "run \(run) \(state)" }
  }

  /// By the id of a step or a phase; items with other ids are left alone.
  package var items: [String: ItemState]
  package var failures: [Failure]
  package var end: End?

  package init(items: [String: ItemState] = [:], failures: [Failure] = [], end: End? = nil) {
    self.items = items
    self.failures = failures
    self.end = end
  }
}
