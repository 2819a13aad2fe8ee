internal import Executor
internal import Journal
internal import PlanModel
internal import Subprocess

/// Looks at every event of a simulation whether the promises of SPEC §2 still hold.
final class Audit {
  unowned var world: SimulatedWorld!
  var record = Record()
  /// By leg, which invocation executes it.
  private(set) var owners: [Int64: Int] = [:]
  /// How many signals a leg was told of.
  var signals: [Int64: Int] = [:]
  /// Legs in which a step of the main part failed for good.
  var failedLegs: Set<Int64> = []
  /// What the invocation under way was asked for.
  var jobs = 1
  var keepsGoing = false
  var isFresh = false
  /// Steps that a person wants to run again.
  var wished: Set<String> = []
  /// Attempts about which a person decided.
  var resolved: [Int64: StepResolution.Verdict] = [:]
  /// Attempts that were claimed when the machine stopped.
  private(set) var stopped: Set<Int64> = []
  /// Steps whose declared output a power loss took, until they run again.
  var lostOutputs: Set<String> = []
  /// By attempt, the version of the step that it was claimed for.
  var versions: [Int64: Int] = [:]
  /// Attempts that could not be started.
  private(set) var notStarted: Set<Int64> = []
  /// By run, steps whose needs ran again since they succeeded.
  var stale: [Int64: Set<String>] = [:]
  /// By attempt, what its program used, once the leg knows.
  private(set) var usages: [Int64: ResourceUsage] = [:]
  /// By leg, the steps of `finally` that were started in it.
  var finallyStarts: [Int64: Set<String>] = [:]

  func fail(_ promise: String, _ what: String) { world.fail(promise, what) }

  // MARK: What happens

  func began(leg: Int64, by invocation: Int) { owners[leg] = invocation }

  func didNotStart(_ attempt: Int64) {
    notStarted.insert(attempt)
    guard let claim = record.attempts[attempt], isFinally(claim.step) else { return }
    finallyStarts[claim.leg, default: []].insert(claim.step)
  }

  /// An invocation is gone: what it had claimed and not ended is in doubt.
  func died(machineStops: Bool) {
    for (id, attempt) in record.attempts where attempt.state == .claimed {
      world.ledger[id]?.isCutOff = true
      usages[id] = nil
      if machineStops { stopped.insert(id) }
    }
  }

  func lost(_ paths: Set<String>) {
    for step in world.plan.steps where step.makesFile && paths.contains(step.output) {
      lostOutputs.insert(step.id)
      if step.syncs, isDone(step) {
        fail("P2", "\(step.id) says sync_outputs, is checkpointed, and a power loss took its output")
      }
    }
  }

  /// Whether the present content of a step's output belongs to a checkpoint.
  private func isDone(_ step: SimulatedStep) -> Bool {
    guard
      let last = world.ledger.order.reversed().lazy.compactMap({ self.world.ledger[$0] }).first(where: {
        $0.step == step.id
      })
    else { return false }
    return record.checkpoint(step.id, last.run)?.attempt == last.attempt
  }

  func told(_ event: LegEvent, to leg: Int64) {
    if case .signal = event { signals[leg, default: 0] += 1 }
  }

  func used(_ usage: ResourceUsage, attempt: Int64) { usages[attempt] = usage }

  /// The attempt of a step that is claimed and has no end.
  func open(_ step: String) -> Int64? {
    record.attempts.values.filter { $0.step == step && $0.state == .claimed }.map(\.id).max()
  }

  // MARK: The plan

  static func gate(_ phase: Int) -> String { "gate:p\(phase)" }

  /// What must be done before a step or a gate starts.
  func needs(_ id: String) -> [String] {
    let plan = world.plan
    if let step = plan[id] {
      var needs = step.allNeeds
      if let phase = step.phase, !step.isFinally {
        for other in plan.steps where !other.isFinally {
          if let earlier = other.phase, earlier < phase, !needs.contains(other.id) { needs.append(other.id) }
        }
        for earlier in 0..<phase where plan.gates[earlier] != nil { needs.append(Audit.gate(earlier)) }
      }
      return needs
    }
    return plan.steps.filter { $0.phase.map { Audit.gate($0) } == id }.map(\.id)
  }

  /// Everything after a step.
  func downstream(of ids: some Sequence<String>) -> Set<String> {
    var reached = Set(ids)
    let gates = world.plan.gates.indices.filter { world.plan.gates[$0] != nil }.map { Audit.gate($0) }
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for id in world.plan.steps.map(\.id) + gates where !reached.contains(id) {
        if needs(id).contains(where: { reached.contains($0) }) {
          reached.insert(id)
          isGrowing = true
        }
      }
    }
    return reached
  }

  func isFinally(_ id: String) -> Bool { world.plan[id]?.isFinally ?? false }
}
