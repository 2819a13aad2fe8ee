internal import Glibc

/// Finds launches that the journal does not know: a claim is durable before its launch is marked, so the journal has
/// lost commits since, as it does when its log was cut off or changed.
struct LostLaunches {
  private let state: StateDirectory

  /// The newest claims are lost first.
  private static let looks = 64

  init(_ state: StateDirectory) {
    self.state = state
  }

  /// - Parameter isKnown: whether the journal has an attempt.
  /// - Returns: the first attempt that it does not have.
  func find(_ isKnown: (Int64) throws -> Bool) throws -> [Int64] {
    for leg in StateFolders(state).legs {
      for attempt in MarksFile.marked(state, leg: leg).suffix(LostLaunches.looks) where try !isKnown(attempt) {
        return [attempt]
      }
    }
    return []
  }

  static func text(_ attempt: Int64) -> String {
    "the journal has lost what was recorded in it: attempt \(attempt) was started, and nothing is known of it"
  }
}
