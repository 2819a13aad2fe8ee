internal import Journal

/// Why nothing was started, with the commands that go on from here.
package struct Refusal: Error, Hashable, Sendable {
  package var exitCode: ExitCode
  /// One sentence, lower case.
  package var message: String
  /// More lines, for example the fields that differ.
  package var details: [String]
  /// Arguments of execplan, one command each: `apply plan.yaml --fresh`.
  package var nextCommands: [String]
  /// What is there already, if that is why: an answer may settle it.
  package var conflicts: StandingConflicts?

  package init(_ exitCode: ExitCode, _ message: String, details: [String] = [], nextCommands: [String] = []) {
    self.exitCode = exitCode
    self.message = message
    self.details = details
    self.nextCommands = nextCommands
  }
}

extension Refusal {
  static func nothingToResume(_ key: String, in state: StateDirectory, _ command: CommandWords) -> Refusal {
    Refusal(
      .refused, "there is no run of \"\(key)\" to resume in \"\(state.path)\"",
      nextCommands: ["apply \(command.plan)"])
  }
}
