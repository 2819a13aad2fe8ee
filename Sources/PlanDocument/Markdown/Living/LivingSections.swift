/// What the living sections of a markdown plan say.
package struct LivingSections: Sendable {
  /// The items of Progress that have a state, nested ones included.
  package let progress: [ProgressItem]
  /// The items with a state that stand elsewhere.
  package let checkboxesElsewhere: [ProgressItem]
  package let decisions: [DecisionEntry]
  package let surprises: [SurpriseEntry]
  /// Nil if there is no such section.
  package let outcomes: OutcomesText?

  package init(_ plan: MarkdownPlan) {
    (progress, checkboxesElsewhere) = ProgressReader(plan).read()
    decisions = LogEntryReader(plan, labels: [.decision, .rationale, .date, .author, .dateAuthor]).read(.decisions)
      .map(DecisionEntry.init)
    surprises = LogEntryReader(plan, labels: [.observation, .evidence]).read(.surprises).map(SurpriseEntry.init)
    outcomes = OutcomesReader(plan: plan).read()
  }

  /// How the file writes the times of its Progress items most often; of two that are equally frequent the one
  /// that was used last. The form of the standard if there are none.
  package var timestampUse: (style: TimestampStyle, position: ItemTimestamp.Position) {
    var counts: [TimestampStyle: (count: Int, last: Int, atEnd: Int)] = [:]
    for (index, item) in progress.enumerated() {
      guard let timestamp = item.timestamp, timestamp.time != nil else { continue }
      let old = counts[timestamp.style] ?? (0, 0, 0)
      counts[timestamp.style] = (old.count + 1, index, old.atEnd + (timestamp.position == .end ? 1 : 0))
    }
    guard let most = counts.max(by: { ($0.value.count, $0.value.last) < ($1.value.count, $1.value.last) }) else {
      return (.canonical, .start)
    }
    return (most.key, most.value.atEnd * 2 > most.value.count ? .end : .start)
  }

  /// Whether there are items and all of them are ticked.
  package var isDone: Bool { !progress.isEmpty && progress.allSatisfy { $0.state == .done } }
}
