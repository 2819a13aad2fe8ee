internal import Executor
internal import Glibc
internal import Journal
internal import PlanDocument
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// `execplan apply`: runs a plan, or goes on where it stopped.
enum ApplyCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let saved = try SavedPlanFile.named(parsed.positional("PLAN"))
      try saved?.requireNothingElse(of: parsed)
      if let refusal = saved?.refusalOfChange { throw refusal }
      if parsed.has("dry-run") { return try dryRun(invocation, json: json) }
      let runnable = try load(invocation, saved)
      // A run of nothing that "succeeds" would hide that the steps of a document are prose.
      if runnable.planned.nodes.isEmpty {
        throw CommandFailure(
          .invalidPlan, "the plan declares no steps, so there is nothing to run",
          advice: "execplan show \(runnable.command.plan)")
      }
      if let refusal = try PlanIdentity.conflict(runnable) { throw refusal }
      if let refusal = try runnable.unmetRequirements() { throw refusal }
      var options = ExecutionOptions(applying: parsed)
      if let saved { options.choose(saved.plan.choices) }
      let use = saved?.use(runnable, options)
      let events = try parsed.value("events").map { try EventOutput($0, console: invocation.console) }
      if parsed.has("write-back"), runnable.loaded.document.dialect != .markdown {
        throw CommandFailure(
          .usage, "--write-back is for markdown plans: a YAML plan has no living sections",
          advice: "execplan apply \(runnable.command.plan)")
      }
      if parsed.has("ask"), try !isAgreed(invocation, runnable, options, use) { return .waiting }
      // Relative paths in SQL and elsewhere begin at the project root, whatever folder the person is in.
      guard unsafe chdir(runnable.site.root) == 0 else {
        throw CommandFailure(.ioError, "cannot enter \"\(runnable.site.root)\": \(ErrnoText.text(errno))")
      }
      return try execute(invocation, runnable, options, use, events, json: json)
    }
  }

  private static func load(_ invocation: Invocation, _ saved: SavedPlanFile?) throws -> RunnablePlan {
    if let saved { return try RunnablePlan.load(invocation, saved: saved) }
    let parsed = invocation.parsed
    return try RunnablePlan.load(
      invocation, parsed.positional("PLAN"), prefersUnfinished: true, usesRecorded: parsed.has("resume"),
      adopted: parsed.count("adopt-run").map(Int64.init))
  }

  private static func dryRun(_ invocation: Invocation, json: Bool) throws -> ExitCode {
    let parsed = invocation.parsed
    let runnable = try RunnablePlan.load(
      invocation, parsed.positional("PLAN"), prefersUnfinished: true, usesRecorded: parsed.has("resume"))
    let preview = try ChangePreview.make(runnable, options: ExecutionOptions(applying: parsed), probe: false)
    if let refusal = preview.refusal, refusal.exitCode == .usage { throw refusal }
    if json {
      invocation.console.write(preview.view.json())
    } else {
      invocation.console.write(
        preview.view.text(invocation.console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width))
      if let refusal = preview.refusal { _ = Reply.refused(invocation, json: false, refusal) }
    }
    return .success
  }

  /// Shows the change set and asks; without a terminal the answer is the command that starts it.
  private static func isAgreed(
    _ invocation: Invocation, _ runnable: RunnablePlan, _ options: ExecutionOptions, _ saved: SavedPlanUse?
  ) throws -> Bool {
    let preview = try ChangePreview.make(runnable, options: options, probe: saved?.plan.choices.probes ?? false)
    let console = invocation.console
    console.writeError(preview.view.text(console.errorStyle, width: TerminalSize.of(descriptor: 2)?.width))
    guard isatty(0) == 1, !invocation.globals.neverAsks else {
      console.error("--ask needs a terminal")
      console.writeError("  execplan apply \(saved?.file ?? runnable.command.plan)\n")
      return false
    }
    console.writeError("apply this? [y/N] ")
    let answer = readLine()?.lowercased()
    return answer == "y" || answer == "yes"
  }

  private static func execute(
    _ invocation: Invocation, _ runnable: RunnablePlan, _ options: ExecutionOptions, _ saved: SavedPlanUse?,
    _ events: EventOutput?, json: Bool
  ) throws -> ExitCode {
    let console = invocation.console
    var options = options
    if let fitting = OpenFileLimit.jobs(wanted: options.jobs) {
      console.say("note: at most \(fitting) steps at a time: the limit of open files (ulimit -n) allows no more")
      options.jobs = fitting
    }
    let writesBack = invocation.parsed.has("write-back") || WriteBack.isWanted(by: runnable.loaded.document)
    let writeBack = writesBack ? WriteBack(runnable, console: console) : nil
    let observer = ApplyObserver(
      console: console, events: events, plan: runnable.planned, writeBack: writeBack, isMachine: json)
    defer { observer.close() }
    var session = ApplySession(
      planned: runnable.base, site: runnable.site, options: options, command: runnable.command,
      arguments: CommandLine.arguments, lockTimeout: invocation.parsed.duration("lock-timeout") ?? .zero,
      source: String(decoding: runnable.loaded.source.bytes, as: UTF8.self), restore: runnable.restored)
    session.saved = saved
    var outcome = try session.run(observer: observer)
    if case .refused(let refusal) = outcome, saved == nil, let conflicts = refusal.conflicts,
      let answers = ConflictPrompt(invocation, runnable).answers(to: conflicts)
    {
      session.options.answers = answers
      outcome = try session.run(observer: observer)
    }
    switch outcome {
    case .nothing(let text):
      observer.close()
      let next = writeBack?.finish(nil, [])
      if json {
        console.write(
          try StatusReport.view(
            runnable.site.state, plan: runnable.planned.plan.key, run: nil, command: runnable.command
          ).json())
      } else {
        console.say(text)
        if let next { console.say("next: \(next)") }
      }
      return .success
    case .refused(let refusal):
      observer.close()
      // A step in doubt, which only a person can decide, is the state of the plan.
      if refusal.exitCode == .refused { _ = writeBack?.finish(nil, []) }
      return Reply.refused(invocation, json: json, refusal)
    case .finished(let result):
      observer.close()
      if ApprovalReview.isDue(invocation, result, options, json: json) {
        _ = writeBack?.finish(result, [])
        var review = ApprovalReview(invocation: invocation, runnable: runnable)
        if case .goOn(let runnable) = try review.conduct(result) {
          return try execute(invocation, runnable, options.goingOn, nil, events, json: json)
        }
      }
      var summary = ApplySummary(result: result, runnable: runnable, selection: options.selection).summary
      let failures = summary.failures.map { ($0.id, $0.reason, $0.lastLines) }
      if let next = writeBack?.finish(result, failures) { summary.nextCommands.append(next) }
      if json {
        console.write(
          try StatusReport.view(
            runnable.site.state, plan: runnable.planned.plan.key, run: result.run, command: runnable.command
          ).json())
      } else if events?.isStandardOutput == true {
        console.writeError(summary.text(console.errorStyle))
      } else if !console.isQuiet || result.exitCode != .success {
        console.write(summary.text(console.outputStyle))
      }
      return result.exitCode
    }
  }
}
