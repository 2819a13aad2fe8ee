internal import Journal
internal import PlanModel

/// Tells of claims without a recorded end which were never launched, by the marks of their legs.
struct LaunchMarks {
  private let state: StateDirectory
  private let world: any ExecutionWorld
  /// By leg: the attempts that were launched; nil where the marks cannot be believed.
  private var launched: [Int64: Set<Int64>?] = [:]

  init(_ state: StateDirectory, _ world: any ExecutionWorld = SystemWorld()) {
    self.state = state
    self.world = world
  }

  /// Whether the claim was surely never launched. Without marks that can be believed no claim is.
  mutating func wasNeverLaunched(_ open: OpenAttempt) -> Bool {
    let attempts: Set<Int64>?
    if let known = launched[open.leg.id] {
      attempts = known
    } else {
      attempts = world.marks(leg: open.leg.id, nonce: open.leg.nonce, in: state).map { Set($0.map(\.attempt)) }
      launched[open.leg.id] = .some(attempts)
    }
    return attempts.map { !$0.contains(open.attempt.id) } ?? false
  }
}
