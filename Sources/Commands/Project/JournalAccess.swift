internal import Executor
internal import Journal

/// Reads the journal of a project without changing a byte of it.
enum JournalAccess {
  /// - Throws: `CommandFailure` with exit code 74 when the journal can't be read.
  static func read<T>(
    _ state: StateDirectory, _ body: (any JournalReading) throws(JournalError) -> T
  ) throws(CommandFailure) -> T {
    do throws(JournalError) {
      return try JournalReader(state).read(body)
    } catch {
      throw failure(error)
    }
  }

  static func failure(_ error: JournalError) -> CommandFailure {
    switch error {
    case .newer(let found, let known):
      CommandFailure(
        .ioError, "the journal has version \(found), and this execplan knows \(known)", advice: "use a newer execplan")
    case .damaged(let text): CommandFailure(.ioError, text, advice: "execplan doctor --repair")
    case .io(let text): CommandFailure(.ioError, text, advice: "execplan doctor")
    case .gone:
      CommandFailure(
        .ioError, "the journal was removed or replaced while it was in use; what ran since is not recorded",
        advice: "execplan doctor")
    case .busy: CommandFailure(.ioError, "the journal is busy; try again")
    case .invalid(let text): CommandFailure(.internalError, text)
    }
  }
}
