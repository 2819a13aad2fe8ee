/// Where a run stands.
package enum RunState: String, Hashable, Sendable, CaseIterable {
  case running, succeeded, failed, interrupted, waiting
  /// The selection is complete; other steps were never started.
  case partial
  /// Given up for a new run (`--fresh`).
  case abandoned
  case rolledBack = "rolled_back"

  /// Whether `apply` goes on with such a run rather than starting a new one.
  package var isUnfinished: Bool {
    switch self {
    case .running, .failed, .interrupted, .waiting, .partial: true
    case .succeeded, .abandoned, .rolledBack: false
    }
  }
}
