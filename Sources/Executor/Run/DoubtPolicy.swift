internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText

/// Decides about an attempt whose outcome nobody recorded: never run again silently unless that is safe, never counted
/// as done without evidence.
struct DoubtPolicy {
  let node: PlannedNode
  let attempt: Attempt
  let files: any FileProbe

  private var step: Step { node.step }

  func decision() -> RunPosition.Doubt {
    if attempt.fingerprint.definition == Fingerprint.unknownDefinition {
      return .ask("what was recorded of it was lost when the journal was repaired")
    }
    let hasChanged = attempt.fingerprint.definition != node.digest
    if let wish = step.onInterrupt {
      switch wish {
      case .ask: return .ask("the plan says \"on_interrupt: ask\"")
      case .rerun: return .rerun("the plan says \"on_interrupt: rerun\"")
      case .verify where hasChanged: break
      case .verify: return .probe("its \"verify\" decides")
      case .fail: return .fail("the plan says \"on_interrupt: fail\"")
      // Nobody watches it any more: its class decides.
      case .reattach: break
      }
    }
    // Nothing is concluded about an old effect from a new definition.
    if hasChanged { return .ask("its definition has changed since") }
    switch step.action {
    case .file, .edit, .check: return .rerun("it only changes what differs")
    case .fetch: return .rerun("it puts the file in place only when it has come whole")
    case .wait: return .rerun("it only waits")
    case .manual: return .rerun("a person does it")
    case .approve: return .rerun("people are asked again")
    case .agent(let agent) where agent.program == nil: return .rerun("an agent does it, who is waited for")
    case .sql(let sql) where sql.exactlyOnce: return .rerun("its token decides whether it took effect")
    case .sql(let sql) where sql.onlyReads: return .rerun("it only reads")
    case .http(let http) where http.request.method.isRepeatable && step.idempotent != false:
      return .rerun("a \(http.request.method.rawValue) may be repeated")
    case .run, .exec, .sql, .http, .agent, .uses: break
    }
    if step.idempotent == true { return .rerun("the plan says that it is idempotent") }
    if step.unless != nil { return .probe("its \"unless\" decides") }
    if !step.creates.isEmpty { return creates() }
    if case .uses = step.action { return .probe("its action says whether repeating it is safe") }
    if case .sql = step.action { return .ask("its transaction may have been committed") }
    if case .http(let http) = step.action {
      return .ask("the server may have carried out the \(http.request.method.rawValue)")
    }
    if !step.inputs.isEmpty, !step.outputs.isEmpty { return inputsAndOutputs() }
    return .ask("nothing says whether repeating it is safe")
  }

  /// A file that is there may be half written, so only its absence says something.
  private func creates() -> RunPosition.Doubt {
    for pattern in step.creates {
      guard let matches = try? files.matches([pattern]) else { return .ask("\"\(pattern.text)\" can't be looked at") }
      if matches.isEmpty { return .rerun("\"\(pattern.text)\" is not there") }
    }
    if !step.verify.isEmpty { return .probe("its \"verify\" decides") }
    return .ask("\"\(step.creates[0].text)\" is there but may be incomplete")
  }

  private func inputsAndOutputs() -> RunPosition.Doubt {
    if step.outputs.contains(where: { output in step.inputs.contains { mayMeet($0, output) } }) {
      return .ask("it changes its own input in place")
    }
    if let effect = RepeatedEffect.of(step) { return .ask("it \(effect)") }
    return .rerun("it makes its outputs from its inputs; what it left is moved aside")
  }

  private func mayMeet(_ input: PathPattern, _ output: PathPattern) -> Bool {
    guard !input.isNegated, !output.isNegated else { return false }
    if input.text == output.text { return true }
    guard let first = try? Glob(input.text), let second = try? Glob(output.text) else { return true }
    return Glob.couldOverlap(first, second)
  }

  /// Whether what the attempt left must be moved out of the way before it runs again.
  static func movesOutputsAside(_ step: Step) -> Bool {
    guard step.onInterrupt == nil || step.onInterrupt == .reattach, step.idempotent != true, step.creates.isEmpty,
      step.unless == nil
    else {
      return false
    }
    switch step.action {
    case .run, .exec, .agent, .uses: return step.action.isProgram && !step.inputs.isEmpty && !step.outputs.isEmpty
    case .sql, .file, .edit, .http, .fetch, .wait, .check, .manual, .approve: return false
    }
  }
}
