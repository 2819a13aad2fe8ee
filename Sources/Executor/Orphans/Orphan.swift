internal import Journal
package import PlanModel

/// What is left running of an attempt whose execplan died.
package struct Orphan: Sendable {
  package struct Process: Hashable, Sendable {
    package var pid: Int32
    /// The name of its program.
    package var name: String
  }

  package var attempt: Attempt
  /// Those that can be seen, the attempt's own program first.
  package var processes: [Process]
  /// Why nothing of it can be seen from here; nil where it surely runs.
  package var unseen: String?
  /// When it was started, milliseconds since 1970, UTC.
  package var since: Int64
  /// What the step runs, its first line.
  package var command: String?
  /// The process group of its program.
  var group: Int32?
  /// Whether a keeper waits for its end and will write it down.
  package var isKept: Bool
}
