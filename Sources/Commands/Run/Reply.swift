internal import Executor
internal import Glibc
internal import Journal
internal import PlanModel
internal import Reporting
internal import SQLite
internal import SourceText
internal import Subprocess

/// How commands answer when they could not do what they were asked: text for people, one JSON object for programs.
enum Reply {
  /// Carries a body out and makes an answer and exit code of what it throws.
  static func of(_ invocation: Invocation, json: Bool, _ body: () throws -> ExitCode) throws -> ExitCode {
    do {
      return try body()
    } catch let error as InvalidPlan {
      if json {
        invocation.console.write(
          FailureView(
            exitCode: Int(ExitCode.invalidPlan.rawValue), message: "the plan is not valid",
            nextCommands: ["execplan validate \(ShellQuoting.quoted(error.loaded.source.path))"],
            diagnostics: error.report
          ).json())
      } else {
        invocation.console.writeError(
          String(decoding: error.report.text(invocation.console.errorStyle, .init()), as: UTF8.self))
      }
      return .invalidPlan
    } catch let error as InvalidConfiguration where json {
      invocation.console.write(
        FailureView(
          exitCode: Int(ExitCode.invalidPlan.rawValue), message: "the configuration is not valid",
          nextCommands: ["execplan validate"], diagnostics: error.report
        ).json())
      return .invalidPlan
    } catch let error as Refusal {
      return refused(invocation, json: json, error)
    } catch let error as CommandFailure where json {
      return failed(invocation, error.exitCode, error.message, error.advice)
    } catch let error as UsageError where json {
      return failed(invocation, .usage, error.message, error.advice)
    } catch let error as JournalError {
      throw JournalAccess.failure(error)
    } catch let error as SystemError {
      throw CommandFailure(.ioError, "\(error)")
    }
  }

  /// Programs are told of commands as such; other advice belongs to the message.
  private static func failed(
    _ invocation: Invocation, _ code: ExitCode, _ message: String, _ advice: String?
  ) -> ExitCode {
    let isCommand = advice?.hasPrefix("execplan ") ?? false
    invocation.console.write(
      FailureView(
        exitCode: Int(code.rawValue),
        message: isCommand ? message : [message, advice].compactMap(\.self).joined(separator: "\n"),
        nextCommands: isCommand ? [advice].compactMap(\.self) : []
      ).json())
    return code
  }

  static func refused(_ invocation: Invocation, json: Bool, _ refusal: Refusal) -> ExitCode {
    let commands = refusal.nextCommands.map { "execplan \($0)" }
    if json {
      invocation.console.write(
        FailureView(
          exitCode: Int(refusal.exitCode.rawValue),
          message: ([refusal.message] + refusal.details).joined(separator: "\n"),
          nextCommands: commands
        ).json())
      return refusal.exitCode
    }
    let console = invocation.console
    console.error(PrintableText.block(refusal.message))
    for detail in refusal.details { console.writeError("  \(PrintableText.line(detail))\n") }
    if !commands.isEmpty {
      console.writeError(commands.count == 1 ? "next:\n" : "next, one of:\n")
      for command in commands { console.writeError("  \(command)\n") }
    }
    return refusal.exitCode
  }
}
