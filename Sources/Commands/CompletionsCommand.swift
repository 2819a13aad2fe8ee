internal import Executor

/// `execplan completions SHELL`.
enum CompletionsCommand {
  static func run(_ invocation: Invocation) -> ExitCode {
    invocation.console.write(script(for: invocation.parsed.positional("SHELL"), .all))
    return .success
  }

  /// The parser lets only the shells of the table through.
  static func script(for shell: String?, _ table: CommandTable) -> String {
    switch shell {
    case "zsh": ZshCompletion.script(table)
    case "fish": FishCompletion.script(table)
    default: BashCompletion.script(table)
    }
  }
}
