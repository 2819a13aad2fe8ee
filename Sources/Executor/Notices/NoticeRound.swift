internal import Digest
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess
internal import Synchronization

/// Tells how a run ended, after that is recorded. Whatever becomes of the notices, the run's state stays what it is.
///
/// Each is recorded when it was sent or given up: what a crash or a signal kept from being sent is sent by the next
/// invocation that executes the plan. So each is sent at least once, and twice only if the crash hit between the two.
struct NoticeRound {
  let planned: PlannedPlan
  let site: ExecutionSite
  let journal: any JournalStore
  let outcome: RunOutcome
  /// How many of the notices were sent before.
  var sent = 0
  /// Tells this end of the run from others.
  let end: Int64

  func send(_ invocation: any InvocationWorld, observer: any RunObserver) throws {
    guard let (key, notices) = planned.plan.notices.due(in: outcome.state), sent < notices.count else { return }
    let cancellation = Cancellation()
    for index in sent..<notices.count {
      let sender = try sender(notices[index], key, index, cancellation)
      let problem = try answer(of: sender, invocation, cancellation)
      // The person wants the program to end; the next one sends it.
      if cancellation.isCancelled {
        observer.said("\(notices.count - index) of the notices of \"\(key)\" are sent by the next apply")
        return
      }
      var payload: [Value.Entry] = [
        .init("on", .string(key)), .init("number", .int(index + 1)),
        .init("channel", .string(notices[index].channel.name)), .init("sent", .bool(problem == nil)),
      ]
      if let problem {
        payload.append(.init("reason", .string(problem)))
        observer.said(
          "warning: notice \(index + 1) of \"\(key)\" (\(notices[index].channel.name)) was not sent: \(problem)")
      }
      let event = Event(.notice, at: site.world.wallNow(), payload: payload)
      let sequences = try journal.commit([.event(run: outcome.run, event)])
      for sequence in sequences { observer.recorded(event, sequence: sequence) }
    }
  }

  private func sender(
    _ notice: Notice, _ key: String, _ index: Int, _ cancellation: Cancellation
  ) throws -> NoticeSender {
    var step = Step(id: Located("notify", .fileStart), action: .check(CheckAction(checks: [])))
    step.shell = notice.shell
    step.timeout = notice.timeout
    var details = StepDetails()
    details.secrets = notice.secrets
    step.details = details
    let node = PlannedNode(beside: step)
    var scope = RunScope(statics: planned.statics, files: site.files, secrets: site.secrets)
    scope.run = [
      .id: .int(Int(outcome.run)), .state: .string(outcome.state.rawValue),
      .date: .string(String(Timestamp.rfc3339(site.world.wallNow()).prefix(10))),
      .startedAt: .string(Timestamp.rfc3339(site.world.wallNow())), .resumed: .bool(false),
    ]
    scope.hasFailure = outcome.state == .failed
    let token = IdempotencyKey.of(
      journal: journal.uuid, run: outcome.run, step: "\(key)/\(index)/\(end)", generation: 0,
      definition: node.digest)
    let identity = [
      ("EXECPLAN_RUN_ID", String(outcome.run)), ("EXECPLAN_PLAN", outcome.plan),
      ("EXECPLAN_RUN_STATE", outcome.state.rawValue), ("EXECPLAN_EXIT_CODE", String(outcome.exitCode)),
      ("EXECPLAN_SUMMARY", site.secrets.masked(outcome.text)), ("EXECPLAN_IDEMPOTENCY_KEY", token),
    ]
    let context = StepContext(
      site: site, node: node, planEnvironment: planned.plan.env, scope: scope, identity: identity,
      idempotencyKey: token, cancellation: cancellation)
    let files = AttemptFiles(site.state, run: outcome.run, attempt: 0)
    try files.makeFolder(in: site.world)
    return NoticeSender(notice: notice, outcome: outcome, context: context, scratch: "\(files.scratch).notice\(index)")
  }

  /// Sends in another thread, so that a signal still ends it.
  private func answer(
    of sender: NoticeSender, _ invocation: any InvocationWorld, _ cancellation: Cancellation
  ) throws -> String? {
    let answer = NoticeAnswer()
    let pool = try WorkerPool(name: "notices", limit: 1)
    try pool.submit { answer.set(sender.send()) }
    defer { pool.finish() }
    while !answer.isThere {
      if try invocation.signal(until: site.world.bootNow() + .milliseconds(20)) != nil { cancellation.cancel() }
    }
    return answer.problem
  }
}

/// What a thread that sends a notice comes to.
private final class NoticeAnswer: Sendable {
  private let state = Mutex<(isThere: Bool, problem: String?)>((false, nil))

  func set(_ problem: String?) { state.withLock { $0 = (true, problem) } }
  var isThere: Bool { state.withLock { $0.isThere } }
  var problem: String? { state.withLock { $0.problem } }
}
