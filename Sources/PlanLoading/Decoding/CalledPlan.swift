internal import PlanModel
internal import SourceText

/// A plan as a part of the one that calls it: its steps under other ids, its order and phases as needs.
struct CalledPlan {
  let plan: Plan
  /// `deploy/`
  let prefix: String
  /// The step that calls it.
  let site: Step
  /// Where it is called.
  let range: SourceRange
  /// By step, what it waits for beyond its own needs.
  private let order: [[String]]
  private let gates: [Step]
  private let approvals: CalledApprovals

  init(plan: Plan, prefix: String, site: Step, range: SourceRange) {
    self.plan = plan
    self.prefix = prefix
    self.site = site
    self.range = range
    let phases = CalledPhases(plan)
    approvals = CalledApprovals(plan)
    gates = phases.gates
    var order = phases.needs
    CalledPlan.addListed(plan, to: &order)
    approvals.add(to: &order)
    CalledPlan.addGates(plan, phases.gates, to: &order)
    self.order = order
  }

  /// What the step that stands for the plan waits for: all its steps, those of groups within them by their groups.
  var memberIDs: [String] {
    (plan.steps.filter { $0.groupID == nil } + gates + approvals.steps).map { full($0.id.value) }
  }

  /// The steps for the end of the plan, those of groups among them by their groups.
  var closingIDs: [String] {
    plan.steps.isEmpty ? [] : plan.finally.filter { $0.groupID == nil }.map { full($0.id.value) }
  }

  func steps() -> [Step] {
    var steps = plan.steps.indices.map { adopted(plan.steps[$0], order[$0]) }
    steps += (gates + approvals.steps).map { adopted($0, []) }
    return steps
  }

  /// They run when the steps of the plan are over, whatever those came to. Of a plan without steps nothing ends.
  func closingSteps() -> [Step] {
    if plan.steps.isEmpty { return [] }
    var before: String?
    return plan.finally.map { step in
      var needs: [String] = []
      if plan.order == .listed, let before, !step.standsForOthers { needs = [before] }
      if step.groupID == nil { before = step.id.value }
      return adopted(step, needs, isClosing: true)
    }
  }

  // MARK: Order

  /// With `order: listed` each step waits for the one above it, all items of one step for the same.
  private static func addListed(_ plan: Plan, to order: inout [[String]]) {
    guard plan.order == .listed else { return }
    let indices =
      plan.steps.indices.filter { !plan.steps[$0].isGate } + plan.steps.indices.filter { plan.steps[$0].isGate }
    var before: String?
    for index in indices {
      let step = plan.steps[index]
      if let before, !step.standsForOthers, step.closes == nil { order[index].append(before) }
      if step.groupID == nil { before = step.id.value }
    }
  }

  /// Steps with `gate: true` wait for all others.
  private static func addGates(_ plan: Plan, _ phases: [Step], to order: inout [[String]]) {
    let gates = plan.steps.indices.filter { plan.steps[$0].isGate && !plan.steps[$0].standsForOthers }
    if gates.isEmpty || plan.order == .listed { return }
    let others = plan.steps.filter { !$0.isGate && $0.groupID == nil }.map(\.id.value) + phases.map(\.id.value)
    for gate in gates { order[gate] += others }
  }

  // MARK: One step

  private func full(_ id: String) -> String { id.contains("/") ? id : prefix + id }

  private func placed(_ names: [Located<String>]) -> [Located<String>] {
    names.map { Located(full($0.value), range) }
  }

  private func placed(_ paths: [PathPattern]) -> [PathPattern] {
    paths.map { PathPattern($0.text, isNegated: $0.isNegated, range) }
  }

  private func adopted(_ step: Step, _ more: [String], isClosing isOwnClosing: Bool = false) -> Step {
    // What it calls itself has its ids, but not what this call adds.
    let isInner = step.isCalled
    // Nothing but the steps of its plan holds it: what was begun is ended.
    let isClosing = isOwnClosing || step.closes != nil
    var adopted = step
    adopted.id = Located(full(step.id.value), range)
    adopted.actionRange = range
    adopted.phase = isClosing ? nil : site.phase.map { Located($0.value, range) }
    let local = placed(step.needs) + more.map { Located(full($0), range) }
    var seen: Set<String> = []
    adopted.needs = local.filter { seen.insert($0.value).inserted }
    if adopted.needs.isEmpty, !isClosing { adopted.needs = site.needs.map { Located($0.value, range) } }
    if let condition = site.when, !step.standsForOthers {
      adopted.when = adopted.when.map { .binary(.and, condition, $0, range) } ?? condition
    }
    adopted.inputs = placed(step.inputs)
    adopted.outputs = placed(step.outputs)
    adopt(&adopted, step, isInner: isInner, isOwnClosing)
    if isOwnClosing { adopted.details.closes = String(prefix.dropLast()) }
    return adopted
  }

  private func adopt(_ adopted: inout Step, _ step: Step, isInner: Bool, _ isOwnClosing: Bool) {
    var details = step.details
    details.creates = placed(details.creates)
    details.undoes = placed(details.undoes)
    details.secrets = details.secrets.map { Located($0.value, range) }
    details.pool = details.pool.map { Located($0.value, range) }
    if !isInner {
      // Each call has a state of its own.
      details.state = details.state.map { .init(name: Located(prefix + $0.name.value, range), value: $0.value) }
      // The nearer ones win: of the step, of its plan, of the call.
      var names = Set(details.env.map(\.name.value))
      for variable in plan.env.reversed() + site.env.reversed() where names.insert(variable.name.value).inserted {
        details.env.insert(.init(name: Located(variable.name.value, range), value: variable.value), at: 0)
      }
    }
    if !step.standsForOthers { details.labels += site.labels.filter { !details.labels.contains($0) } }
    if details.priority == 0 { details.priority = site.priority }
    switch details.part {
    case .member(let id, let item): details.part = .member(of: full(id), item: item)
    case .found(let id, let item): details.part = .found(of: full(id), item: item)
    case .template(let expansion):
      details.part = .template(expansion.adopting { self.adopted($0, [], isClosing: isOwnClosing) })
    case .group(var group):
      for index in group.members.indices { group.members[index].step = full(group.members[index].step) }
      group.closing = group.closing.map(full)
      group.expansion = group.expansion.map(full)
      details.part = .group(group)
    case nil: break
    }
    if details != step.details { adopted.details = details }
  }
}

/// The phases of a called plan as steps: a gate that all steps of the next phase wait for.
private struct CalledPhases {
  /// By step of the plan, the gates that it waits for.
  var needs: [[String]]
  var gates: [Step] = []

  init(_ plan: Plan) {
    needs = Array(repeating: [], count: plan.steps.count)
    if plan.phases.isEmpty { return }
    var members: [String: [Int]] = [:]
    for index in plan.steps.indices {
      if let phase = plan.steps[index].phase?.value { members[phase, default: []].append(index) }
    }
    for (index, phase) in plan.phases.enumerated() {
      let before: [String] =
        phase.needs.map { $0.map { CalledPhases.gate($0.value) } }
        ?? (index > 0 ? [CalledPhases.gate(plan.phases[index - 1].id.value)] : [])
      let own = members[phase.id.value] ?? []
      for step in own where !plan.steps[step].standsForOthers { needs[step] += before }
      let ids = own.filter { plan.steps[$0].groupID == nil }.map { plan.steps[$0].id.value }
      let waited = (ids.isEmpty ? before : ids).map { Located($0, phase.id.range) }
      var gate = Step(
        id: Located(CalledPhases.gate(phase.id.value), phase.id.range),
        action: .check(CheckAction(checks: phase.gate)))
      gate.needs = waited
      if phase.gate.isEmpty, !waited.isEmpty {
        // It only orders: what stands for the steps of the phase.
        gate.details.part = .group(
          StepGroup(members: waited.map { StepGroup.Member(key: $0.value, step: $0.value) }, kind: .call([])))
      }
      gates.append(gate)
    }
  }

  /// The id of the gate; no step can have it.
  private static func gate(_ phase: String) -> String { "gate:\(phase)" }
}
