/// A reason as a saved plan keeps it: without what a program, a file or a database had to say.
package struct SavedReason: Hashable, Sendable {
  package var kind: Reason.Kind
  /// Nil where it could quote data, or there is none.
  package var detail: String?

  package init(_ kind: Reason.Kind, _ detail: String? = nil) {
    self.kind = kind
    self.detail = detail
  }

  package init(_ reason: Reason) {
    self.init(reason.kind, reason.detail.isEmpty || reason.kind.mayQuoteData ? nil : reason.detail)
  }

  /// One line for people.
  package var text: String { Reason(kind, detail ?? "").text }
}

extension Reason.Kind {
  /// Whether the detail may be more than names of steps, files and parameters: what checks found, what programs said,
  /// what happened since.
  package var mayQuoteData: Bool {
    switch self {
    case .guardFails, .differs, .failedBefore, .outputLost, .stillRuns, .failedForGood, .changedByHand, .inDoubt,
      .error, .findsItems, .rollback, .approved, .rejected, .approval:
      true
    case .firstRun, .overwrites, .adopted, .existsAlready, .inTheWay, .definitionChanged, .valueChanged, .inputChanged,
      .outputMissing, .outputAltered, .upstreamRan,
      .rewritten, .forced, .always, .everyRun, .cutOff, .neverStarted, .checkpointed, .upToDate, .once, .guardHolds,
      .asDesired, .conditionFalse, .noValue, .skippedByUser, .notSelected, .person, .agent, .blockedBy, .unknownUntil,
      .probeNotRun:
      false
    }
  }
}
