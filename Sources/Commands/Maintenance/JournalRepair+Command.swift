internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting
internal import Subprocess

/// `execplan doctor --repair`.
enum RepairCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let json = invocation.parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let context = try DoctorContext(invocation)
      let state = StateDirectory(path: context.stateDirectory)
      guard state.exists else {
        throw CommandFailure(.ioError, "there is nothing to repair: \"\(state.path)\" is not there")
      }
      // A newer journal is whole; only this program cannot read it.
      if case .failure(.newer(let found, let known)) = Result(catching: { () throws(JournalError) in
        try JournalReader(state).read { reader throws(JournalError) in try reader.uuid() }
      }) {
        throw JournalAccess.failure(.newer(found: found, known: known))
      }
      guard let lock = try StateLock.exclusive(state, timeout: .seconds(2)) else {
        throw Refusal(
          .locked, "a plan is being applied: the journal is repaired while nothing runs", nextCommands: ["doctor"])
      }
      defer { withExtendedLifetime(lock) {} }
      let answer = RepairAnswer(state: state, report: try JournalRepair(state, now: WallClock.now()).run())
      let console = invocation.console
      if json { console.write(answer.json) } else { console.write(answer.text(console.outputStyle)) }
      return answer.report.isLossy ? .failure : .success
    }
  }
}
