internal import Executor
internal import Glibc
internal import Reporting

/// Carries out the words after the program's name and returns the exit code.
package func runCommandLine(_ arguments: [String]) -> Int32 {
  StandardDescriptors.fill()
  // A reader that goes away must not kill a run in the middle of a step: Console sees EPIPE instead. Nor must a limit of
  // file sizes (`ulimit -f`), which is an error of the write then. Whoever spawns programs gives them the defaults back.
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
  // Scripts and prompts ask for it all the time: the option table is not even built.
  if arguments == ["--version"] {
    let console = Console(globals: GlobalOptions(), environment: [:])
    VersionCommand.write(to: console)
    return finish(.success, console)
  }
  if arguments.first == KeeperProcess.word { return keep() }
  let environment = EnvironmentVariables.current
  switch CommandLineParser.parse(arguments) {
  case .success(let parsed):
    let console = Console(globals: parsed.globals, environment: environment)
    let code = carryOut(Invocation(parsed: parsed, console: console, environment: environment))
    return finish(code, console)
  case .failure(let error):
    let console = Console(globals: GlobalOptions(), environment: environment)
    // Not success: a script whose variable was empty must not go on as if something had been done.
    console.writeError(arguments.isEmpty ? HelpText.render(HelpPage.overview(.all)) : error.text)
    return ExitCode.usage.rawValue
  }
}

/// Lives as the keeper of a step's program. No command of a person: it stands in no table, and without the request that
/// execplan itself hands over there is nothing to do.
private func keep() -> Int32 {
  if let code = KeeperProcess.run() { return code }
  let console = Console(globals: GlobalOptions(), environment: EnvironmentVariables.current)
  console.error("\"\(KeeperProcess.word)\" is how execplan starts the keeper of a step; it is no command")
  console.writeError("  execplan help\n")
  return ExitCode.usage.rawValue
}

/// Enters the folder of `-C`, runs the command, and makes an exit code of what it throws.
private func carryOut(_ invocation: Invocation) -> ExitCode {
  let console = invocation.console
  do {
    if let directory = invocation.globals.directory, unsafe chdir(directory) != 0 {
      throw CommandFailure(
        .usage, "cannot enter the folder \(UsageError.quoted(directory)): \(ErrnoText.text(errno))",
        advice: "give -C a folder that exists")
    }
    guard let body = CommandTable.bodies[invocation.parsed.command.name] else {
      throw CommandFailure(.internalError, "the command \"\(invocation.parsed.command.name)\" has no body")
    }
    return try body(invocation)
  } catch let error as UsageError {
    console.writeError(error.text)
    return .usage
  } catch let error as InvalidConfiguration {
    console.writeError(String(decoding: error.report.text(console.errorStyle, .init()), as: UTF8.self))
    return .invalidPlan
  } catch let failure as CommandFailure {
    console.error(failure.message)
    if let advice = failure.advice { console.writeError("  \(advice)\n") }
    return failure.exitCode
  } catch {
    console.error("internal error: \(error)")
    console.writeError("  please report it with the command line and this message\n")
    return .internalError
  }
}

/// Hands the output over; output that could not be written is an I/O error, unless something graver happened.
private func finish(_ code: ExitCode, _ console: Console) -> Int32 {
  console.flush()
  if let problem = console.failure {
    console.error("cannot write to standard output: \(ErrnoText.text(problem))")
    switch code {
    case .hangup, .interrupted, .terminated, .internalError: break
    default: return ExitCode.ioError.rawValue
    }
  }
  return code.rawValue
}
