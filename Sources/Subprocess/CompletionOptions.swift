/// How a program is run to its end.
package struct CompletionOptions: Sendable {
  /// What the program reads from stdin; nil: `/dev/null`.
  package var input: [UInt8]?
  /// Bytes of stdout, and of stderr, that are kept; the rest is read and dropped.
  package var limit: Int
  /// Whether the program is ended when it writes more than that.
  package var endsWhenCut: Bool
  package var timeout: Duration?
  /// Between SIGTERM and SIGKILL.
  package var grace: Duration
  /// It is ended with SIGINT instead of SIGTERM.
  package var interrupts = false
  /// Ends the program when it is signalled. One wake-up may serve many programs: it is not reset.
  package var cancellation: Wakeup?

  package init(
    input: [UInt8]? = nil, limit: Int = 1 << 20, endsWhenCut: Bool = false, timeout: Duration? = nil,
    grace: Duration = .seconds(10), cancellation: Wakeup? = nil
  ) {
    self.input = input
    self.limit = limit
    self.endsWhenCut = endsWhenCut
    self.timeout = timeout
    self.grace = grace
    self.cancellation = cancellation
  }
}
