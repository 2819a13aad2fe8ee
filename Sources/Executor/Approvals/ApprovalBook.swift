package import Digest
package import Journal
package import PlanModel
package import Planner

/// What is recorded of the approvals of a plan, as it counts for one run (S20).
package struct ApprovalBook: Sendable {
  private let plan: String
  /// Nil: the next new one.
  private let run: Int64?
  /// By the id of the node that asks, in the order in which they were given.
  private var records: [String: [ApprovalRecord]] = [:]
  /// The number of the last thing that was read.
  private var read: Int64 = 0

  /// - Parameter run: nil: the next new one.
  package init(plan: String, run: Int64?) {
    self.plan = plan
    self.run = run
  }

  package static func read(
    _ journal: any JournalReading, plan: String, run: Int64?
  ) throws(JournalError) -> ApprovalBook {
    var book = ApprovalBook(plan: plan, run: run)
    try book.readOn(journal)
    return book
  }

  /// Takes what was said since the last time. What was there then is changed by nobody but the process that applies the
  /// plan.
  package mutating func readOn(_ journal: any JournalReading) throws(JournalError) {
    for record in try journal.approvals(plan: plan, after: read) {
      read = record.id
      if record.counts(for: run) { records[record.step, default: []].append(record) }
    }
  }

  /// That an approval has expired, which is final.
  mutating func expire(_ id: Int64, of step: String, at: Int64) {
    guard let place = records[step]?.firstIndex(where: { $0.id == id }) else { return }
    records[step]?[place].expiredAt = at
  }

  /// Whether anything was said to a question.
  package func isSilent(about step: String) -> Bool { records[step] == nil }

  /// The number of the last thing that was said to a question.
  func last(about step: String) -> Int64? { records[step]?.last?.id }

  /// The last word of each person about what is asked counts; a no of anybody is a no.
  ///
  /// - Parameters:
  ///   - digest: of what is asked.
  ///   - now: milliseconds since 1970.
  ///   - subject: what is asked; needed only to say what changed since somebody spoke.
  package func standing(
    of action: ApproveAction, step: String, about digest: SHA256Digest, now: Int64, _ journal: any JournalReading,
    subject: () -> ApprovalSubject
  ) throws(JournalError) -> ApprovalStanding {
    var standing = ApprovalStanding(.open(""))
    standing.digest = digest
    standing.last = last(about: step)
    let said = records[step] ?? []
    var last: [String: ApprovalRecord] = [:]
    for record in said where record.digest == digest { last[ApproverName.key(record.by)] = record }
    var older: [String: ApprovalRecord] = [:]
    for record in said where last[ApproverName.key(record.by)] == nil { older[ApproverName.key(record.by)] = record }
    for record in last.values.sorted(by: { $0.id < $1.id }) {
      switch record.decision {
      case .rejected: standing.rejection = standing.rejection ?? record
      case .approved where hasExpired(record, now, &standing): standing.void.append((record, "has expired"))
      case .approved where action.approvers.isEmpty || ApproverName.isOne(record.by, of: action.approvers):
        standing.counted.append(record)
      case .approved: standing.void.append((record, "does not count: they are no approver"))
      }
    }
    let asked = older.isEmpty ? nil : subject()
    for record in older.values.sorted(by: { $0.id < $1.id }) {
      let changes = asked?.differences(from: try journal.approvedParts(record.id)) ?? []
      standing.void.append((record, "is void: \(ApprovalBook.shown(changes)) since"))
    }
    standing.answer = answer(standing, quorum: action.quorum)
    return standing
  }

  /// Once seen it is final, whatever the clock says later.
  private func hasExpired(_ record: ApprovalRecord, _ now: Int64, _ standing: inout ApprovalStanding) -> Bool {
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
