internal import Executor
internal import Glibc
internal import Journal
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// `execplan approve`: records what a person says where a plan asks.
enum ApproveCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: false) {
      if let run = invocation.environment["EXECPLAN_RUN_ID"] {
        throw Refusal(
          .refused, "this command was started by run \(run), and a run approves nothing",
          details: ["people approve, from a shell of their own"])
      }
      let (runnable, words) = try target(invocation)
      let steps = words + invocation.parsed.values("step")
      let nodes = try ApprovalTargets(runnable: runnable).nodes(steps: steps, phases: invocation.parsed.values("phase"))
      let session = try session(invocation, runnable, nodes)
      switch try session.record() {
      case .refused(let refusal): throw refusal
      case .recorded(let answers): return try tell(invocation, runnable, session, answers)
      }
    }
  }

  /// The first word is a plan if there is one of that name, else a step.
  private static func target(_ invocation: Invocation) throws -> (RunnablePlan, [String]) {
    let parsed = invocation.parsed
    let words = parsed.words("STEP")
    guard let word = parsed.positional("PLAN") else { return (try load(invocation, nil), words) }
    do {
      return (try load(invocation, word), words)
    } catch let failure as CommandFailure where failure.exitCode == .usage {
      guard let runnable = try? load(invocation, nil),
        runnable.planned.approvals.contains(where: { runnable.planned.nodes[$0].id == word })
      else { throw failure }
      return (runnable, [word] + words)
    }
  }

  private static func load(_ invocation: Invocation, _ word: String?) throws -> RunnablePlan {
    try RunnablePlan.load(invocation, word, prefersUnfinished: true, usesRecorded: true)
  }

  private static func session(
    _ invocation: Invocation, _ runnable: RunnablePlan, _ nodes: [Int]
  ) throws -> ApprovalSession {
    let parsed = invocation.parsed
    var session = ApprovalSession(
      planned: runnable.planned, site: runnable.site, nodes: nodes,
      decision: parsed.has("reject") ? .rejected : .approved, by: "", command: runnable.command)
    let person = ApprovingPerson(invocation, root: runnable.project.root)
    session.by = parsed.value("by") ?? person.name(among: runnable.planned, nodes)
    session.user = person.user
    session.email = person.email
    session.note = parsed.value("note")
    session.expires = parsed.duration("expires")
    session.isStanding = parsed.has("standing")
    let run = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      try reader.unfinishedRun(plan: runnable.planned.plan.key)
    }
    // With other parameters it is about another run.
    session.joins = run.map { fits($0, runnable.planned) } ?? true
    return session
  }

  private static func fits(_ run: Run, _ planned: PlannedPlan) -> Bool {
    let now = planned.plan.parameters.map { Value.Entry($0.name.value, $0.value ?? .null) }
    let before = Dictionary(run.params.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return run.profile == planned.plan.profile && now.allSatisfy { before[$0.key] == nil || before[$0.key] == $0.value }
  }

  // MARK: What came of it

  private static func tell(
    _ invocation: Invocation, _ runnable: RunnablePlan, _ session: ApprovalSession, _ answers: [ApprovalSession.Answer]
  ) throws -> ExitCode {
    let console = invocation.console
    for answer in answers { console.say(ApprovalText(runnable.planned).line(answer)) }
    let run = answers.compactMap(\.run).first
    if session.decision == .rejected {
      if let run { console.say("run \(run) fails when it goes on: execplan \(runnable.command.resume())") }
      return .success
    }
    if let open = answers.first(where: { if case .open = $0.standing.answer { true } else { false } }) {
      let id = runnable.planned.nodes[open.node].id
      console.say("somebody else must approve, too: execplan \(runnable.command.approve(id)) --by NAME")
      return .success
    }
    if case .held = try PlanLock.status(runnable.site.state, plan: runnable.planned.plan.key) {
      console.say("the plan is being applied: a run that waits for this goes on by itself")
      return .success
    }
    if invocation.parsed.has("continue") { return try goOn(invocation, runnable, run: run) }
    let next = run == nil ? ["apply", runnable.command.plan, runnable.command.parameters] : [runnable.command.resume()]
    console.say("next: execplan \(next.filter { !$0.isEmpty }.joined(separator: " "))")
    return .success
  }

  private static func goOn(_ invocation: Invocation, _ runnable: RunnablePlan, run: Int64?) throws -> ExitCode {
    if run != nil { return try CheckpointCommand.goOn(invocation, runnable) }
    let given = ["param", "params-file", "profile"].flatMap { name in
      invocation.parsed.values(name).flatMap { ["--\(name)", $0] }
    }
    return try CheckpointCommand.goOn(invocation, runnable, options: given)
  }
}
