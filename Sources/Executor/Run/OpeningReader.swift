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
  /// Nodes that `--force` means: those that are selected.
  private let forced: Set<String>
  private var opening = Opening(
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
    forced = options.force ? OpeningReader.selected(planned, options.selection) : []
  }

  private static func selected(_ planned: PlannedPlan, _ selection: Selection) -> Set<String> {
    guard let chosen = try? selection.closure(in: planned.graph, of: planned.plan).get() else { return [] }
    let gates = planned.nodes.indices.filter { selection.isEverything && planned.nodes[$0].isGate }
    return Set((chosen.union(gates)).map { planned.nodes[$0].id })
  }

  /// Whether a person asks for a step that is done to run again. For one in doubt, or failed for good, only `--rerun`
  /// is such a wish.
  private func runsAgain(_ id: String) -> Bool { options.reruns(id) || forced.contains(id) }

  private var key: String { planned.plan.key }

  mutating func read() throws(JournalError) -> Opening {
    try readHistory()
    guard let run = opening.latest, run.state.isUnfinished else {
      try withoutUnfinishedRun()
      return opening
    }
    try readRun(run)
    switch options.mode {
    case .fresh: try startAfresh(run)
    case .plain, .resume: try goOn(run)
    }
    return opening
  }

  /// What is recorded of a run whose `finally` steps are still owed; nothing else of it goes on.
  mutating func readAbandoned(_ run: Run) throws(JournalError) -> Opening {
    try readHistory()
    try readRun(run)
    opening.position.run = run
    for node in planned.nodes where node.isFinally { opening.position.checkpoints[node.id] = nil }
    opening.decision = .goOn(run)
    return opening
  }

  private mutating func readHistory() throws(JournalError) {
    opening.latest = try journal.latestRun(plan: key)
    for (step, history) in try journal.history(plan: key) {
      opening.history[step] = StepMemory(
        latestAttempt: history.latestAttempt?.state, lastSuccess: history.lastSuccess)
    }
    for entry in try journal.state(plan: key) { opening.state[entry.key] = entry.value }
  }

  private mutating func withoutUnfinishedRun() throws(JournalError) {
    guard options.mode == .resume else { return }
    if let run = opening.latest, run.state == .succeeded {
      opening.decision = .nothing("nothing to resume: run \(run.id) succeeded")
      return
    }
    opening.decision = .refuse(.nothingToResume(key, in: site.state, command))
  }

  // MARK: The unfinished run

  private mutating func readRun(_ run: Run) throws(JournalError) {
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
    var marks = LaunchMarks(site.state)
    for open in try journal.openAttempts(plan: key) where open.attempt.run == run.id {
      if marks.wasNeverLaunched(open) {
        opening.unlaunched.append(open.attempt)
        opening.attempts[open.attempt.step]?.removeAll { $0.id == open.attempt.id }
      } else {
        opening.doubtful[open.attempt.step] = open.attempt
      }
    }
    for (step, attempts) in opening.attempts {
      if let last = attempts.last, last.state == .inDoubt { opening.doubtful[step] = last }
    }
    for (step, attempt) in opening.doubtful {
      guard let index = planned.graph.index(of: step) else {
        opening.position.doubts[step] = .ask("it is no longer in the plan")
        continue
      }
      let node = planned.nodes[index]
      if options.reruns(step) {
        opening.position.doubts[step] = .rerun("by request")
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
    opening.position = RunPosition()
    opening.attempts = [:]
    opening.decision = .start
  }

  /// Whether the last leg of a run was killed after it had begun to execute, and its plan has `finally` steps.
  private func owesFinally(_ run: Run) throws(JournalError) -> Bool {
    guard let leg = try journal.legs(run: run.id).last, leg.endedAt == nil,
      opening.attempts.values.contains(where: { $0.contains { $0.leg == leg.id && $0.state != .waiting } })
    else { return false }
    return try StoredDefinition.hasFinally(run, in: journal)
  }

  // MARK: Going on

  private mutating func goOn(_ run: Run) throws(JournalError) {
    opening.position.run = run
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
    if let refusal = try lostOutputs(run) {
      opening.decision = .refuse(refusal)
      return
    }
    rerunRequested()
    // Steps under `finally` belong to a leg: the next leg runs them again.
    for node in planned.nodes where node.isFinally { opening.position.checkpoints[node.id] = nil }
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

  private func otherParameters(_ run: Run) -> Refusal? {
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

  /// Checkpointed steps whose definition is not what it was, or that are gone.
  private mutating func changedDefinitions(_ run: Run) throws(JournalError) -> Refusal? {
    var changed: [String] = []
    for (id, checkpoint) in opening.position.checkpoints {
      guard let index = planned.graph.index(of: id) else {
        if checkpoint.attempt != nil { changed.append(id) }
        continue
      }
      let node = planned.nodes[index]
      if node.isFinally { continue }
      if node.digest == checkpoint.fingerprint.definition, gainedNeed(index, checkpoint) == nil { continue }
      // What was never executed is decided anew without anybody being asked.
      if checkpoint.attempt == nil {
        opening.position.checkpoints[id] = nil
      } else if !runsAgain(id) {
        changed.append(id)
      }
    }
    guard !changed.isEmpty else { return nil }
    changed.sort()
    switch options.changed {
    case .keep:
      for id in changed where planned.graph.index(of: id) != nil {
        opening.notes.append("\"\(id)\" changed since it ran; its old result is kept")
      }
      return nil
    case .rerun:
      for id in changed {
        guard let index = planned.graph.index(of: id) else { continue }
        drop(index, Reason(.definitionChanged, try fields(id, run).joined(separator: ", ")))
      }
      return nil
    case .refuse:
      var details: [String] = []
      for id in changed { details += try difference(id, run) }
      return Refusal(
        .refused,
        changed.count == 1
          ? "\"\(changed[0])\" is done in run \(run.id) and has changed since"
          : "\(changed.count) steps are done in run \(run.id) and have changed since",
        details: details,
        nextCommands: [command.resume("--rerun-changed"), command.resume("--keep-changed"), command.fresh])
    }
  }

  /// A need that is not done and that the step's success has not seen: one that files made, for declared ones are part
  /// of the definition.
  private func gainedNeed(_ index: Int, _ checkpoint: Checkpoint) -> String? {
    guard checkpoint.attempt != nil, checkpoint.outcome == .succeeded else { return nil }
    for edge in planned.graph.needs(of: index) where !planned.nodes[edge.from].isBarrier {
      let id = planned.nodes[edge.from].id
      if checkpoint.needResults[id] == nil, opening.position.checkpoints[id] == nil { return id }
    }
    return nil
  }

  private mutating func drop(_ index: Int, _ reason: Reason) {
    let id = planned.nodes[index].id
    opening.position.checkpoints[id] = nil
    opening.position.dropped[id] = reason
    for dependent in planned.graph.downstream(of: [index]) where dependent != index {
      let id = planned.nodes[dependent].id
      if opening.position.checkpoints[id] != nil { opening.position.stale.insert(id) }
    }
  }

  private mutating func rerunRequested() {
    for index in planned.order {
      let id = planned.nodes[index].id
      guard runsAgain(id), opening.position.checkpoints[id] != nil else { continue }
      drop(index, Reason(.forced, "by request"))
    }
  }

  // MARK: After a restart of the machine

  /// Under another boot the declared outputs of what is done are looked at again: a power loss may have taken them.
  private mutating func lostOutputs(_ run: Run) throws(JournalError) -> Refusal? {
    let boot = Machine.current.bootID
    let last = opening.position.checkpoints.values.map(\.endedAt).max() ?? 0
    var unverifiable: [String] = []
    for (id, checkpoint) in opening.position.checkpoints.sorted(by: { $0.key < $1.key }) {
      guard checkpoint.bootID != boot, checkpoint.attempt != nil, let index = planned.graph.index(of: id) else {
        continue
      }
      let node = planned.nodes[index]
      if checkpoint.outputFiles.isEmpty {
        if case .check = node.step.action { continue }
        if node.step.verify.isEmpty, last - checkpoint.endedAt < 60_000 { unverifiable.append(id) }
        continue
      }
      let superseded = Set(
        checkpoint.outputFiles.map(\.path).filter { path in
          planned.writers.later(than: index, writing: path).contains {
            opening.position.checkpoints[planned.nodes[$0].id] != nil
          }
        })
      let now = (try? FileDigests.of(node.step.recordedOutputs, site.files)) ?? []
      if let change = FileDigests.firstDifference(from: checkpoint.outputFiles, to: now, except: superseded) {
        drop(index, Reason(.outputLost, "\"\(change.path)\""))
        opening.notes.append("\"\(id)\" runs again: \"\(change.path)\" was lost or altered in the restart")
      }
    }
    guard !unverifiable.isEmpty, !options.trustEffects else { return nil }
    let rest = unverifiable.filter { !runsAgain($0) }
    guard !rest.isEmpty else { return nil }
    return Refusal(
      .refused, "the machine was restarted, and whether these effects survived cannot be seen",
      details: rest.map { "\"\($0)\" ended less than a minute before the last record and declares no outputs" },
      nextCommands: [command.resume("--trust-effects")] + rest.map { command.resume("--rerun \($0)") })
  }

  // MARK: What changed

  private func difference(_ id: String, _ run: Run) throws(JournalError) -> [String] {
    guard let index = planned.graph.index(of: id) else { return ["\"\(id)\": it is no longer in the plan"] }
    if let checkpoint = opening.position.checkpoints[id],
      checkpoint.fingerprint.definition == planned.nodes[index].digest
    {
      return gainedNeed(index, checkpoint).map { ["\"\(id)\": it now needs \"\($0)\", which is not done"] } ?? []
    }
    guard let old = try oldDefinition(id, run) else { return ["\"\(id)\": its definition differs"] }
    return planned.nodes[index].definition.difference(from: old).map { change in
      "\"\(id)\": \(change.name): \(shown(change.old)) -> \(shown(change.new))"
    }
  }

  private func fields(_ id: String, _ run: Run) throws(JournalError) -> [String] {
    guard let index = planned.graph.index(of: id), let old = try oldDefinition(id, run) else { return [] }
    return planned.nodes[index].definition.difference(from: old).map(\.name)
  }

  private func shown(_ values: [String]?) -> String {
    guard let values else { return "(none)" }
    let text = values.map { DefinitionText.readable($0) }.joined(separator: ", ")
    return text.count > 200 ? text.prefix(199) + "…" : text
  }

  /// The definition that the checkpoint rests on.
  private func oldDefinition(_ id: String, _ run: Run) throws(JournalError) -> StepDefinition? {
    guard let digest = opening.position.checkpoints[id]?.fingerprint.definition else { return nil }
    return try StoredDefinition.find(id, digest: digest, run: run.id, in: journal)
  }
}
