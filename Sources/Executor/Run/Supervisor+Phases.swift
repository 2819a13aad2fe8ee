internal import Digest
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText

/// How far the phases of a plan are, so that their beginnings and ends can be told.
struct PhaseProgress {
  /// By the id of a phase.
  private var places: [String: Int] = [:]
  private var open: [Int]
  private var isBegun: [Bool]
  /// The steps of each phase and its gate.
  private(set) var members: [[Int]]

  init(_ planned: PlannedPlan, _ records: [NodeRecord]) {
    open = Array(repeating: 0, count: planned.plan.phases.count)
    isBegun = Array(repeating: false, count: planned.plan.phases.count)
    members = Array(repeating: [], count: planned.plan.phases.count)
    if planned.plan.phases.isEmpty { return }
    for (index, phase) in planned.plan.phases.enumerated() { places[phase.id.value] = index }
    for (node, record) in records.enumerated() {
      guard let place = place(of: planned.nodes[node]) else { continue }
      members[place].append(node)
      if record.isGone { continue }
      if record.checkpoint == nil { open[place] += 1 }
      if record.ranInRun || record.attempts > 0 { isBegun[place] = true }
    }
  }

  /// Nil for what is no work of a phase.
  private func place(of node: PlannedNode) -> Int? {
    if places.isEmpty || node.isBarrier || node.isFinally || node.isApproval { return nil }
    return node.phase.flatMap { places[$0] }
  }

  /// The phase that begins with a node; nil if it has begun.
  mutating func begin(_ node: PlannedNode) -> Int? {
    guard let place = place(of: node), !isBegun[place] else { return nil }
    isBegun[place] = true
    return place
  }

  /// The phase that is over with a node; nil if more of it is to come, or nothing of it was carried out.
  mutating func end(_ node: PlannedNode) -> Int? {
    guard let place = place(of: node) else { return nil }
    open[place] -= 1
    return open[place] == 0 && isBegun[place] ? place : nil
  }

  /// Items were found.
  mutating func add(_ nodes: [Int], of planned: PlannedPlan) {
    for node in nodes {
      guard let place = place(of: planned.nodes[node]) else { continue }
      members[place].append(node)
      open[place] += 1
    }
  }

  /// The next phase that is not over.
  func next(after place: Int) -> Int? { open.indices.first { $0 > place && open[$0] > 0 } }
}

extension Supervisor {
  /// How many steps and files an event names.
  private static let named = 100

  func addBeginning(of node: Int, to batch: inout [JournalWrite]) {
    guard rollback == nil, let place = phases.begin(planned.nodes[node]) else { return }
    let phase = planned.plan.phases[place]
    let nodes = phases.members[place].filter { !records[$0].isGone }
    add(
      Event(
        .phaseStarted, at: wallNow,
        payload: [
          .init("phase", .string(phase.id.value)), .init("title", phase.title.map(Value.string) ?? .null),
          .init("objective", phase.objective.map(Value.string) ?? .null), .init("steps", .int(nodes.count)),
          .init("step_ids", .list(nodes.prefix(Supervisor.named).map { .string(planned.nodes[$0].id) })),
        ]), to: &batch)
  }

  func addEnding(with node: Int, to batch: inout [JournalWrite]) {
    guard rollback == nil, let place = phases.end(planned.nodes[node]) else { return }
    let phase = planned.plan.phases[place]
    let nodes = phases.members[place].filter { !records[$0].isGone }
    let next = phases.next(after: place).map { planned.plan.phases[$0] }
    add(
      Event(
        .phaseFinished, at: wallNow,
        payload: [
          .init("phase", .string(phase.id.value)), .init("title", phase.title.map(Value.string) ?? .null),
          .init("steps", .int(nodes.count)), .init("deliverables", .list(deliverables(phase, nodes))),
          .init("next", next.map { .string($0.id.value) } ?? .null),
          .init("next_waits", .bool(next != nil && planned.plan.approval == .phases)),
        ]), to: &batch)
  }

  /// What the plan says that the phase makes, with the files that its steps recorded.
  private func deliverables(_ phase: Phase, _ nodes: [Int]) -> [Value] {
    if phase.deliverables.isEmpty { return [] }
    var made: [(path: String, digest: Value)] = []
    for node in nodes {
      for file in records[node].checkpoint?.outputFiles ?? [] {
        made.append((file.path, file.digest.map { .string($0.hex) } ?? .null))
      }
    }
    return phase.deliverables.map { name in
      let glob = try? Glob(name)
      let files = made.filter { $0.path == name || glob?.matches($0.path) ?? false }
      return .map([
        .init("name", .string(name)),
        .init(
          "files",
          .list(
            files.prefix(Supervisor.named).map {
              .map([.init("path", .string($0.path)), .init("sha256", $0.digest)])
            })),
      ])
    }
  }
}
