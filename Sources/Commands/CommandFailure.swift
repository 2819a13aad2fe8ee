package import Executor

/// Ends a command with a message for the person who called it.
package struct CommandFailure: Error, Hashable, Sendable {
  package let exitCode: ExitCode
  /// Lower case, no full stop, the user's words in double quotes.
  package let message: String
  /// The next command, if there is one.
  package let advice: String?

  package init(_ exitCode: ExitCode, _ message: String, advice: String? = nil) {
    self.exitCode = exitCode
    self.message = message
    self.advice = advice
  }
}
