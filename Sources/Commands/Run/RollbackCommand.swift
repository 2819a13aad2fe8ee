internal import Executor
internal import Glibc
internal import Journal
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText
internal import Subprocess

/// `execplan rollback`: takes back what the latest run of a plan did.
enum RollbackCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let reference = try PlanReference.find(invocation, parsed.positional("PLAN"))
      let current = try current(reference)
      var session = session(invocation, reference, current?.planned)
      let opening = try JournalAccess.read(reference.project.state) { reader throws(JournalError) in
        try session.opening(reader)
      }
      if parsed.has("dry-run") { return try dryRun(invocation, reference, opening, json: json) }
      switch opening.decision {
      case .nothing(let text): return try nothing(invocation, reference, text, json: json)
      case .refuse(let refusal) where refusal.exitCode == .usage: throw refusal
      // What a step that still runs comes to is seen under the plan's lock.
      case .refuse, .goOn: break
      }
      if case .goOn = opening.decision {
        switch try agreement(invocation, reference, opening) {
        case nil: return .success
        case .failure(let refusal)?: throw refusal
        case .success(let answer)?:
          session.agreement = answer
          session.agreed = opening.entries.map(\.step)
        }
      } else if asks(invocation) || invocation.globals.neverAsks, !parsed.has("yes") {
        // Should it be possible by then, nobody has agreed to it.
        session.agreed = []
      } else {
        session.agreement = parsed.has("yes") ? "--yes" : "no terminal"
      }
      // Relative paths in SQL and elsewhere begin at the project root, whatever folder the person is in.
      guard unsafe chdir(session.site.root) == 0 else {
        throw CommandFailure(.ioError, "cannot enter \"\(session.site.root)\": \(ErrnoText.text(errno))")
      }
      return try execute(invocation, reference, current, session, json: json)
    }
  }

  private static func session(
    _ invocation: Invocation, _ reference: PlanReference, _ current: PlannedPlan?
  ) -> RollbackSession {
    let parsed = invocation.parsed
    var request = RollbackRequest()
    request.run = parsed.count("run").map(Int64.init)
    request.to = parsed.value("to").map { ForeachItem.canonicalID($0) ?? $0 }
    request.passesIrreversible = parsed.has("past-irreversible")
    request.overwrites = parsed.has("overwrite")
    let project = reference.project
    var site = ExecutionSite(
      root: project.root, state: project.state, files: ProjectProbe.make(root: project.root),
      environment: ProcessEnvironment.inherited(), secrets: current?.plan.secrets ?? [])
    site.actionFolders = project.actionFolders
    return RollbackSession(
      site: site, plan: reference.key, request: request, options: ExecutionOptions(rollingBack: parsed),
      command: reference.command, arguments: CommandLine.arguments,
      lockTimeout: parsed.duration("lock-timeout") ?? .zero, current: current
    ) { run, source in RunnablePlan.restored(run, source: source, in: project) }
  }

  /// The plan as its file is now, with the parameters of its run; nil if it can't be read.
  private static func current(_ reference: PlanReference) throws -> RunnablePlan? {
    guard let file = reference.file, let source = try? PlanFile.read(file) else { return nil }
    let run = try JournalAccess.read(reference.project.state) { reader throws(JournalError) in
      try reader.latestRun(plan: reference.key)
    }
    let loaded = LoadedPlan.load(
      source, path: reference.project.relative(file), in: reference.project,
      input: run.map { RunnablePlan.recorded($0) } ?? .init())
    guard !loaded.hasErrors, let plan = loaded.plan, let graph = loaded.graph, let planned = PlannedPlan(plan, graph)
    else { return nil }
    return RunnablePlan(
      loaded: loaded, planned: planned, base: planned, site: reference.project.site(for: plan),
      command: reference.command, given: [])
  }

  // MARK: Before it begins

  private static func dryRun(
    _ invocation: Invocation, _ reference: PlanReference, _ opening: RollbackOpening, json: Bool
  ) throws -> ExitCode {
    let console = invocation.console
    switch opening.decision {
    case .refuse(let refusal) where refusal.exitCode == .usage || opening.run == nil: throw refusal
    case .nothing(let text) where !json: console.say(text)
    case .refuse, .nothing, .goOn:
      let view = RollbackView(opening: opening, reference: reference).view
      if json {
        console.write(view.json())
      } else {
        console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width))
        if case .refuse(let refusal) = opening.decision { _ = Reply.refused(invocation, json: false, refusal) }
      }
    }
    return .success
  }

  private static func nothing(
    _ invocation: Invocation, _ reference: PlanReference, _ text: String, json: Bool
  ) throws -> ExitCode {
    if json {
      invocation.console.write(
        try StatusReport.view(
          reference.project.state, plan: reference.key, run: nil, command: reference.command
        ).json())
    } else {
      invocation.console.say(text)
    }
    return .success
  }

  private static func asks(_ invocation: Invocation) -> Bool { isatty(0) == 1 && !invocation.globals.neverAsks }

  /// How the person agrees: on a terminal they are shown what will be done and asked.
  ///
  /// - Returns: nil when they do not agree.
  private static func agreement(
    _ invocation: Invocation, _ reference: PlanReference, _ opening: RollbackOpening
  ) throws -> Result<String, Refusal>? {
    if invocation.parsed.has("yes") { return .success("--yes") }
    if invocation.globals.neverAsks {
      return .failure(
        Refusal(
          .waiting, "a rollback is to be agreed to, and --no-input lets nobody be asked",
          nextCommands: [opening.again + " --yes"]))
    }
    guard asks(invocation) else { return .success("no terminal") }
    let console = invocation.console
    var view = RollbackView(opening: opening, reference: reference).view
    view.nextCommand = nil
    console.writeError(view.text(console.errorStyle, width: TerminalSize.of(descriptor: 2)?.width))
    console.writeError("take this back? [y/N] ")
    let answer = readLine()?.lowercased()
    return answer == "y" || answer == "yes" ? .success("terminal") : nil
  }

  // MARK: Doing it

  private static func execute(
    _ invocation: Invocation, _ reference: PlanReference, _ current: RunnablePlan?, _ session: RollbackSession,
    json: Bool
  ) throws -> ExitCode {
    let console = invocation.console
    let events = try invocation.parsed.value("events").map { try EventOutput($0, console: console) }
    let observer = ApplyObserver(console: console, events: events, plan: nil, writeBack: nil, isMachine: json)
    defer { observer.close() }
    switch try session.run(observer: observer) {
    case .nothing(let text):
      observer.close()
      return try nothing(invocation, reference, text, json: json)
    case .refused(let refusal, let opening):
      observer.close()
      if !json, let opening, opening.isHeldByChanges {
        for diff in RollbackView(opening: opening, reference: reference).diffs {
          console.writeError(diff.text(console.errorStyle))
        }
      }
      return Reply.refused(invocation, json: json, refusal)
    case .finished(let result, let opening):
      observer.close()
      if let current, WriteBack.isWanted(by: current.loaded.document) {
        _ = WriteBack(current, console: console).finish(result, [])
      }
      let summary = RollbackSummary(result: result, opening: opening, reference: reference).summary
      if json {
        console.write(
          try StatusReport.view(
            reference.project.state, plan: reference.key, run: result.run, command: reference.command
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
