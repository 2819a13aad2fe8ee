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
    let question = records[node].question ?? OpenQuestion()
    records[node].question = question
    do {
      let standing = try journal.read { reader throws(JournalError) -> ApprovalStanding in
        try approvalBook.readOn(reader)
        return try look(action, node, question, reader)
      }
      hear(standing, question, node)
      return true
    } catch {
      journalFailure = error
      return false
    }
  }

  /// An approval is void while what is there is not what was approved, no longer: the files are looked at every time.
  private func look(
    _ action: ApproveAction, _ node: Int, _ question: OpenQuestion, _ reader: any JournalReading
  ) throws(JournalError) -> ApprovalStanding {
    let id = planned.nodes[node].id
    guard let last = approvalBook.last(about: id) else { return ApprovalStanding(.open("")) }
    let beganAt = now
    defer { question.lookTime = now - beganAt }
    let topic = question.topic ?? approvalSubjects.topic(of: node, site.files) { outcome(of: $0) }
    question.topic = topic
    let files: [ApprovalSubject.Part]
    do {
      files = try topic.look(site.files)
    } catch {
      question.files = nil
      return ApprovalStanding(.open("\(error)"))
    }
    let known = question.standing
    if known.last == last, question.files == files, !known.mayExpire { return known }
    question.files = files
    return try approvalBook.standing(
      of: action, step: id, about: topic.digest(with: files), now: wallNow, reader
    ) { approvalSubjects.subject(of: node, with: files, site.files) { outcome(of: $0) } }
  }

  private func hear(_ standing: ApprovalStanding, _ question: OpenQuestion, _ node: Int) {
    question.standing = standing
    for id in standing.expired {
      question.unsaid.append(.expireApproval(id, at: wallNow))
      approvalBook.expire(id, of: planned.nodes[node].id, at: wallNow)
    }
    let void = Dictionary(standing.void.map { ($0.record.id, $0.why) }, uniquingKeysWith: { first, _ in first })
    for record in standing.heard {
      let why = void[record.id]
      if question.heard.updateValue(why != nil, forKey: record.id) != (why != nil) {
        question.news.append(approvalEvent(record, why))
      }
    }
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
    // A look at very many files may take a part of the time, not all of it.
    var next = now + max(Supervisor.interval, question.lookTime * 10)
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
