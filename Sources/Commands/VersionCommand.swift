internal import Executor

/// `execplan version`.
enum VersionCommand {
  static func run(_ invocation: Invocation) -> ExitCode {
    write(to: invocation.console)
    return .success
  }

  static func write(to console: Console) { console.write("execplan \(executableVersion)\n") }
}
