internal import Digest
internal import PlanModel
internal import SourceText

/// What people agree to of a step beyond its definition: what else decides whether and how often it is carried out, what
/// counts as its success, and what takes it back (S20).
///
/// Outside are owner, estimate, labels, pool, priority and `sync_outputs`: they change none of that.
struct ApprovedTerms {
  let definition: StepDefinition

  init(_ node: PlannedNode, statics: StaticScope) {
    let step = node.step
    var encoder = DefinitionEncoder(statics: statics)
    func flag(_ name: String, _ value: Bool) { if value { encoder.add(name, ["true"]) } }
    if let phase = node.phase { encoder.add("phase", [phase]) }
    flag("finally", node.isFinally)
    // Checks are scripts, too, and the definition holds the shell of the action alone.
    if !step.shell.isDefault { encoder.add("shell", step.shell.words) }
    if let timeout = step.timeout { encoder.add("timeout", [ApprovedTerms.text(timeout)]) }
    if step.retry != .never { encoder.add("retry", ApprovedTerms.texts(step.retry)) }
    flag("once", step.once)
    flag("always", step.always)
    if let idempotent = step.idempotent { encoder.add("idempotent", ["\(idempotent)"]) }
    if let onInterrupt = step.onInterrupt { encoder.add("on_interrupt", [onInterrupt.rawValue]) }
    if let onConflict = step.onConflict { encoder.add("on_conflict", [onConflict.rawValue]) }
    flag("allow_failure", step.allowFailure)
    flag("gate", step.isGate)
    if let undo = step.undo {
      var action = DefinitionEncoder(statics: statics)
      action.encode(undo, shell: step.shell)
      encoder.add("undo", [StepDefinition(fields: action.fields).digest.hex])
    }
    if step.undoTerms != [] { encoder.add("undo.terms", [String(step.undoTerms.rawValue)]) }
    encoder.add("undoes", step.undoes.map(\.value))
    // What steps read of a plan that is called.
    if case .call(let values)? = step.group?.kind {
      for value in values { encoder.add("values.\(value.name.value)", value.value) }
    }
    definition = StepDefinition(fields: encoder.fields)
  }

  static func text(_ duration: Duration) -> String { "\(duration.wholeMilliseconds)ms" }

  private static func texts(_ retry: RetryPolicy) -> [String] {
    [
      String(retry.times), text(retry.delay), "\(retry.factor)", text(retry.maxDelay),
      retry.maxElapsed.map(text) ?? "", "\(retry.jitter)", "\(retry.onTimeout)",
      retry.onExit.map(String.init).joined(separator: ","), retry.notOnExit.map(String.init).joined(separator: ","),
    ]
  }
}
