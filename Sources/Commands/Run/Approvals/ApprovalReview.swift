internal import Executor
internal import Glibc
internal import Journal
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText
internal import Subprocess

/// What `apply` asks on a terminal where the plan asks people: show the plan, then approve, edit or reject it.
struct ApprovalReview {
  enum Answer {
    /// Something was recorded; the run goes on, with the plan as it is now.
    case goOn(RunnablePlan)
    case quit
  }

  let invocation: Invocation
  private(set) var runnable: RunnablePlan
  /// What is asked about, as it was when it was shown.
  private var shown: [Int: ApprovalSubject] = [:]

  init(invocation: Invocation, runnable: RunnablePlan) {
    self.invocation = invocation
    self.runnable = runnable
  }

  /// Whether a run that paused like this is to be reviewed here.
  static func isDue(_ invocation: Invocation, _ result: RunResult, _ options: ExecutionOptions, json: Bool) -> Bool {
    guard result.exitCode == .waiting, options.approvalWait == .none, !json else { return false }
    guard isatty(0) == 1, isatty(2) == 1, !invocation.globals.neverAsks else { return false }
    // A step of a run answers no question.
    guard invocation.environment["EXECPLAN_RUN_ID"] == nil else { return false }
    return result.steps.contains { $0.state == .waiting && $0.awaited?.question != nil }
  }

  private var console: Console { invocation.console }
  private var planned: PlannedPlan { runnable.planned }

  mutating func conduct(_ result: RunResult) throws -> Answer {
    let waiting = result.steps.filter { $0.state == .waiting && $0.awaited?.question != nil }.map(\.id)
    try show(waiting)
    while true {
      console.writeError("a(pprove all), p(hases), e(dit), r(eject) or q(uit)? ")
      switch readLine()?.lowercased().first {
      case "a":
        if try record(.approved, open(waiting), nil) { return .goOn(runnable) }
      case "p":
        let chosen = try open(waiting).filter { agrees($0) }
        if !chosen.isEmpty, try record(.approved, chosen, nil) { return .goOn(runnable) }
      case "r":
        console.writeError("why? ")
        let note = readLine().flatMap { $0.isEmpty ? nil : $0 }
        if try record(.rejected, nodes(waiting), note) { return .goOn(runnable) }
      case "e":
        if try edit() { try show(waiting) }
      case "q", nil: return .quit
      default: break
      }
    }
  }

  // MARK: What is asked

  private mutating func show(_ waiting: [String]) throws {
    let asked = try open(waiting)
    try look(asked)
    let loaded = runnable.loaded
    if let plan = loaded.plan, let graph = loaded.graph {
      let view = ShowView(
        ReviewedPlan(
          project: loaded.project, plan: plan, graph: graph, document: loaded.document, name: loaded.source.path))
      console.writeError(view.text(console.errorStyle, width: TerminalSize.of(descriptor: 2)?.width))
    }
    for node in asked {
      guard case .approve(let action) = planned.nodes[node].step.action else { continue }
      var line = "asked: \(planned.nameOfApproval(node))"
      if !planned.nodes[node].isDemandedApproval { line += ": \(action.message.readable)" }
      if !action.approvers.isEmpty { line += " (\(action.approvers.joined(separator: ", ")))" }
      console.writeError(PrintableText.line(line) + "\n")
    }
  }

  private mutating func look(_ nodes: [Int]) throws {
    let done = try checkpoints()
    let subjects = ApprovalSubjects(planned)
    shown = [:]
    // What can't be read can't be approved either.
    for node in nodes {
      shown[node] = try? subjects.subject(of: node, runnable.site.files) { done[planned.nodes[$0].id] }
    }
  }

  private func nodes(_ ids: [String]) -> [Int] { ids.compactMap { planned.graph.index(of: $0) } }

  /// What waits now, and what else the plan demands and the run has not passed.
  private func open(_ waiting: [String]) throws -> [Int] {
    let done = try checkpoints()
    let asked = Set(waiting)
    return planned.approvals.filter { node in
      let id = planned.nodes[node].id
      return asked.contains(id) || planned.graph.nodes[node].isApproval && done[id] == nil
    }
  }

  /// Of the unfinished run, as far as it has come.
  private func checkpoints() throws -> [String: Checkpoint] {
    try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      guard let run = try reader.unfinishedRun(plan: planned.plan.key) else { return [:] }
      return try reader.checkpoints(run: run.id)
    }
  }

  private func agrees(_ node: Int) -> Bool {
    console.writeError("approve \(PrintableText.line(planned.nameOfApproval(node)))? [y/N] ")
    let answer = readLine()?.lowercased()
    return answer == "y" || answer == "yes"
  }

  // MARK: What is answered

  /// - Returns: false when it was refused, which was told.
  private mutating func record(
    _ decision: ApprovalRecord.Decision, _ nodes: [Int], _ note: String?
  ) throws -> Bool {
    let person = ApprovingPerson(invocation, root: runnable.project.root)
    var session = ApprovalSession(
      planned: planned, site: runnable.site, nodes: nodes, decision: decision,
      by: person.name(among: planned, nodes), command: runnable.command)
    session.user = person.user
    session.email = person.email
    session.note = note
    session.shown = shown
    switch try session.record() {
    case .refused(let refusal):
      _ = Reply.refused(invocation, json: false, refusal)
      try look(Array(shown.keys))
      return false
    case .recorded(let answers):
      for answer in answers { console.say(ApprovalText(planned).line(answer)) }
      return true
    }
  }

  /// Lets the person change the plan, until it is valid or they give up.
  private mutating func edit() throws -> Bool {
    let path = PathName.absolute(runnable.project.root + "/" + planned.plan.path)
    while true {
      guard EditorProgram.open(path, invocation.environment) else {
        console.error("no editor could be started; $VISUAL or $EDITOR names one")
        return false
      }
      do {
        runnable = try RunnablePlan.load(invocation, path, prefersUnfinished: true, usesRecorded: true)
        return true
      } catch let error as InvalidPlan {
        console.writeError(String(decoding: error.report.text(console.errorStyle, .init()), as: UTF8.self))
      } catch let error as CommandFailure {
        console.error(error.message)
      }
      console.writeError("edit again? [Y/n] ")
      guard let answer = readLine()?.lowercased(), answer != "n", answer != "no" else { return false }
    }
  }
}
