internal import Journal
internal import PlanModel
internal import Subprocess

/// Tells of claims without a recorded end what their legs' marks say: that they were never launched, or as what.
struct LaunchMarks {
  private let state: StateDirectory
  /// By leg: the marks of attempts that were launched; nil where the marks cannot be believed.
  private var launched: [Int64: [Int64: Mark]?] = [:]

  init(_ state: StateDirectory) {
    self.state = state
  }

  /// Whether the claim was surely never launched. Without marks that can be believed no claim is, nor while a keeper
  /// lives that may be about to launch it.
  mutating func wasNeverLaunched(_ open: OpenAttempt) -> Bool {
    guard let marks = marks(of: open.leg), marks[open.attempt.id] == nil else { return false }
    switch LaunchMarks.keeper(of: open.attempt, state) {
    case .held: return false
    // It may have launched the program between the two looks.
    case .free: return reread(open.leg)?[open.attempt.id] == nil
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
    let marks = MarksFile.read(state, leg: leg.id, nonce: leg.nonce).map { marks in
      Dictionary(marks.map { ($0.attempt, $0) }, uniquingKeysWith: { _, later in later })
    }
    launched[leg.id] = .some(marks)
    return marks
  }

  /// Whether a keeper of the attempt lives; a lock that can't be asked for counts as held.
  static func keeper(of attempt: Attempt, _ state: StateDirectory) -> KeeperLock.Status {
    let path = AttemptFiles(state, run: attempt.run, attempt: attempt.id).keeper
    return (try? KeeperLock.status(path)) ?? .held(pid: nil)
  }
}
