internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Attempts that keepers brought over the death of their execplan.
extension LegStart {
  /// - Returns: a refusal when the attempt cannot be gone on with.
  mutating func takeOver(_ id: String, _ why: String) -> Refusal? {
    guard let index = planned.graph.index(of: id), let kept = opening.kept[id] else { return nil }
    // What is not selected is left with its keeper.
    guard !selection.excluded.contains(index), !selection.skipped.contains(index) else {
      opening.notes.append("\"\(id)\" \(why); it is not selected, so it is left as it is")
      return nil
    }
    let again = planned.needIDs(of: index).filter { !opening.position.isDone($0) }
    if let first = again.first, kept.record == nil {
      return Refusal(
        .locked, "\"\(id)\" still runs, and \"\(first)\", which it needs, is to run again",
        nextCommands: [opening.command.resume("--orphans kill")])
    }
    takenOver[index] = kept
    opening.notes.append("\"\(id)\" \(why); its result is taken")
    return nil
  }

  /// The takeover is part of the run's record: from now on this leg has the attempt.
  func takeoverEvents(_ leg: Leg) -> [Event] {
    takenOver.sorted { $0.key < $1.key }.map { node, kept in
      var payload: [Value.Entry] = [
        .init("reasons", .list([.string(Reason(.stillRuns, kept.text).text)])),
        .init("action", .string(planned.nodes[node].actionName)), .init("reattached", .bool(true)),
        .init("leg", .int(Int(leg.id))),
      ]
      if let pid = kept.mark?.pid { payload.append(.init("pid", .int(pid))) }
      return Event(
        .stepStarted, step: planned.nodes[node].id, attempt: kept.attempt.number, at: now, payload: payload)
    }
  }
}
