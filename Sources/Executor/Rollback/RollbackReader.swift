internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// Finds out what a rollback means, one question after another.
struct RollbackReader {
  let site: ExecutionSite
  let request: RollbackRequest
  let command: CommandWords
  let record: RollbackRecord
  let plans: ExecutedPlans
  private let executed: ExecutedSteps
  private let files: [UndoRecord]
  var opening = RollbackOpening(decision: .goOn)

  init(
    _ record: RollbackRecord, _ plans: ExecutedPlans, site: ExecutionSite, request: RollbackRequest,
    command: CommandWords
  ) {
    self.site = site
    self.request = request
    self.command = command
    self.record = record
    self.plans = plans
    files = UndoStore(site.state).records(run: record.run.id)
    var undoes: [String: [String]] = [:]
    if let planned = plans.latest {
      for index in planned.nodes.indices where planned.nodes[index].isFinally {
        let taken = planned.undoneSteps(of: index)
        if !taken.isEmpty { undoes[planned.nodes[index].id] = taken }
      }
    }
    executed = ExecutedSteps(
      record.attempts, recorded: Set(files.map(\.attempt)), undoes: undoes, order: plans.latest)
  }

  var run: Run { record.run }
  var isContinued: Bool { record.openRollback != nil }

  mutating func read() -> RollbackOpening {
    opening.run = run.id
    opening.again = request.words(command)
    if let id = request.run, id != run.id {
      return refused("run \(id) is not the latest run, and only the latest can be rolled back: run \(run.id)")
    }
    if run.state == .rolledBack { return nothing("run \(run.id) is rolled back already") }
    guard let latest = plans.latest else {
      return refused(
        "the plan as run \(run.id) executed it can't be read any more, so nothing says how to take it back")
    }
    opening.title = latest.plan.title
    let chosen: [ExecutedSteps.Step]
    switch choose(latest) {
    case .failure(let refusal): return refused(refusal)
    case .success(let steps): chosen = steps
    }
    opening.leg.isContinued = isContinued
    opening.leg.goal = request.goal
    fill(chosen, latest)
    if let refusal = promotedState() { return refused(refusal) }
    if let refusal = doubts(chosen) { return refused(refusal) }
    if let refusal = openUndos() { return refused(refusal) }
    if let refusal = irreversible() { return refused(refusal) }
    if let refusal = changed() {
      opening.isHeldByChanges = true
      return refused(refusal)
    }
    if chosen.isEmpty, !isContinued { return nothing("run \(run.id) has nothing to take back") }
    return opening
  }

  private func refused(_ message: String) -> RollbackOpening {
    refused(Refusal(.refused, message, nextCommands: ["status \(command.plan)"]))
  }

  private func refused(_ refusal: Refusal) -> RollbackOpening {
    var answer = opening
    answer.decision = .refuse(refusal)
    return answer
  }

  private func nothing(_ text: String) -> RollbackOpening {
    var answer = opening
    answer.decision = .nothing(text)
    return answer
  }

  // MARK: Which steps

  private func choose(_ latest: PlannedPlan) -> Result<[ExecutedSteps.Step], Refusal> {
    guard let to = request.to else { return .success(executed.steps) }
    if let place = executed.steps.firstIndex(where: { $0.id == to }) {
      return .success(Array(executed.steps[..<place]))
    }
    let text =
      if executed.takenBack.contains(to) {
        "\"\(to)\" is taken back already"
      } else if latest.graph.index(of: to) != nil {
        "\"\(to)\" did not run in run \(run.id)"
      } else {
        "there is no step \"\(to)\" in run \(run.id)"
      }
    return .failure(Refusal(.usage, text, nextCommands: ["status \(command.plan)"]))
  }

  // MARK: How

  private mutating func fill(_ chosen: [ExecutedSteps.Step], _ latest: PlannedPlan) {
    let definitions = chosen.map { plans.definition(of: $0.attempt) }
    var turns: [Int64: Int] = [:]
    let kept = Set(executed.steps.dropFirst(chosen.count).flatMap(\.attempts))
    // What lies behind an earlier undo is done with, but for folders that a cut-off rollback left.
    for record in files where !kept.contains(record.attempt) { turns[record.attempt] = -1 }
    for (turn, step) in chosen.enumerated() {
      for attempt in step.attempts { turns[attempt] = turn }
    }
    let restorations = Restorations(files, turns: turns) { turn in
      turn >= 0 && definitions[turn]?.node.step.takesBackFiles ?? false
    }
    opening.leg.folders = restorations.folders
    opening.leg.checkpoints = latest.results(record.checkpoints.merging(record.former) { present, _ in present })
    opening.leg.groups = latest.groupIDs
    var steps: [Step] = []
    var look = ConflictLook(site: site)
    for (turn, step) in chosen.enumerated() {
      let definition = definitions[turn]
      var restoration: Restoration?
      if let places = restorations.places[turn] {
        restoration = Restoration(
          places: places, folders: restorations.folders, turn: turn, overwrites: request.overwrites)
      }
      let way = passed(
        RollbackEntry.Way.of(
          definition?.node, step.standing, changesFiles: restoration != nil, loss: restoration?.loss))
      var entry = RollbackEntry(
        step: step.id, title: definition?.node.step.title, phase: definition?.node.phase, action: way.word, way: way,
        idempotence: .convergent)
      let action = way == .action ? definition?.node.step.undo : nil
      if let action { entry.action = action.kind.rawValue }
      let undo = undoStep(step, action, way, definition)
      if way == .action || way == .external { entry.idempotence = undo.idempotence }
      if way == .restore, let restoration {
        entry.paths = restoration.places.map(\.path)
        opening.leg.paths += entry.paths
        if !request.overwrites { entry.conflicts = look.conflicts(of: restoration) }
      }
      look.pass(way, undo, outputs: definition?.node.step.outputs ?? [])
      steps.append(undo)
      opening.entries.append(entry)
      opening.leg.works[undo.id.value] = way.work(restoration)
      if [.claimed, .inDoubt, .waiting].contains(step.attempt.state) { opening.leg.open[undo.id.value] = step.attempt }
    }
    opening.planned = RollbackReader.plan(of: steps, latest.plan)
    opening.opening.position.run = run
    opening.opening.latest = run
    opening.opening.unlaunched = record.unlaunched
    opening.opening.command = command
    opening.opening.state = record.state
    for attempt in record.attempts { opening.opening.attempts[attempt.step, default: []].append(attempt) }
    if request.to != nil { opening.leg.skipped = skipped(chosen, latest) }
  }

  private func passed(_ way: RollbackEntry.Way) -> RollbackEntry.Way {
    guard request.passesIrreversible, case .irreversible(let why) = way else { return way }
    return .passed(why)
  }

  private func undoStep(
    _ step: ExecutedSteps.Step, _ action: Action?, _ way: RollbackEntry.Way,
    _ definition: (node: PlannedNode, plan: Plan)?
  ) -> Step {
    guard let (node, plan) = definition else {
      return Step(id: Located(step.id, .fileStart), action: .check(CheckAction(checks: []))).undoing(
        nil, in: Plan(title: "", path: run.path))
    }
    if way == .external { return node.step.undoing(node.step.action, in: plan) }
    return node.step.undoing(action, in: plan)
  }

  private static func plan(of steps: [Step], _ latest: Plan) -> PlannedPlan? {
    var plan = latest
    plan.steps = steps
    plan.finally = []
    plan.phases = []
    plan.pools = []
    plan.values = []
    plan.notices = Notices()
    plan.timeout = nil
    plan.order = .graph
    return PlannedPlan(plan, StepGraph.chain(steps.map(\.id.value)))
  }

  /// Steps without an attempt that were decided after the goal, by what they rest on: they are decided anew.
  private func skipped(_ chosen: [ExecutedSteps.Step], _ latest: PlannedPlan) -> [String] {
    let undone = Set(chosen.compactMap { latest.graph.index(of: $0.id) })
    return latest.graph.downstream(of: undone).map { latest.nodes[$0].id }
      .filter { record.checkpoints[$0].map { $0.attempt == nil } ?? false }.sorted()
  }
}

extension RollbackEntry.Way {
  /// What is shown in the place of an action.
  fileprivate var word: String {
    switch self {
    case .restore: "restore"
    case .action, .external: "undo"
    case .nothing, .irreversible, .passed, .doubtful: "none"
    }
  }

  fileprivate func work(_ restoration: Restoration?) -> UndoWork {
    switch self {
    case .action: .action
    case .external: .external
    case .restore: restoration.map { .restore($0) } ?? .nothing("it changed nothing")
    case .nothing(let why): .nothing("nothing to take back: \(why)")
    case .irreversible(let why), .passed(let why), .doubtful(let why): .nothing("passed over by request: \(why)")
    }
  }
}
