internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Subprocess

/// People who apply a plan until it is done: they go on after every crash, decide what is asked of them by what really
/// happened, and change the plan now and then.
final class Operator {
  let scenario: Scenario
  let world: SimulatedWorld
  private var plans: LoadedPlans
  var random: SeededRandom
  private(set) var planned: PlannedPlan
  private var sources: [String: String] = [:]
  /// Whether the next invocation begins a new run in place of an unfinished one.
  private var isFresh = false
  private var rerunsChanged = false
  private var trustsEffects = false
  private var rerun: Set<String> = []
  private var keepsGoing = false
  private var lastInvocation = 0
  /// Whether somebody did a manual step after the last invocation.
  private var hasCompleted = false
  private var isLastRound = false
  private(set) var end: EndState?

  /// No scenario needs more invocations to come to its end.
  static let patience = 60

  init(_ scenario: Scenario, _ plans: LoadedPlans, withFaults: Bool, isTelling: Bool) throws(LoadedPlans.Unreadable) {
    var plans = plans
    self.scenario = scenario
    world = SimulatedWorld(scenario, withFaults: withFaults)
    world.isTelling = isTelling
    planned = try plans.load(scenario.rounds[0].plan)
    self.plans = plans
    random = SeededRandom(scenario.operation)
  }

  func run() throws(LoadedPlans.Unreadable) {
    world.applyAgain = { [unowned self] in self.applyBeside() }
    for (index, round) in scenario.rounds.enumerated() {
      isLastRound = index == scenario.rounds.count - 1
      try begin(round)
      let isOver = live(through: round)
      if world.violation != nil { return }
      if isOver, isLastRound { end = EndState(world, planned) }
    }
    rollBack()
  }

  // MARK: Rounds

  private func begin(_ round: Scenario.Round) throws(LoadedPlans.Unreadable) {
    if round.plan != world.plan {
      world.tell("people change the plan")
      if rerunsChanged { world.coverage.edits += 1 }
    }
    world.plan = round.plan
    planned = try plans.load(round.plan)
    for step in round.plan.steps where step.readsSource {
      let content = "\(step.id) \(round.sources[step.id] ?? 0)"
      sources[step.id] = content
      if world.disk[step.source] != content { world.disk.write(step.source, content, at: world.now, synced: true) }
    }
    keepsGoing = random.once(in: 3)
    world.tell("a new round begins")
  }

  /// - Returns: whether the run came to an end; if not, it is given up, gone on with or rolled back.
  private func live(through round: Scenario.Round) -> Bool {
    var count = 0
    while world.violation == nil {
      count += 1
      if count > Operator.patience {
        world.fail("every run ends", "people apply the plan in vain")
        return false
      }
      let code = apply()
      if world.violation != nil { return false }
      if let code, isOver(code, round) { return true }
      if let patience = scenario.rollback?.patience, count >= patience, isLastRound { return false }
      if let patience = round.patience, count >= patience, !isLastRound {
        isFresh = round.isGivenUp
        rerunsChanged = !round.isGivenUp
        return false
      }
    }
    return false
  }

  /// Whether the round has come to its end, and whether that end is the right one.
  private func isOver(_ code: ExitCode, _ round: Scenario.Round) -> Bool {
    let oracle = Oracle(round.plan, sources: sources)
    switch code {
    case .success:
      EndState(world, planned).compare(with: oracle, world)
      seeHidden()
      isFresh = false
      rerunsChanged = false
      return true
    case .failure, .gateFailed:
      guard keepsGoing, !oracle.isGood, !world.wasHit(lastInvocation), !isTooEarly(oracle), !hasCompleted else {
        keepsGoing = true
        return false
      }
      EndState(world, planned).compare(with: oracle, world)
      // The run stays unfinished: a changed plan goes on with it, changed files need a new one.
      isFresh = round.isGivenUp || !isLastRound && round.patience == nil
      rerunsChanged = true
      return true
    default: return false
    }
  }

  /// Whether a step has failed that succeeds if it is tried once more: what went wrong had used up its tries.
  private func isTooEarly(_ oracle: Oracle) -> Bool {
    guard let run = world.record.runs.keys.max() else { return false }
    return world.plan.steps.contains { step in
      step.behaviour != .succeeds && oracle.states[step.id] == .done && world.record.checkpoint(step.id, run) == nil
        && !world.record.attempts(of: step.id, run).isEmpty
    }
  }

  /// What no promise covers but that of asking: an effect that a power loss took is there again in the end.
  private func seeHidden() {
    guard let run = world.record.runs.keys.max() else { return }
    for step in world.plan.steps where step.hidesEffect && !step.isFinally {
      guard let checkpoint = world.record.checkpoint(step.id, run), checkpoint.attempt != nil,
        checkpoint.outcome == .succeeded || checkpoint.outcome == .attested
      else { continue }
      if world.disk[step.hidden] != "\(run)" {
        world.fail("P3", "a power loss took the effect of \(step.id), and nobody was asked about it")
      }
    }
  }

  // MARK: Applying

  var site: ExecutionSite {
    ExecutionSite(
      root: SimulatedWorld.root, state: StateDirectory(root: SimulatedWorld.root), files: SimulatedFiles(world: world),
      environment: ProcessEnvironment(), world: world)
  }

  private func session(_ options: ExecutionOptions) -> ApplySession {
    ApplySession(
      planned: planned, site: site, options: options, command: CommandWords(plan: "simulated"), arguments: ["apply"],
      source: world.plan.yaml,
      restore: { [called = world.plan.calledYAML] _, source in
        try? LoadedPlans.read(source, calling: called)
      })
  }

  private var hasUnfinishedRun: Bool {
    world.record.runs.keys.max().flatMap { world.record.runs[$0]?.isUnfinished } ?? false
  }

  private func options() -> ExecutionOptions {
    var options = ExecutionOptions()
    options.mode = isFresh ? .fresh : random.once(in: 2) && hasUnfinishedRun ? .resume : .plain
    options.jobs = scenario.jobs
    options.keepGoing = keepsGoing
    options.failFast = !keepsGoing && random.once(in: 4)
    options.changed = rerunsChanged ? .rerun : .refuse
    options.trustEffects = trustsEffects
    options.rerun = rerun
    options.grace = .milliseconds(200)
    options.drain = .milliseconds(random.within(0...100))
    return options
  }

  /// One invocation of `apply`, and what people do about what it says; nil if it was cut off.
  private func apply() -> ExitCode? {
    let options = options()
    // People take their time.
    world.now += Int64(random.within(200...3000)) * 1_000_000
    let invocation = world.enter()
    world.audit.jobs = options.jobs
    world.audit.keepsGoing = options.keepGoing
    world.audit.isFresh = isFresh
    world.audit.wished = rerun
    forecast(options)
    world.coverage.invocations += 1
    world.tell(
      "apply \(options.mode)\(options.keepGoing ? " --keep-going" : "")\(options.failFast ? " --fail-fast" : "")"
        + "\(rerunsChanged ? " --rerun-changed" : "")\(trustsEffects ? " --trust-effects" : "")"
        + (rerun.isEmpty ? "" : " --rerun \(rerun.sorted().joined(separator: ","))"))
    lastInvocation = invocation
    hasCompleted = false
    let before = world.record.runs.keys.max() ?? 0
    let watcher = Watcher(world)
    let outcome: ApplySession.Outcome
    do {
      outcome = try session(options).run(observer: watcher)
    } catch {
      fell(invocation, error)
      settleFreshness(before)
      return nil
    }
    if world.isGone(invocation) {
      fell(invocation, Gone())
      settleFreshness(before)
      return nil
    }
    world.leave(invocation)
    settleFreshness(before)
    return react(outcome)
  }

  func fell(_ invocation: Int, _ error: any Error) {
    if world.violation == nil, !world.wasHit(invocation) {
      world.fail("no error without a cause", "apply says: \(error)")
    }
    world.leave(invocation)
    world.audit.died(machineStops: false)
    world.tell("execplan is gone: \(error)")
    // They look again at what is left.
    trustsEffects = false
    rerun = []
  }

  /// A new run that was begun is gone on with.
  private func settleFreshness(_ before: Int64) {
    guard isFresh, (world.record.runs.keys.max() ?? 0) > before else { return }
    isFresh = false
    if before > 0 { world.coverage.givenUp += 1 }
  }

  private func react(_ outcome: ApplySession.Outcome) -> ExitCode? {
    switch outcome {
    case .nothing(let text):
      world.fail("no refusal without a cause", text)
      return nil
    case .refused(let refusal):
      world.tell("refused (\(refusal.exitCode)): \(refusal.message) \(refusal.details)")
      world.coverage.exits["\(refusal.exitCode)", default: 0] += 1
      refused(refusal)
      return nil
    case .finished(let result):
      world.tell("leg over: \(result.exitCode), run \(result.run) \(result.state)")
      world.coverage.exits["\(result.exitCode)", default: 0] += 1
      if let leg = world.record.legs.filter({ $0.value.run == result.run }).map(\.key).max() {
        world.audit.ended(leg: leg, result.exitCode)
      }
      agree(result)
      rerun = []
      trustsEffects = false
      completeManualSteps()
      switch result.exitCode {
      case .refused: resolveDoubts()
      case .success: if world.record.runs[result.run] == .succeeded { rerunsChanged = false }
      default: break
      }
      return result.exitCode
    }
  }

  /// What the planner says is what the executor does.
  private func forecast(_ options: ExecutionOptions) {
    world.forecastSkips = []
    let opening: Opening
    do {
      opening = try world.journal.read { reader throws(JournalError) in
        try Opening.read(
          reader, planned: planned, site: site, options: options, command: CommandWords(plan: "simulated"))
      }
    } catch {
      return
    }
    var wishes = ForecastOptions()
    wishes.isFresh = options.mode == .fresh
    wishes.rerun = options.rerun
    let set = Forecast(
      planned: planned, files: site.files, position: opening.position, history: opening.history, state: opening.state,
      options: wishes
    ).changeSet()
    for entry in set.entries where entry.decision.decision == .skip && !world.audit.isFinally(entry.id) {
      world.forecastSkips.insert(entry.id)
    }
  }

  /// The summary of an invocation and the record say the same.
  private func agree(_ result: RunResult) {
    let told = result.steps.map { "\($0.id) \($0.state.rawValue)" }
    let recorded = try? world.journal.read { reader throws(JournalError) -> [String] in
      guard let run = try reader.run(result.run) else { return [] }
      return try RunStates.read(run, reader, site.state, isLive: false, world: world).map {
        "\($0.id) \($0.state.rawValue)"
      }
    }
    if let recorded, told != recorded {
      world.fail("P8", "the summary says \(told), and the record \(recorded)")
    }
  }

  /// Somebody else applies the plan at the same time.
  private func applyBeside() {
    let skips = world.forecastSkips
    defer { world.forecastSkips = skips }
    let outer = world.invocation
    let invocation = world.enterBeside()
    world.tell("somebody applies the plan beside it")
    let outcome = try? session(ExecutionOptions()).run(observer: Watcher(world))
    world.leaveBeside(invocation, outer)
    switch outcome {
    case .refused(let refusal) where refusal.exitCode == .locked: break
    case .nothing, .refused, .finished, nil:
      world.fail("P6", "a second apply is not refused: \(outcome.map { "\($0)" } ?? "it failed")")
    }
  }
}

extension Operator {
  // MARK: What people decide

  private func refused(_ refusal: Refusal) {
    switch refusal.exitCode {
    case .refused where refusal.message.contains("in doubt"): resolveDoubts()
    case .refused where refusal.message.contains("the machine was restarted"):
      trustsEffects = true
      world.coverage.answers["--trust-effects", default: 0] += 1
      rerunLost()
    case .refused where refusal.message.contains("there is no run of"): break
    case .refused where refusal.message.contains("changed since"): rerunsChanged = true
    default: world.fail("no refusal without a cause", "\(refusal.exitCode): \(refusal.message)")
    }
  }

  /// Whether what a step did is still there.
  private func isWhole(_ step: SimulatedStep, _ product: String, _ run: Int64) -> Bool {
    if step.hidesEffect { return world.disk[step.hidden] == "\(run)" }
    return !step.makesFile || world.disk[step.output] == product
  }

  /// What a restart of the machine took, people have made again.
  private func rerunLost() {
    guard let run = world.record.runs.keys.max() else { return }
    for step in world.plan.steps where !step.isFinally && step.hasProgram {
      guard let attempt = world.record.checkpoint(step.id, run)?.attempt, let launch = world.ledger[attempt],
        let product = launch.product, !isWhole(step, product, run)
      else { continue }
      world.coverage.answers["--rerun", default: 0] += 1
      rerun.insert(step.id)
    }
  }

  /// By what really became of each attempt.
  func resolveDoubts() {
    guard let run = world.record.runs.keys.max() else { return }
    for step in world.plan.steps {
      guard let attempt = world.record.attempts(of: step.id, run).last, attempt.state == .inDoubt else { continue }
      world.coverage.doubts[step.kind.rawValue, default: 0] += 1
      let launch = world.ledger[attempt.id]
      let isWhole = launch?.product.map { self.isWhole(step, $0, run) } ?? false
      let isDone = launch?.hasEffect ?? false && isWhole && launch?.version == step.version
      let verdict = isDone ? StepResolution.Verdict.done : .rerun
      let invocation = world.enter()
      world.tell("resolve \(step.id) --as \(verdict.rawValue)")
      world.coverage.answers["resolve --as \(verdict.rawValue)", default: 0] += 1
      world.audit.resolved[attempt.id] = verdict
      var values: [Value.Entry] = []
      if isDone, step.publishes, let product = launch?.product {
        values = [Value.Entry("v", .string(product)), Value.Entry("k", .string(step.id))]
      }
      let resolution = StepResolution(
        site: site, plan: planned.plan.key, step: step.id, verdict: verdict, note: nil, values: values,
        command: CommandWords(plan: "simulated"), requiredValues: [], planned: planned)
      do {
        if let refusal = try resolution.record(arguments: ["resolve"]) {
          world.fail("no refusal without a cause", "resolve \(step.id): \(refusal.message)")
        }
      } catch {
        return fell(invocation, error)
      }
      world.leave(invocation)
    }
  }

  private func completeManualSteps() {
    let waiting =
      (try? world.journal.read { reader throws(JournalError) in
        try StepCompletion.waiting(reader, planned: planned)
      }) ?? []
    for (node, _) in waiting {
      let invocation = world.enter()
      world.tell("checkpoint \(planned.nodes[node].id)")
      world.coverage.answers["checkpoint", default: 0] += 1
      hasCompleted = true
      let completion = StepCompletion(
        planned: planned, site: site, node: node, values: [], met: nil, evidence: [], note: nil, by: "somebody",
        command: CommandWords(plan: "simulated"))
      do {
        if case .refused(let refusal) = try completion.record(arguments: ["checkpoint"]), !world.isGone(invocation) {
          world.fail("no refusal without a cause", "checkpoint: \(refusal.message)")
        }
      } catch {
        return fell(invocation, error)
      }
      world.leave(invocation)
    }
  }
}

/// Looks at what a person is told: it must be durable.
final class Watcher: RunObserver {
  private let world: SimulatedWorld
  let wantsProgress = false

  init(_ world: SimulatedWorld) { self.world = world }

  func runBegan(_ beginning: RunBeginning) {
    if beginning.isResumed { world.coverage.resumes += 1 } else { world.coverage.runs += 1 }
  }

  func recorded(_ event: Event, sequence: Int64) {
    let kept = try? world.journal.read { reader throws(JournalError) in
      try reader.events(run: nil, after: sequence - 1, limit: 1)
    }
    if kept?.first?.event != event { world.fail("P2", "\(event.kind) is told and is not recorded") }
    if event.kind == .retryScheduled { world.coverage.retries += 1 }
  }

  func progress(_ progress: RunProgress) {}
  func stopping(signal: Int32, drain: Duration) {}
}
