package import Executor

/// A command that was called: what it was given, where it writes, and what surrounds it.
package struct Invocation: Sendable {
  package let parsed: ParsedCommand
  package let console: Console
  package let environment: [String: String]
  /// The projects that the command meets.
  let projects: ProjectIndex

  package init(parsed: ParsedCommand, console: Console, environment: [String: String]) {
    self.parsed = parsed
    self.console = console
    self.environment = environment
    projects = ProjectIndex(stateDirectory: Self.stateDirectory(parsed.globals, environment))
  }

  package var globals: GlobalOptions { parsed.globals }

  /// Where the user wants the state directory: `--state-dir`, else `EXECPLAN_STATE_DIR`, else nil.
  package var stateDirectory: String? { Self.stateDirectory(globals, environment) }

  private static func stateDirectory(_ globals: GlobalOptions, _ environment: [String: String]) -> String? {
    if let path = globals.stateDirectory { return path }
    guard let path = environment["EXECPLAN_STATE_DIR"], !path.isEmpty else { return nil }
    return path
  }
}

/// What carries a command out.
package typealias CommandBody = @Sendable (Invocation) throws -> ExitCode
