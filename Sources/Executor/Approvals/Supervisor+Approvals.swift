internal import Digest
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Questions to people while a leg goes on.
extension Supervisor {
  /// Between two looks at what people have said.
  private static let interval = Duration.milliseconds(500)

  /// Looks up what people have said at a node.
  ///
  /// - Returns: false when the journal can't be read.
  func askPeople(_ node: Int) -> Bool {
    guard case .approve(let action) = planned.nodes[node].step.action else { return true }
    let id = planned.nodes[node].id
    do {
      let standing = try journal.read { reader throws(JournalError) -> ApprovalStanding in
        let book = try ApprovalBook.read(reader, plan: planned.plan.key, run: run.id, now: wallNow)
        guard let last = book.last(about: id) else { return ApprovalStanding(.open("")) }
        if let known = records[node].question?.standing, known.last == last, !known.mayExpire { return known }
        do {
          let subject = try approvalSubjects.subject(of: node, site.files)
          return try book.standing(of: action, step: id, about: subject, reader)
        } catch let error as JournalError {
          throw error
        } catch {
          return ApprovalStanding(.open("\(error)"))
        }
      }
      hear(standing, node)
      return true
    } catch {
      journalFailure = error
      return false
    }
  }

  private func hear(_ standing: ApprovalStanding, _ node: Int) {
    let question = records[node].question ?? OpenQuestion(standing)
    question.standing = standing
    for id in standing.expired { question.unsaid.append(.expireApproval(id, at: wallNow)) }
    for record in standing.heard where question.heard.insert(record.id).inserted {
      let void = standing.void.first { $0.record.id == record.id }?.why
      question.news.append(approvalEvent(record, void))
    }
    records[node].question = question
  }

  /// Whether the leg waits for people rather than ending at a question.
  var waitsForPeople: Bool {
    guard signal == nil, !isPastDeadline else { return false }
    switch options.approvalWait {
    case .none: return false
    case .forever: return true
    case .upTo(let duration): return now < startedAt + duration
    }
  }

  /// What a question without an answer is for the scheduler.
  func openVerdict(_ node: Int) -> SchedulerEvent.Preparation {
    guard let question = records[node].question, waitsForPeople else { return .wait }
    var next = now + Supervisor.interval
    if case .upTo(let duration) = options.approvalWait { next = min(next, startedAt + duration) }
    records[node].dueAt = next
    return .poll(records: !question.isAsked || !question.news.isEmpty || !question.unsaid.isEmpty)
  }

  /// What is to be recorded of what was said since the last look.
  func addNews(of node: Int, to batch: inout [JournalWrite]) {
    guard let question = records[node].question else { return }
    batch += question.unsaid
    question.unsaid = []
    for event in question.news { add(event, to: &batch) }
    question.news = []
  }

  private func approvalEvent(_ record: ApprovalRecord, _ void: String?) -> Event {
    var payload: [Value.Entry] = [
      .init("decision", .string(record.decision.rawValue)), .init("by", .string(record.by)),
      .init("user", record.user.map(Value.string) ?? .null), .init("host", .string(record.host)),
      .init("email", record.email.map(Value.string) ?? .null), .init("note", record.note.map(Value.string) ?? .null),
      .init("at", .string(Timestamp.rfc3339(record.at))),
      .init("expires_at", record.expiresAt.map { .string(Timestamp.rfc3339($0)) } ?? .null),
      .init("standing", .bool(record.isStanding)), .init("digest", .string(record.digest.hex)),
    ]
    if let void { payload.append(.init("void", .string(void))) }
    return Event(.approval, step: record.step, at: wallNow, payload: payload)
  }

  /// A no before anything was done: nothing is run any more, `finally` neither.
  func stopIfNothingRan() {
    guard running.isEmpty, !records.contains(where: \.ranInRun) else { return }
    scheduler.handle(.halt)
  }
}
