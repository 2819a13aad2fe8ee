/// What really happened, as somebody would have seen it who watched all programs, disks and crashes: the promises are
/// checked against it, never against what the code under test says.
struct Ledger {
  /// One launch of a step's action.
  struct Launch {
    let step: String
    let version: Int
    let run: Int64
    let attempt: Int64
    let leg: Int64
    /// The place in the order of all launches.
    let order: Int
    /// Whether its effect happened.
    var hasEffect = false
    /// What it made and published.
    var product: String?
    /// How it ended by itself or by a signal; nil while it goes on.
    var end: End?
    /// Whether it was an undo that changes nothing.
    var isIdle = false
    /// Whether execplan was gone before it could take note of the end.
    var isCutOff = false
  }

  enum End: Hashable { case succeeded, failed, killed }

  /// A point in time from which on the effect of a step is seen.
  private var visible: [String: Int64] = [:]
  private(set) var launches: [Int64: Launch] = [:]
  private(set) var order: [Int64] = []
  /// By run and step, attempts in the order of their launch.
  private var byStep: [RunStep: [Int64]] = [:]
  /// Attempts that ran to their end by themselves, by run and step.
  private var completions: [String: Int] = [:]
  private var hangs: [String: Int] = [:]

  struct RunStep: Hashable {
    var run: Int64
    var step: String
  }

  /// Keys of transactions that were committed.
  var tokens: Set<String> = []
  /// How often a transaction took effect, by its token.
  var transactions: [String: Int] = [:]

  mutating func launch(_ step: SimulatedStep, run: Int64, attempt: Int64, leg: Int64) {
    launches[attempt] = Launch(
      step: step.id, version: step.version, run: run, attempt: attempt, leg: leg, order: order.count)
    order.append(attempt)
    byStep[RunStep(run: run, step: step.id), default: []].append(attempt)
  }

  func launches(of step: String, run: Int64) -> [Launch] {
    (byStep[RunStep(run: run, step: step)] ?? []).compactMap { launches[$0] }
  }

  subscript(attempt: Int64) -> Launch? {
    get { launches[attempt] }
    set { launches[attempt] = newValue }
  }

  /// - Parameter seenAt: when the effect can be seen from outside, nanoseconds.
  mutating func effect(_ step: SimulatedStep, attempt: Int64, product: String?, seenAt: Int64) {
    launches[attempt]?.hasEffect = true
    launches[attempt]?.product = product
    visible[step.id] = min(visible[step.id] ?? .max, seenAt)
  }

  func isSeen(_ step: String, at now: Int64) -> Bool { visible[step].map { $0 <= now } ?? false }

  /// Counts one more attempt that ended by itself.
  mutating func complete(_ step: SimulatedStep, run: Int64) {
    completions["\(run) \(step.id)", default: 0] += 1
  }

  func completed(_ step: SimulatedStep, run: Int64) -> Int { completions["\(run) \(step.id)"] ?? 0 }

  mutating func hang(_ step: SimulatedStep, run: Int64) -> Int {
    let key = "\(run) \(step.id)"
    defer { hangs[key, default: 0] += 1 }
    return hangs[key] ?? 0
  }
}
