internal import PlanGraph
internal import PlanModel
internal import Planner

/// The steps that a run has executed and that nobody has taken back since, in the order in which they are taken back:
/// those that ended last come first, and none before one that needs it.
struct ExecutedSteps {
  enum Standing: Hashable {
    case succeeded, failed, inDoubt
    /// It waits for somebody.
    case waiting
  }

  struct Step: Hashable {
    var id: String
    var standing: Standing
    /// The latest.
    var attempt: Attempt
    /// All that count.
    var attempts: Set<Int64>
  }

  private(set) var steps: [Step] = []
  /// Steps whose undo is the last thing that happened to them.
  private(set) var takenBack: Set<String> = []

  /// - Parameters:
  ///   - attempts: of the run, by number; claims that were never launched are not among them.
  ///   - recorded: attempts that changed a file, whatever became of them.
  ///   - undoes: by step of `finally`, the steps that it takes back.
  init(_ attempts: [Attempt], recorded: Set<Int64>, undoes: [String: [String]], order planned: PlannedPlan?) {
    var undone: [String: Int64] = [:]
    for attempt in attempts where attempt.state == .succeeded {
      if let step = UndoName.step(of: attempt.step) { undone[step] = attempt.id }
      for step in undoes[attempt.step] ?? [] { undone[step] = attempt.id }
    }
    var relevant: [String: [Attempt]] = [:]
    for attempt in attempts where UndoName.step(of: attempt.step) == nil {
      guard attempt.id > undone[attempt.step] ?? 0, ExecutedSteps.isExecuted(attempt, recorded) else { continue }
      relevant[attempt.step, default: []].append(attempt)
    }
    takenBack = Set(undone.keys.filter { relevant[$0] == nil })
    steps = ExecutedSteps.ordered(
      relevant.map { id, attempts in
        Step(
          id: id, standing: ExecutedSteps.standing(attempts), attempt: attempts[attempts.count - 1],
          attempts: Set(attempts.map(\.id)))
      }, planned)
  }

  /// Whether something of the attempt may have taken effect.
  private static func isExecuted(_ attempt: Attempt, _ recorded: Set<Int64>) -> Bool {
    switch attempt.state {
    case .succeeded, .claimed, .inDoubt, .cancelled, .failedFinally, .waiting: true
    // What could not even be prepared was never launched.
    case .failed, .timedOut: attempt.startedAt != nil || recorded.contains(attempt.id)
    case .released: false
    }
  }

  private static func standing(_ attempts: [Attempt]) -> Standing {
    switch attempts[attempts.count - 1].state {
    case .claimed, .inDoubt: return .inDoubt
    case .waiting: return .waiting
    case .succeeded, .failed, .timedOut, .cancelled, .failedFinally, .released:
      return attempts.contains { $0.state == .succeeded } ? .succeeded : .failed
    }
  }

  // MARK: Order

  private static func ordered(_ steps: [Step], _ planned: PlannedPlan?) -> [Step] {
    // What has no end is the latest of all.
    let byTime = steps.sorted {
      ($0.attempt.endedAt ?? .max, $0.attempt.id) < ($1.attempt.endedAt ?? .max, $1.attempt.id)
    }
    guard let planned else { return byTime.reversed() }
    var places = [(rank: Int, position: Int)](repeating: (.max, 0), count: planned.nodes.count)
    for (rank, step) in byTime.enumerated() {
      if let node = planned.graph.index(of: step.id) { places[node].rank = rank }
    }
    // A clock that was set says nothing about what needs what: a step counts as ended before all that need it.
    for (position, node) in planned.order.enumerated().reversed() {
      places[node].position = position
      for dependent in planned.graph.held(by: node) {
        places[node].rank = min(places[node].rank, places[dependent].rank)
      }
    }
    let keys = byTime.enumerated().map { rank, step in
      planned.graph.index(of: step.id).map { places[$0] } ?? (rank: rank, position: 0)
    }
    return byTime.indices.sorted { keys[$0] > keys[$1] }.map { byTime[$0] }
  }
}
