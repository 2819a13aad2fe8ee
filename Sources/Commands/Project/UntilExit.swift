internal import Synchronization

/// Keeps the last thing that was given to it until the process ends.
///
/// A command that is done with a large plan gives it here: the system takes back all memory at once, where letting go
/// of many thousand steps one by one would be a good part of the time of `validate`.
enum UntilExit {
  private static let kept = Mutex<(any Sendable)?>(nil)

  static func keep(_ value: some Sendable) {
    kept.withLock { $0 = value }
  }
}
