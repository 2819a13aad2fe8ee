/// A plan of simulated steps, main steps in an order in which each comes after what it needs, then those of `finally`.
struct SimulatedPlan: Hashable, Sendable {
  var steps: [SimulatedStep] = []
  var poolSize = 1
  /// By phase, the step whose output its gate looks for; without an entry the gate has no check.
  var gates: [String?] = []
  /// Minutes; nil: as long as it takes.
  var timeout: Int?

  subscript(id: String) -> SimulatedStep? { steps.first { $0.id == id } }

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
    for step in steps where !step.isFinally { text += "  - \(step.yaml)\n" }
    if steps.contains(where: \.isFinally) {
      text += "finally:\n"
      for step in steps where step.isFinally { text += "  - \(step.yaml)\n" }
    }
    return text
  }
}

extension SimulatedStep {
  /// What the program of the step is called with; the simulated world knows it again by that.
  static let program = "/bin/true"

  fileprivate var yaml: String {
    var parts = ["id: \(id)"]
    if !needs.isEmpty { parts.append("needs: [\(needs.joined(separator: ", "))]") }
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
