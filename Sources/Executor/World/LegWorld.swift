package import Journal
package import Subprocess

/// What the supervisor of one leg waits for and starts: its only contact with what goes on beside it.
///
/// It belongs to the supervisor's thread.
package protocol LegWorld: AnyObject {
  /// Names the marks of the leg's launches; goes into the journal with the leg.
  var nonce: String { get }

  /// Waits until something happened, or until an instant; that may bring no event.
  func wait(until deadline: BootInstant?) throws -> [LegEvent]
  /// Makes writes durable; the answer comes as an event.
  func commit(_ writes: [JournalWrite]) throws
  /// Asks whether the journal is still where it was; only a failure is told.
  func verifyJournal() throws
  /// Does work that blocks in another thread; what it answers comes as an event.
  func submit(_ job: @escaping @Sendable () -> JobAnswer) throws
  /// Marks the launch of an attempt that has no program of its own.
  func mark(attempt: Int64) throws
  /// Starts a program, which marks its own launch; its end is told under the node.
  func start(_ launch: ProgramLaunch) throws -> any StartedProgram
  /// Goes on waiting for a program that a dead leg left under a keeper.
  func takeOver(_ attempt: KeptAttempt, node: Int) throws -> any StartedProgram
  /// Ends programs without telling it, as nothing can be recorded any more.
  func endNow(_ programs: [any StartedProgram], grace: Duration)
  /// Waits for the work that goes on and ends the threads.
  func finish()
}

/// What happened beside the supervisor.
package enum LegEvent: Sendable {
  case exited(node: Int, ExitStatus, ResourceUsage)
  /// The keeper of a program has ended.
  case keeperEnded(node: Int, KeptEnding)
  case signal(Int32)
  /// The commit is durable; the numbers of the events among its writes.
  case committed([Int64])
  case journalFailed(JournalError)
  case answered(JobAnswer)
}

/// What work in another thread came to.
package struct JobAnswer: Sendable {
  let content: Content

  enum Content: Sendable {
    case prepared(Int, PreparationJob.Prepared)
    case performed(Int, AttemptResult)
    case finished(Int, AttemptResult)
  }

  init(_ content: Content) { self.content = content }
}

/// A program of a step that is to be started, and where what it writes goes.
package struct ProgramLaunch {
  package var node: Int
  package var attempt: Int64
  package var command: ProgramCommand
  package var files: AttemptFiles
  /// How much of its output is kept.
  package var limits: CaptureLimits
  /// Nil: it runs without a keeper.
  package var keeper: KeeperTerms?
}

extension LegWorld {
  /// In a world without keepers no attempt is kept.
  package func takeOver(_ attempt: KeptAttempt, node: Int) throws -> any StartedProgram {
    throw JournalError.io("there are no keepers here")
  }
}

/// A program of a step that was started, with everything that it starts itself.
package protocol StartedProgram: AnyObject {
  /// The process that leads its group; nil where that is not known, as of a program under a keeper.
  var leader: Int32? { get }
  /// Keeps the captured output within its bounds.
  func trimOutput()
  /// Begins to end all of its group.
  ///
  /// - Parameter grace: how long after SIGTERM it may take; nil: it is killed at once.
  func end(grace: Duration?)
  /// Ends the grace time.
  func kill()
  /// Does what is due of the ending that was begun.
  func advance() -> Teardown.Status
}

extension StartedProgram {
  package var leader: Int32? { nil }
}
