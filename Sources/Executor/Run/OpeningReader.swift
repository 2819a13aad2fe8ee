internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Reads what is recorded and applies the rules of going on, one after another.
struct OpeningReader {
  let journal: any JournalReading
  let planned: PlannedPlan
  let site: ExecutionSite
  let options: ExecutionOptions
  let command: CommandWords
  /// Whether servers may be asked: a look at what would happen calls none.
  var callsServers = false
  /// By group, an item that the run knows nothing of.
  var newMembers: [Int: String] = [:]
  /// The plan with the items of the run that is looked at, also where a new run will find its own.
  var recorded: PlannedPlan
  /// Nodes that `--force` means: those that are selected.
  private let forced: Set<String>
  /// Of every step that was ever recorded; runs that were given up are in it.
  private var recordedHistory: [String: StepHistory] = [:]
  var opening = Opening(
    decision: .start, position: RunPosition(), history: [:], state: [:], latest: nil, attempts: [:], unlaunched: [],
    doubtful: [:], notes: [])

  init(
    journal: any JournalReading, planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions,
    command: CommandWords
  ) {
    self.journal = journal
    self.planned = planned
    self.site = site
    self.options = options
    self.command = command
    opening.command = command
    recorded = planned
    forced = options.force ? OpeningReader.selected(planned, options) : []
  }

  private static func selected(_ planned: PlannedPlan, _ options: ExecutionOptions) -> Set<String> {
    guard case .success(let chosen) = ChosenSteps.of(planned, options) else { return [] }
    let gates = planned.nodes.indices.filter { options.selection.isEverything && planned.nodes[$0].isGate }
    return Set(chosen.selected.union(gates).map { planned.nodes[$0].id })
  }

  /// Whether a person asks for a step that is done to run again. For one in doubt, or failed for good, only `--rerun`
  /// is such a wish.
  func runsAgain(_ id: String) -> Bool { options.reruns(id) || forced.contains(id) }

  var key: String { planned.plan.key }

  mutating func read() throws(JournalError) -> Opening {
    try readHistory()
    try readRuns()
    opening.standings = try standings()
    opening.claims = ClaimLook(planned, opening, recordedHistory, site, options).claims()
    return opening
  }

  private mutating func readRuns() throws(JournalError) {
    guard let run = opening.latest, run.state.isUnfinished else {
      try withoutUnfinishedRun()
      return
    }
    try readRun(run)
    switch options.mode {
    case .fresh: try startAfresh(run)
    case .plain, .resume: try goOn(run)
    }
  }

  /// What is recorded of a run whose `finally` steps are still owed; nothing else of it goes on.
  mutating func readAbandoned(_ run: Run) throws(JournalError) -> Opening {
    try readHistory()
    try readRun(run)
    opening.position.run = run
    opening.position.reopenFinally(in: planned)
    opening.decision = .goOn(run)
    return opening
  }

  private mutating func readHistory() throws(JournalError) {
    opening.latest = try journal.latestRun(plan: key)
    // A run that was given up is nothing to rest on: the one in its place began anew, however often it is resumed, and
    // the state that its steps would have written was dropped.
    var givenUp: [Int64: Bool] = [:]
    recordedHistory = try journal.history(plan: key).heedingUndo()
    for (step, history) in recordedHistory {
      var lastSuccess = history.lastSuccess
      if let run = lastSuccess?.run, run != opening.latest?.id {
        if givenUp[run] == nil { givenUp[run] = try journal.run(run)?.state == .abandoned }
        if givenUp[run] == true { lastSuccess = nil }
      }
      opening.history[step] = StepMemory(latestAttempt: history.latestAttempt?.state, lastSuccess: lastSuccess)
    }
    for entry in try journal.state(plan: key) { opening.state[entry.key] = entry.value }
  }

  private mutating func withoutUnfinishedRun() throws(JournalError) {
    if let refusal = try renamed() {
      opening.decision = .refuse(refusal)
      return
    }
    if !options.rerunFrom.isEmpty { return try takeOver() }
    guard options.mode == .resume else { return }
    if let run = opening.latest, run.state == .succeeded {
      opening.decision = .nothing("nothing to resume: run \(run.id) succeeded")
      return
    }
    opening.decision = .refuse(.nothingToResume(key, in: site.state, command))
  }

  // MARK: The unfinished run

  private mutating func readRun(_ run: Run) throws(JournalError) {
    if options.mode == .fresh { recorded = try planned.finding(itemsOf: run, in: journal) }
    for attempt in try journal.attempts(run: run.id) where attempt.state != .released {
      opening.attempts[attempt.step, default: []].append(attempt)
    }
    opening.position.checkpoints = try journal.checkpoints(run: run.id)
    try findDoubts(run)
    for (step, attempts) in opening.attempts {
      guard let last = attempts.last, opening.position.checkpoints[step] == nil else { continue }
      switch last.state {
      case .failed, .timedOut:
        opening.position.unfinished[step] = Reason(.failedBefore, "attempt \(last.number): \(last.reason ?? "failed")")
      case .cancelled: opening.position.unfinished[step] = Reason(.cutOff, "attempt \(last.number)")
      case .failedFinally: opening.position.failedForGood.insert(step)
      case .claimed, .succeeded, .inDoubt, .waiting, .released: break
      }
    }
    opening.position.failedForGood = opening.position.failedForGood.filter { !options.reruns($0) }
    opening.position.unfinished = opening.position.unfinished.filter { !options.reruns($0.key) }
  }

  /// Attempts of this run that have a claim and no end, and those that were left in doubt before.
  private mutating func findDoubts(_ run: Run) throws(JournalError) {
    var marks = LaunchMarks(site.state, site.world)
    for open in try journal.openAttempts(plan: key) where open.attempt.run == run.id {
      if marks.wasNeverLaunched(open) {
        opening.unlaunched.append(open.attempt)
        opening.attempts[open.attempt.step]?.removeAll { $0.id == open.attempt.id }
      } else {
        opening.doubtful[open.attempt.step] = open.attempt
        opening.kept[open.attempt.step] = KeptAttempt.find(open, &marks, site.state, site.world)
      }
    }
    for (step, attempts) in opening.attempts {
      if let last = attempts.last, last.state == .inDoubt { opening.doubtful[step] = last }
    }
    for (step, attempt) in opening.doubtful {
      guard let index = recorded.graph.index(of: step) else {
        opening.position.doubts[step] = .ask("it is no longer in the plan")
        continue
      }
      let node = recorded.nodes[index]
      if options.reruns(step) {
        opening.position.doubts[step] = .rerun("by request")
      } else if let kept = opening.kept[step], kept.isTaken(by: node, options) {
        opening.position.doubts[step] = .reattach(kept.text)
      } else {
        let policy = DoubtPolicy(node: node, attempt: attempt, files: site.files)
        opening.position.doubts[step] = policy.decision()
      }
    }
  }

  // MARK: --fresh

  private mutating func startAfresh(_ run: Run) throws(JournalError) {
    let asked = undecided()
    if !asked.isEmpty {
      opening.decision = .refuse(refusalOfDoubts(run, asked, "a new run would forget it"))
      return
    }
    if !options.skipFinally, try owesFinally(run) { opening.owesFinally = run }
    try reportTokens(run)
    opening.position = RunPosition()
    opening.attempts = [:]
    opening.decision = .start
  }

  /// Whether the legs of a run since the last that ended by itself had begun to execute, and its plan has `finally`
  /// steps. A leg that was to run them may have been killed itself before it came to anything.
  private func owesFinally(_ run: Run) throws(JournalError) -> Bool {
    let killed = Set(
      try journal.legs(run: run.id).reversed().prefix { $0.endedAt == nil }.filter { $0.rollback == nil }.map(\.id))
    let begun = opening.attempts.filter { $0.value.contains { killed.contains($0.leg) && $0.state != .waiting } }.keys
    if begun.isEmpty { return false }
    let layout = try RunLayout.of(run, journal)
    return layout.hasFinally || layout.closed.contains { call in begun.contains { $0.hasPrefix(call + "/") } }
  }

  // MARK: Going on

  private mutating func goOn(_ run: Run) throws(JournalError) {
    if !options.rerunFrom.isEmpty {
      opening.decision = .refuse(unfinishedInsteadOfFinished(run))
      return
    }
    opening.position.run = run
    if let goal = try journal.legs(run: run.id).last?.openRollback {
      opening.decision = .refuse(
        Refusal(
          .refused, "run \(run.id) is being rolled back, and that was cut off",
          nextCommands: [command.rollback(goal), command.fresh]))
      return
    }
    if let refusal = otherParameters(run) {
      opening.decision = .refuse(refusal)
      return
    }
    let asked = undecided()
    if !asked.isEmpty, !options.keepGoing {
      opening.decision = .refuse(refusalOfDoubts(run, asked, nil))
      return
    }
    if let refusal = try changedDefinitions(run) {
      opening.decision = .refuse(refusal)
      return
    }
    if let refusal = try lostEffects(run) {
      opening.decision = .refuse(refusal)
      return
    }
    rerunRequested()
    opening.position.markStale(in: planned)
    opening.position.reopenFinally(in: planned)
    try voidApprovals()
    opening.decision = .goOn(run)
  }

  private func undecided() -> [String] {
    opening.position.doubts.filter { if case .ask = $0.value { true } else { false } }.keys.sorted()
  }

  private func refusalOfDoubts(_ run: Run, _ steps: [String], _ why: String?) -> Refusal {
    let names = steps.map { "\"\($0)\"" }.joined(separator: ", ")
    var details: [String] = []
    for step in steps {
      guard let attempt = opening.doubtful[step], case .ask(let why)? = opening.position.doubts[step] else { continue }
      details.append("\"\(step)\": attempt \(attempt.number) was cut off in run \(run.id), and \(why)")
    }
    if let why { details.append(why) }
    return Refusal(
      .refused,
      steps.count == 1
        ? "\(names) is in doubt: nobody knows whether its effect happened"
        : "\(names) are in doubt: nobody knows whether their effects happened",
      details: details, nextCommands: steps.flatMap { command.resolve($0) })
  }

  func otherParameters(_ run: Run) -> Refusal? {
    let now = planned.plan.parameters.map { Value.Entry($0.name.value, $0.value ?? .null) }
    let before = Dictionary(run.params.map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a })
    let differing = now.filter { before[$0.key] != nil && before[$0.key] != $0.value }
    guard !differing.isEmpty || run.profile != planned.plan.profile else { return nil }
    let details = differing.map { entry in
      "\(entry.key): run \(run.id) has \(JSONWriter.compact(before[entry.key] ?? .null)), this invocation "
        + JSONWriter.compact(entry.value)
    }
    return Refusal(
      .refused, "run \(run.id) is unfinished and has other parameters",
      details: details + (run.profile != planned.plan.profile ? ["profile: \(run.profile ?? "none")"] : []),
      nextCommands: [command.resume(), command.fresh])
  }

  /// What a person wants to run although it is done.
  private mutating func rerunRequested() {
    var asked: [Int: Reason] = [:]
    for index in planned.nodes.indices {
      let id = planned.nodes[index].id
      if runsAgain(id), opening.position.checkpoints[id] != nil { asked[index] = Reason(.forced, "by request") }
    }
    opening.position.drop(asked, in: planned)
  }
}
