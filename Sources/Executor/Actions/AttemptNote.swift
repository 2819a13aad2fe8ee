internal import Synchronization

/// What an attempt in another thread says about where it stands.
final class AttemptNote: Sendable {
  private let state = Mutex<String?>(nil)

  /// A line for people, without secrets.
  var text: String? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
