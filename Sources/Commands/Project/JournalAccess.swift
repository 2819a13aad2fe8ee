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
    case .newer: CommandFailure(.ioError, error.description)
    case .damaged: CommandFailure(.ioError, "the journal is damaged: \(error)", advice: "execplan doctor")
    case .io, .gone, .busy: CommandFailure(.ioError, error.description, advice: "execplan doctor")
    case .invalid: CommandFailure(.internalError, error.description)
    }
  }
}
