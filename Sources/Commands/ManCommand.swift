internal import Executor

/// `execplan man`.
enum ManCommand {
  static func run(_ invocation: Invocation) -> ExitCode {
    invocation.console.write(ManualPage.render(.all))
    return .success
  }
}
