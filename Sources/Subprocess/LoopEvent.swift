/// What ended an `EventLoop.wait`.
package enum LoopEvent: Hashable, Sendable {
  /// A watched child ended; the token is the one it was watched under.
  case exited(token: Int, status: ExitStatus, usage: ResourceUsage)
  /// A watched process that is no child of this one ended.
  case vanished(token: Int)
  /// Somebody posted into a mailbox of this loop: look into all of them.
  case posted
  /// One of the loop's signals arrived.
  case signal(Int32)
  /// The deadline passed.
  case timeout
}
