package import Journal
package import PlanModel
internal import Planner

/// The steps of a run and what each waits for, as the plan had them with which it was last executed.
package struct RunLayout {
  /// Ids in the order of the plan.
  package var order: [String] = []
  /// Gates that only order the phases; nothing of them is shown.
  var barriers: [String] = []
  package var needs: [String: [String]] = [:]
  /// Whether the plan itself has steps under `finally`.
  var hasFinally = false
  /// The calls of plans that have some.
  var closed: Set<String> = []
  /// By step that finds items, the step that stands for them.
  private var finders: [String: String] = [:]
  /// Steps whose items have been found.
  private var known: Set<String> = []
  /// By step of `finally`, the steps that it takes back.
  var undoes: [String: [String]] = [:]
  /// The title of the plan.
  package var title: String?
  /// By id.
  package var steps: [String: StoredStep] = [:]
  package var phases: [StoredPhase] = []

  /// What is shown of a step beside its id.
  package struct StoredStep: Sendable {
    package var title: String?
    package var phase: String?
    package var action: String
    package var isFinally: Bool
  }

  package struct StoredPhase: Sendable {
    package var id: String
    package var title: String?
    package var objective: String?
    package var deliverables: [String]
  }

  package static func of(_ run: Run, _ reader: any JournalReading) throws(JournalError) -> RunLayout {
    guard let text = try reader.planText(run.planDigest), let plan = try? JSONReader.read(Array(text.utf8)) else {
      return RunLayout()
    }
    var layout = RunLayout()
    layout.title = plan["title"]?.string
    layout.order = layout.add(plan["steps"])
    layout.barriers = layout.add(plan["barriers"])
    if case .list(let phases)? = plan["phases"] {
      layout.phases = phases.compactMap { phase in
        phase["id"]?.string.map {
          StoredPhase(
            id: $0, title: phase["title"]?.string, objective: phase["objective"]?.string,
            deliverables: texts(phase["deliverables"]))
        }
      }
    }
    if !layout.finders.isEmpty { try layout.addFound(run, reader) }
    return layout
  }

  /// Puts the items that the run has found after the steps that found them.
  private mutating func addFound(_ run: Run, _ reader: any JournalReading) throws(JournalError) {
    var all: [String] = []
    all.reserveCapacity(order.count)
    for id in order {
      all.append(id)
      guard let group = finders[id], let checkpoint = try reader.checkpoint(of: id, run: run.id),
        let items = ForeachItem.recorded(in: checkpoint.values)
      else { continue }
      known.insert(group)
      let ids = items.map { ForeachItem.stepID(group, key: $0.key) }
      for item in ids {
        needs[item] = [id]
        steps[item] = steps[id]
      }
      needs[group, default: []] += ids
      all += ids
    }
    order = all
  }

  /// Whether a step that is not in the layout was an item that is found no more.
  func isGone(_ id: String) -> Bool {
    guard !known.isEmpty, id.hasSuffix("]"), let open = id.lastIndex(of: "[") else { return false }
    return known.contains(String(id[..<open]))
  }

  /// Takes nodes in, and answers their ids.
  private mutating func add(_ list: Value?) -> [String] {
    guard case .list(let nodes)? = list else { return [] }
    var ids: [String] = []
    for node in nodes {
      guard case .string(let id)? = node["id"] else { continue }
      ids.append(id)
      needs[id] = RunLayout.texts(node["definition"]?["needs"]) + RunLayout.texts(node["after"])
      if case .string(let call)? = node["closes"] {
        closed.insert(call)
      } else if node["finally"] == .bool(true) {
        hasFinally = true
      }
      if case .string(let group)? = node["finds"] { finders[id] = group }
      steps[id] = StoredStep(
        title: node["title"]?.string, phase: node["phase"]?.string,
        action: RunLayout.texts(node["definition"]?["action"]).first ?? "", isFinally: node["finally"] == .bool(true))
      let undone = RunLayout.texts(node["undoes"])
      if !undone.isEmpty { undoes[id] = undone }
    }
    return ids
  }

  private static func texts(_ list: Value?) -> [String] {
    guard case .list(let items)? = list else { return [] }
    return items.compactMap(\.text)
  }
}

extension StepState {
  /// The state of a step with a checkpoint.
  init(_ outcome: Checkpoint.Outcome) {
    switch outcome {
    case .succeeded, .attested: self = .succeeded
    case .allowedFailure: self = .failed
    case .upToDate, .guardHolds, .adopted, .conditionFalse, .noValue, .skippedByUser: self = .skipped
    }
  }

  /// The state of a step without a checkpoint whose latest attempt stands like this, when nothing executes the run.
  init(_ attempt: Attempt.State) {
    switch attempt {
    case .claimed, .inDoubt: self = .inDoubt
    // Its checkpoint no longer counts, so it runs again.
    case .succeeded, .released: self = .pending
    case .failed, .timedOut, .failedFinally: self = .failed
    case .cancelled: self = .cancelled
    case .waiting: self = .waiting
    }
  }
}
