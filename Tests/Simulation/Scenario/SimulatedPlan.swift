/// A plan of simulated steps, main steps in an order in which each comes after what it needs, then those of `finally`.
struct SimulatedPlan: Hashable, Sendable {
  var steps: [SimulatedStep] = []
  var poolSize = 1
  /// By phase, the step whose output its gate looks for; without an entry the gate has no check.
  var gates: [String?] = []
  /// Minutes; nil: as long as it takes.
  var timeout: Int?

  /// A step, or the undo of one.
  subscript(id: String) -> SimulatedStep? {
    guard id.hasPrefix(SimulatedStep.undoPrefix) else { return steps.first { $0.id == id } }
    return steps.first { $0.undoID == id }?.undoing
  }

  /// What the run executes, as the file of a plan says it.
  var yaml: String {
    var text = "execplan: 1\ntitle: Simulated\nid: simulated\norder: graph\n"
    if steps.contains(where: \.pool) { text += "pools: {db: \(poolSize)}\n" }
    if !gates.isEmpty {
      text += "phases:\n"
      for (index, gate) in gates.enumerated() {
        text += "  - {id: p\(index), title: P\(index)\(gate.map { ", gate: [{exists: \($0)}]" } ?? "")}\n"
      }
    }
    text += "steps:\n"
    for step in steps where !step.isFinally && !step.isCalled { text += "  - \(step.yaml)\n" }
    if !calledSteps.isEmpty {
      let needs = calledSteps.flatMap(\.needs).filter { !$0.hasPrefix(SimulatedStep.calledPrefix) }
      text +=
        "  - {id: s, needs: [\(needs.uniqued.joined(separator: ", "))], call: {path: \(LoadedPlans.calledPath)}}\n"
    }
    if steps.contains(where: { $0.isFinally && !$0.isCalled }) {
      text += "finally:\n"
      for step in steps where step.isFinally && !step.isCalled { text += "  - \(step.yaml)\n" }
    }
    return text
  }

  /// The steps of the plan that is called, those at its end apart.
  var calledSteps: [SimulatedStep] { steps.filter { $0.isCalled && !$0.isFinally } }

  /// The plan that is called; nil if none is.
  var calledYAML: String? {
    if calledSteps.isEmpty { return nil }
    var text = "execplan: 1\ntitle: Called\norder: graph\n"
    if steps.contains(where: { $0.isCalled && $0.pool }) { text += "pools: {db: \(poolSize)}\n" }
    text += "steps:\n" + calledSteps.map { "  - \($0.yaml)\n" }.joined()
    text += "finally:\n" + steps.filter(\.endsCall).map { "  - \($0.yaml)\n" }.joined()
    return text
  }
}

extension [String] {
  /// Each once, in order.
  var uniqued: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension SimulatedStep {
  /// What the program of the step is called with; the simulated world knows it again by that.
  static let program = "/bin/true"

  /// As its plan says them: of another plan, that it calls it or is called by it.
  private var writtenNeeds: [String] {
    let prefix = SimulatedStep.calledPrefix
    if isCalled { return needs.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) } }
    return needs.map { $0.hasPrefix(prefix) ? String(prefix.dropLast()) : $0 }.uniqued
  }

  fileprivate var yaml: String {
    var parts = ["id: \(localID)"]
    if !writtenNeeds.isEmpty { parts.append("needs: [\(writtenNeeds.joined(separator: ", "))]") }
    if let phase { parts.append("phase: p\(phase)") }
    switch kind {
    case .plain, .declared, .files, .creates, .unless:
      parts.append("exec: [\(SimulatedStep.program), work, \(id), \"\(version)\"]")
    case .file:
      let values = readsValues.map { " ${{ steps.\($0).values.v }}" }.joined()
      parts.append("file: {path: \(output), content: \"\(id)/\(version)\(values)\"}")
    case .transaction:
      parts.append("sql: {database: \"sqlite:db/\(id).db\", script: \"work \(id) \(version)\", exactly_once: true}")
    case .check:
      let checks = needs.map { "{run: \"\(SimulatedStep.program) holds \($0)\"}" }
      parts.append("check: [\(checks.joined(separator: ", "))]")
    case .manual: parts.append("manual: {instructions: \"\(id) \(version)\"}")
    }
    if hasProgram {
      let values = readsValues.map { "V_\($0): \"${{ steps.\($0).values.v }}\"" }
      if !values.isEmpty { parts.append("env: {\(values.joined(separator: ", "))}") }
    }
    switch kind {
    case .declared: parts.append("idempotent: true")
    case .creates: parts.append("creates: \(output)")
    case .unless: parts.append("unless: \"\(SimulatedStep.program) holds \(id)\"")
    case .plain, .files, .file, .transaction, .check, .manual: break
    }
    let inputs = readsFiles.map { "out/\($0)" } + (readsSource ? [source] : [])
    if kind == .files, !inputs.isEmpty { parts.append("inputs: [\(inputs.joined(separator: ", "))]") }
    if hasProgram, writesOutput || kind == .files { parts.append("outputs: [\(output)]") }
    if syncs { parts.append("sync_outputs: true") }
    if let condition { parts.append("when: \"\(condition.text)\"") }
    if allowsFailure { parts.append("allow_failure: true") }
    if retries > 0 { parts.append("retry: {times: \(retries), delay: \(retryDelay)ms}") }
    if let timeout { parts.append("timeout: \(timeout)ms") }
    if pool { parts.append("pool: db") }
    if priority != 0 { parts.append("priority: \(priority)") }
    if let onInterrupt { parts.append("on_interrupt: \(onInterrupt.rawValue)") }
    if verifies { parts.append("verify: [{run: \"\(SimulatedStep.program) holds \(id)\"}]") }
    if keepsState { parts.append("state: {wm_\(id): \"${{ values.v }}\"}") }
    switch undo {
    case .plain: parts.append("undo: {exec: [\(SimulatedStep.program), undo, \(id), \"\(version)\"]}")
    case .idempotent, .partial:
      let word = undo?.rawValue ?? ""
      parts.append("undo: {exec: [\(SimulatedStep.program), undo, \(id), \"\(version)\"], \(word): true}")
    case .nothing: parts.append("undo: none")
    case nil: break
    }
    if !undoes.isEmpty { parts.append("undoes: [\(undoes.joined(separator: ", "))]") }
    return "{\(parts.joined(separator: ", "))}"
  }
}

extension SimulatedStep.Condition {
  fileprivate var text: String {
    switch self {
    case .failed(let step): "steps.\(step).status == 'failed'"
    case .notFailed(let step): "steps.\(step).status != 'failed'"
    case .constant(let step, let holds): "steps.\(step).values.k \(holds ? "==" : "!=") '\(step)'"
    }
  }
}
