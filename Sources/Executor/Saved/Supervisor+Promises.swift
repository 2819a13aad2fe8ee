internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText

/// What a saved plan said of the steps binds the run: what may differ is recorded, anything else stops before the step.
extension Supervisor {
  /// What was said of a node; nil where nobody is bound.
  ///
  /// Of items that are found now, their template was spoken of.
  func promise(_ node: Int) -> Decision? { promises?[planned.nodes[node].id] }

  /// Why a node may not come to what a look at it found; nil if it may.
  func brokenPromise(_ node: Int, _ prepared: PreparationJob.Prepared) -> String? {
    // People may have answered since.
    guard let promised = promise(node), !planned.nodes[node].isApproval else { return nil }
    let actual: Decision
    switch prepared.verdict {
    case .settle: actual = .skip
    case .claim: actual = .run
    case .wait, .poll: actual = .wait
    // That it can't be started is no other decision, unless nobody spoke of starting it.
    case .fail, .allowedFailure:
      if promised == .run || promised == .unknown || promised == .wait { return nil }
      actual = .run
    case .refuse: return nil
    }
    if actual.keeps(promised) { return nil }
    let why = prepared.judgement.decision.reasons.map(\.text).joined(separator: "; ")
    return "the saved plan says \"\(promised.word)\", and now it is \"\(actual.word)\""
      + (why.isEmpty ? "" : ": \(why)")
  }

  /// The member of an event that tells of another end than the saved plan spoke of.
  func told(_ node: Int, _ actual: Decision) -> [Value.Entry] {
    guard let promised = promise(node), promised != actual else { return [] }
    return [.init("planned", .string(promised.rawValue))]
  }

  /// A step that is not started because the saved plan says something else.
  func refusedEvent(_ node: Int) -> Event {
    Event(
      planned.nodes[node].isGate ? .gate : .stepFinished, step: planned.nodes[node].id, at: wallNow,
      payload: [
        .init("state", .string(StepState.blocked.rawValue)), .init("reason", .string(records[node].reason ?? "")),
      ] + (promise(node).map { [.init("planned", .string($0.rawValue))] } ?? []))
  }
}
