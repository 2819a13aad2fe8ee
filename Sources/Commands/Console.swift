internal import Glibc
package import Reporting
internal import Subprocess
internal import Synchronization

/// The two streams of this process: data on standard output, talk on standard error.
///
/// Data is collected and written in few calls. A reader that went away (`| head`) is not an error: what is left is
/// dropped quietly. Any other failure to write is remembered and ends the program with exit code 74.
/// Relies on SIGPIPE being ignored (`runCommandLine` does that).
package final class Console: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var readerIsGone = false
    /// The errno of the first write that failed.
    var failure: Int32?
  }

  private static let capacity = 64 * 1024
  private let state = Mutex(State())
  private let output: Int32
  private let errors: Int32
  package let outputIsTerminal: Bool
  package let errorIsTerminal: Bool
  package let outputStyle: Style
  package let errorStyle: Style
  /// `-q`.
  package let isQuiet: Bool
  /// `-v`.
  package let isVerbose: Bool

  package init(
    output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO, globals: GlobalOptions, environment: [String: String]
  ) {
    self.output = output
    self.errors = errors
    outputIsTerminal = isatty(output) == 1
    errorIsTerminal = isatty(errors) == 1
    let style = { (isTerminal: Bool) in
      Style(
        choice: globals.color, isTerminal: isTerminal, noColor: environment["NO_COLOR"], term: environment["TERM"])
    }
    outputStyle = style(outputIsTerminal)
    errorStyle = style(errorIsTerminal)
    isQuiet = globals.isQuiet
    isVerbose = globals.isVerbose
  }

  /// Writes data as it stands.
  package func write(_ text: String) {
    state.withLock { state in
      guard !state.readerIsGone, state.failure == nil else { return }
      state.pending.append(contentsOf: text.utf8)
      if state.pending.count >= Self.capacity { flush(&state) }
    }
  }

  /// Writes bytes as they stand.
  package func write(_ bytes: some Collection<UInt8>) {
    state.withLock { state in
      guard !state.readerIsGone, state.failure == nil else { return }
      state.pending.append(contentsOf: bytes)
      if state.pending.count >= Self.capacity { flush(&state) }
    }
  }

  /// Hands everything to the reader now.
  package func flush() { state.withLock { flush(&$0) } }

  /// Says something about the work; `-q` silences it.
  package func say(_ line: String) {
    if !isQuiet { writeError(line + "\n") }
  }

  /// Says something that only `-v` asks for.
  package func sayIfVerbose(_ line: String) {
    if isVerbose { writeError(line + "\n") }
  }

  /// Reports an error; `-q` does not silence it.
  package func error(_ message: String) { writeError(errorStyle.paint("error:", .error) + " \(message)\n") }

  /// Writes talk as it stands, after the data that is still waiting, so that a terminal shows both in order.
  package func writeError(_ text: String) {
    state.withLock { state in
      flush(&state)
      // Nobody is left to be told of a failure to write here.
      _ = writeAll(Array(text.utf8), to: errors)
    }
  }

  /// Whether nobody reads standard output any more: following and streaming commands stop then.
  package var readerIsGone: Bool { state.withLock { $0.readerIsGone } }

  /// The errno of the first write to standard output that failed, other than for a reader that went away.
  package var failure: Int32? { state.withLock { $0.failure } }

  private func flush(_ state: inout State) {
    guard !state.pending.isEmpty else { return }
    let problem = writeAll(state.pending, to: output)
    state.pending.removeAll(keepingCapacity: true)
    if problem == EPIPE { state.readerIsGone = true } else if let problem { state.failure = problem }
  }

}
