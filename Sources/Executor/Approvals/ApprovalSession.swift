internal import Digest
package import Journal
internal import PlanModel
package import Planner
internal import SourceText

/// Records what a person says where a plan asks. It takes no lock of the plan, so that a run that waits hears of it; that
/// of the state directory keeps it apart from maintenance.
package struct ApprovalSession {
  package struct Answer: Sendable {
    /// The node that asks.
    package var node: Int
    /// As it stands in the journal; nil: the run has passed this already, and nothing was recorded.
    package var record: ApprovalRecord?
    /// What it comes to now.
    package var standing: ApprovalStanding
    /// How many steps it is about.
    package var stepCount: Int
    /// The run that it counts for.
    package var run: Int64?
  }

  package enum Outcome: Sendable {
    case recorded([Answer])
    case refused(Refusal)
  }

  package var planned: PlannedPlan
  package var site: ExecutionSite
  /// Nodes that ask.
  package var nodes: [Int]
  package var decision: ApprovalRecord.Decision
  /// By their own word.
  package var by: String
  /// What the system and git know.
  package var user: String?
  package var email: String?
  package var note: String?
  package var expires: Duration?
  package var isStanding = false
  /// Whether it counts for the unfinished run, if there is one.
  package var joins = true
  package var command: CommandWords
  /// What the person was shown, by the node that asks: nothing else is approved. A node that is missing was not shown here.
  package var shown: [Int: ApprovalSubject] = [:]

  package init(
    planned: PlannedPlan, site: ExecutionSite, nodes: [Int], decision: ApprovalRecord.Decision, by: String,
    command: CommandWords
  ) {
    self.planned = planned
    self.site = site
    self.nodes = nodes
    self.decision = decision
    self.by = by
    self.command = command
  }

  private var key: String { planned.plan.key }

  package func record() throws -> Outcome {
    if let problem = ApproverName.problem(by) {
      return .refused(Refusal(.usage, "\"--by\" \(problem)", nextCommands: ["approve \(command.plan) --by NAME"]))
    }
    for node in nodes { if let refusal = wrongApprover(node) { return .refused(refusal) } }
    let journal = try site.world.openJournal(site.state)
    defer { try? journal.close() }
    guard let stateLock = try site.world.shareState(site.state, timeout: .seconds(5)) else {
      return .refused(Refusal(.locked, "the state directory is being maintained; try again"))
    }
    defer { withExtendedLifetime(stateLock) {} }
    site.secrets.readAhead()
    let run = try journal.read { reader throws(JournalError) in try reader.unfinishedRun(plan: key) }
    let joined = joins && !isStanding ? run : nil
    if joined == nil, !isStanding || run == nil, let refusal = unknownValues { return .refused(refusal) }
    let checkpoints = try run.map { run in
      try journal.read { reader throws(JournalError) in try reader.checkpoints(run: run.id) }
    }
    let about = ApprovalSubjects(planned)
    var subjects: [Int: ApprovalSubject] = [:]
    var writes: [JournalWrite] = [.plan(key: key, path: planned.plan.path, title: planned.plan.title)]
    var answered: Set<Int> = []
    for node in nodes {
      let id = planned.nodes[node].id
      let subject: ApprovalSubject
      do throws(FileProbeError) {
        subject = try about.subject(of: node, site.files) { checkpoints?[planned.nodes[$0].id] }
      } catch {
        return .refused(Refusal(.ioError, "\(planned.nameOfApproval(node)) can't be looked at: \(error)"))
      }
      subjects[node] = subject
      if decision == .approved, let shown = shown[node], shown.digest != subject.digest {
        let changes = subject.differences(from: shown.recorded).joined(separator: ", ")
        return .refused(
          Refusal(.refused, "\(planned.nameOfApproval(node)) is not what was shown any more: \(changes)"))
      }
      if let run = joined, let passed = checkpoints?[id], passed.fingerprint.inputs == subject.digest {
        guard decision == .rejected else { continue }
        return .refused(
          Refusal(
            .refused, "run \(run.id) has passed \(planned.nameOfApproval(node)) already: \(passed.reason)",
            nextCommands: ["status \(command.plan)"]))
      }
      answered.insert(node)
      writes.append(.approve(made(node, subject), parts: subject.recorded, joins: joins))
    }
    if writes.count > 1 { try journal.commit(writes) }
    return .recorded(
      try journal.read { reader throws(JournalError) in
        try answers(reader, subjects, answered, run: joined?.id)
      })
  }

  /// Nobody has seen what is asked when steps that have not run say it.
  private var unknownValues: Refusal? {
    for node in nodes where decision == .approved {
      guard let step = AskedValues(planned, node)?.sources.first else { continue }
      let words = ["apply", command.plan, command.parameters]
      return Refusal(
        .refused, "\(planned.nameOfApproval(node)) asks about what \"\(step)\" finds, and no run has come to that",
        nextCommands: [words.filter { !$0.isEmpty }.joined(separator: " ")])
    }
    return nil
  }

  private func wrongApprover(_ node: Int) -> Refusal? {
    guard case .approve(let action) = planned.nodes[node].step.action, !action.approvers.isEmpty,
      !ApproverName.isOne(by, of: action.approvers)
    else { return nil }
    return Refusal(
      .refused, "\"\(by)\" is no approver of \(planned.nameOfApproval(node))",
      details: ["approvers: \(action.approvers.joined(separator: ", "))"],
      nextCommands: ["\(command.approve(planned.nodes[node].id)) --by NAME"])
  }

  private func made(_ node: Int, _ subject: ApprovalSubject) -> ApprovalRecord {
    var record = ApprovalRecord(
      plan: key, step: planned.nodes[node].id, decision: decision, digest: subject.digest,
      by: site.secrets.masked(ApproverName.cleaned(by)), host: site.world.machine.host, at: site.world.wallNow())
    record.user = user
    record.email = email
    record.note = note.map { site.secrets.masked($0) }
    record.isStanding = isStanding
    if decision == .approved, case .approve(let action) = planned.nodes[node].step.action,
      let duration = [expires, action.expires].compactMap(\.self).min()
    {
      record.expiresAt = record.at + Int64(duration.wholeMilliseconds)
    }
    return record
  }

  private func answers(
    _ reader: any JournalReading, _ subjects: [Int: ApprovalSubject], _ answered: Set<Int>, run: Int64?
  ) throws(JournalError) -> [Answer] {
    let all = try reader.approvals(plan: key)
    let last = Dictionary(all.map { ($0.step, $0) }, uniquingKeysWith: { $1 })
    var answers: [Answer] = []
    // All of them are about one run or two: that which goes on, and the next.
    var books: [Int64?: ApprovalBook] = [:]
    for node in nodes {
      guard let subject = subjects[node], case .approve(let action) = planned.nodes[node].step.action else { continue }
      let id = planned.nodes[node].id
      let record = answered.contains(node) ? last[id] : nil
      let run = record.map(\.run) ?? run
      let book: ApprovalBook
      if let known = books[run] {
        book = known
      } else {
        book = try ApprovalBook.read(reader, plan: key, run: run)
        books[run] = book
      }
      let standing = try book.standing(
        of: action, step: id, about: subject.digest, now: site.world.wallNow(), reader
      ) { subject }
      answers.append(
        Answer(node: node, record: record, standing: standing, stepCount: subject.stepCount, run: run))
    }
    return answers
  }
}
