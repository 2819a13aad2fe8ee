/// Who holds a plan's lock, as the holder wrote it: for messages only, the lock itself decides.
package struct LockHolder: Hashable, Sendable {
  package var pid: Int
  package var host: String
  /// Milliseconds since 1970, UTC.
  package var since: Int64
  package var command: [String]
  /// The run that it executes, once it has one.
  package var run: Int64?

  package init(pid: Int, host: String, since: Int64, command: [String], run: Int64? = nil) {
    self.pid = pid
    self.host = host
    self.since = since
    self.command = command
    self.run = run
  }
}
