internal import Journal
internal import PlanModel

/// Tells of claims without a recorded end what their legs' marks say: that they were never launched, or as what.
struct LaunchMarks {
  private let state: StateDirectory
  private let world: any ExecutionWorld
  /// By leg: the marks of attempts that were launched; nil where the marks cannot be believed.
  private var launched: [Int64: [Int64: Mark]?] = [:]

  init(_ state: StateDirectory, _ world: any ExecutionWorld = SystemWorld()) {
    self.state = state
    self.world = world
  }

  /// Whether the claim was surely never launched. Without marks that can be believed no claim is, nor while a keeper
  /// lives that may be about to launch it.
  mutating func wasNeverLaunched(_ open: OpenAttempt) -> Bool {
    guard let marks = marks(of: open.leg), marks[open.attempt.id] == nil else { return false }
    switch keeper(of: open.attempt) {
    case .held: return false
    // It may have launched the program between the two looks.
    case .free: return reread(open.leg).map { $0[open.attempt.id] == nil } ?? false
    case .none: return true
    }
  }

  /// The mark of an attempt; nil when there is none, or none that can be believed.
  mutating func mark(of open: OpenAttempt) -> Mark? { marks(of: open.leg)?[open.attempt.id] }

  private mutating func marks(of leg: Leg) -> [Int64: Mark]? {
    if let known = launched[leg.id] { return known }
    return reread(leg)
  }

  private mutating func reread(_ leg: Leg) -> [Int64: Mark]? {
    // Of two marks the later one counts: a program that the kernel does not know is given to a shell.
    let marks = world.marks(leg: leg.id, nonce: leg.nonce, in: state).map { marks in
      Dictionary(marks.map { ($0.attempt, $0) }, uniquingKeysWith: { _, later in later })
    }
    launched[leg.id] = .some(marks)
    return marks
  }

  /// Whether a keeper of the attempt lives.
  func keeper(of attempt: Attempt) -> KeeperLock.Status {
    world.keeper(AttemptFiles(state, run: attempt.run, attempt: attempt.id).keeper)
  }
}
