internal import Executor
internal import Glibc
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// `execplan checkpoint PLAN --all-marked`: takes a person's word for all tasks that the plan's tables mark as done.
enum MarkedTasks {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    guard let note = parsed.value("note"), !note.isEmpty else {
      throw UsageError("--all-marked needs --note", advice: "say how you know that it is done", command: "checkpoint")
    }
    if parsed.positional("STEP") != nil {
      throw UsageError(
        "--all-marked names no step", advice: "leave STEP out, or leave out --all-marked", command: "checkpoint")
    }
    let runnable = try CheckpointCommand.load(invocation, parsed.positional("PLAN"))
    let marked = Set(runnable.planned.plan.tasks.filter { $0.state == .done }.map(\.stepID))
    guard !marked.isEmpty, runnable.planned.plan.hasManualTasks else {
      throw Refusal(
        .refused, "no task that is a step is marked as done",
        details: runnable.planned.plan.hasManualTasks
          ? [] : ["\"tasks: manual\" in the front matter makes steps of them"])
    }
    var count = 0
    while case let recorded = try record(marked, note, invocation, runnable), recorded > 0 {
      count += recorded
      guard parsed.has("continue") else { break }
      _ = try CheckpointCommand.goOn(invocation, runnable, console: silence(invocation))
    }
    if count == 0 {
      throw Refusal(
        .refused, "no step that waits is marked as done", nextCommands: ["apply \(runnable.command.plan)"])
    }
    if parsed.has("continue") { return try CheckpointCommand.goOn(invocation, runnable) }
    invocation.console.say("next: execplan \(runnable.command.resume())")
    return .success
  }

  /// Records all marked steps that wait now.
  ///
  /// - Returns: how many.
  private static func record(
    _ marked: Set<String>, _ note: String, _ invocation: Invocation, _ runnable: RunnablePlan
  ) throws -> Int {
    let waiting = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      try StepCompletion.waiting(reader, planned: runnable.planned)
    }
    var count = 0
    for (node, _) in waiting where marked.contains(runnable.planned.nodes[node].id) {
      let completion = StepCompletion(
        planned: runnable.planned, site: runnable.site, node: node, values: [], met: [],
        evidence: invocation.parsed.values("evidence"), note: note,
        by: invocation.parsed.value("by") ?? CheckpointCommand.userName(invocation), command: runnable.command)
      if case .refused(let refusal) = try completion.record(arguments: CommandLine.arguments) { throw refusal }
      invocation.console.say("\"\(runnable.planned.nodes[node].id)\" is done, as its row says")
      count += 1
    }
    return count
  }

  /// The legs between tell nothing: the last one says where the run stands.
  private static func silence(_ invocation: Invocation) -> Console? {
    let null = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard null >= 0 else { return nil }
    return Console(output: null, errors: null, globals: invocation.globals, environment: invocation.environment)
  }
}
