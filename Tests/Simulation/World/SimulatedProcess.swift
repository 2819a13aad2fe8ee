internal import Executor
internal import Subprocess

/// A program of a step as the simulated machine runs it: it outlives execplan, unless something ends it.
final class SimulatedProcess: StartedProgram {
  enum Act {
    /// A part of the file that a guard looks for.
    case half
    /// What it was started for: its effect outside, and its file.
    case effect
    case publish
    case end(ExitStatus)
    /// Its end is told to whoever waits for it.
    case told(ExitStatus)
  }

  let step: SimulatedStep
  let attempt: Int64
  let node: Int
  /// What it read when it started.
  let product: String
  let publishedPath: String
  /// What it does with a wish to end.
  let manner: Manner
  private(set) var isAlive = true
  private unowned let leg: SimulatedLeg
  private var killAt: Int64?
  private var isKilled = false

  enum Manner { case dies, finishes, ignores }

  init(
    _ step: SimulatedStep, attempt: Int64, node: Int, product: String, publishedPath: String, manner: Manner,
    leg: SimulatedLeg
  ) {
    self.step = step
    self.attempt = attempt
    self.node = node
    self.product = product
    self.publishedPath = publishedPath
    self.manner = manner
    self.leg = leg
  }

  /// What it used, another number for every attempt.
  var usage: ResourceUsage {
    ResourceUsage(
      userTime: .microseconds(attempt), systemTime: .microseconds(attempt * 3),
      maxResidentKiB: attempt.isMultiple(of: 2) ? nil : 100 + attempt, readBytes: attempt * 512)
  }

  func die() { isAlive = false }

  func trimOutput() {}

  func end(grace: Duration?) {
    let (seconds, attoseconds) = (grace ?? .zero).components
    killAt = leg.world.now + seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    leg.world.tell("\(step.id) \(grace == nil ? "is to be killed" : "gets SIGTERM")")
    guard grace != nil else { return }
    switch manner {
    case .dies: leg.schedule(.end(.signalled(15)), of: self, in: 200_000)
    case .finishes: leg.finishEarly(self)
    case .ignores: break
    }
  }

  func kill() { killAt = min(killAt ?? 0, leg.world.now) }

  func advance() -> Teardown.Status {
    guard isAlive else { return .gone }
    let now = leg.world.now
    if let killAt, now >= killAt, !isKilled {
      isKilled = true
      leg.schedule(.end(.signalled(9)), of: self, in: 100_000)
    }
    let next = now + (isKilled ? 1_000_000 : 5_000_000)
    return .waiting(until: leg.world.instant(isKilled ? next : min(next, max(killAt ?? next, now + 1))))
  }
}
