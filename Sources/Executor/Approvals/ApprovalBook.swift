internal import Digest
package import Journal
package import PlanModel
package import Planner

/// What is recorded of the approvals of a plan, as it counts for one run (S20).
package struct ApprovalBook: Sendable {
  /// By the id of the node that asks, in the order in which they were given.
  private let records: [String: [ApprovalRecord]]
  /// Milliseconds since 1970.
  private let now: Int64

  /// - Parameter run: nil: the next new one.
  package static func read(
    _ journal: any JournalReading, plan: String, run: Int64?, now: Int64
  ) throws(JournalError) -> ApprovalBook {
    let all = try journal.approvals(plan: plan).filter { $0.counts(for: run) }
    return ApprovalBook(records: Dictionary(grouping: all, by: \.step), now: now)
  }

  /// Whether anything was said to a question.
  package func isSilent(about step: String) -> Bool { records[step] == nil }

  /// The number of the last thing that was said to a question.
  func last(about step: String) -> Int64? { records[step]?.last?.id }

  /// The last word of each person about what is asked counts; a no of anybody is a no.
  package func standing(
    of action: ApproveAction, step: String, about subject: ApprovalSubject, _ journal: any JournalReading
  ) throws(JournalError) -> ApprovalStanding {
    var standing = ApprovalStanding(.open(""))
    standing.digest = subject.digest
    standing.last = last(about: step)
    let said = records[step] ?? []
    var last: [String: ApprovalRecord] = [:]
    for record in said where record.digest == subject.digest { last[ApproverName.key(record.by)] = record }
    var older: [String: ApprovalRecord] = [:]
    for record in said where last[ApproverName.key(record.by)] == nil { older[ApproverName.key(record.by)] = record }
    for record in last.values.sorted(by: { $0.id < $1.id }) {
      switch record.decision {
      case .rejected: standing.rejection = standing.rejection ?? record
      case .approved where hasExpired(record, &standing): standing.void.append((record, "has expired"))
      case .approved where action.approvers.isEmpty || ApproverName.isOne(record.by, of: action.approvers):
        standing.counted.append(record)
      case .approved: standing.void.append((record, "does not count: they are no approver"))
      }
    }
    for record in older.values.sorted(by: { $0.id < $1.id }) {
      let changes = subject.differences(from: try journal.approvedParts(record.id))
      standing.void.append((record, "is void: \(ApprovalBook.shown(changes)) since"))
    }
    standing.answer = answer(standing, quorum: action.quorum)
    return standing
  }

  /// Once seen it is final, whatever the clock says later.
  private func hasExpired(_ record: ApprovalRecord, _ standing: inout ApprovalStanding) -> Bool {
    if record.expiredAt != nil { return true }
    guard let end = record.expiresAt, end <= now else { return false }
    standing.expired.append(record.id)
    return true
  }

  private func answer(_ standing: ApprovalStanding, quorum: Int) -> ApprovalAnswer {
    if let no = standing.rejection { return .rejected("by \(no.by)" + (no.note.map { ": \($0)" } ?? "")) }
    let names = standing.counted.map(\.by).joined(separator: ", ")
    if standing.counted.count >= quorum { return .approved("by \(names)") }
    var parts: [String] = []
    if quorum > 1 {
      parts.append("\(standing.counted.count) of \(quorum) approvals" + (names.isEmpty ? "" : " (\(names))"))
    }
    parts += standing.void.map { "the \($0.record.decision.noun) of \($0.record.by) \($0.why)" }
    return .open(parts.joined(separator: "; "))
  }

  /// How many changes a message goes into.
  private static let shownChanges = 3

  private static func shown(_ changes: [String]) -> String {
    if changes.isEmpty { return "something changed" }
    let rest = changes.count - shownChanges
    return changes.prefix(shownChanges).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension ApprovalRecord.Decision {
  /// As messages name it.
  package var noun: String { self == .approved ? "approval" : "rejection" }
}
