internal import CrashTest
internal import Executor
internal import Glibc
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText
internal import Subprocess

/// `execplan test`: the crash test of a plan.
enum TestCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let format = invocation.parsed.value("format") ?? "text"
    return try Reply.of(invocation, json: format == "json") {
      let runnable = try RunnablePlan.load(invocation, invocation.parsed.positional("PLAN"))
      if runnable.base.nodes.isEmpty {
        throw CommandFailure(
          .invalidPlan, "the plan declares no steps, so there is nothing to test",
          advice: "execplan show \(runnable.command.plan)")
      }
      if let refusal = try runnable.unmetRequirements() { throw refusal }
      let copiesDatabases = invocation.parsed.has("copy-databases")
      let obstacles = OwnDatabases.problems(of: runnable.base)
      if copiesDatabases, !obstacles.isEmpty { throw refusal(noCopiesFor: obstacles, runnable.command) }
      let outside = OutsideEffects.of(runnable.base).filter { !(copiesDatabases && $0.isDatabase) }
      if !outside.isEmpty, !invocation.parsed.has("allow-outside") {
        throw refusal(outside, runnable.command, canCopy: obstacles.isEmpty)
      }
      let choice = try CopyChoice(invocation, runnable)
      var setting = try setting(invocation, runnable, choice)
      // Copies share what is outside of them, so they take turns.
      if !outside.isEmpty { setting.jobs = 1 }
      do {
        if copiesDatabases { setting.server = try ServerCopies(setting.environment) }
        return try test(invocation, runnable, setting, choice, outside, format)
      } catch let error as ScratchPlaceError {
        throw refusal(error, runnable.command)
      } catch let error as ServerProblem {
        throw refusal(noCopiesFor: ["\(error)"], runnable.command)
      }
    }
  }

  private static func refusal(
    _ outside: [OutsideEffects.Effect], _ command: CommandWords, canCopy: Bool
  ) -> Refusal {
    let hasCopies = canCopy && outside.contains(where: \.isDatabase)
    let rest = outside.contains { !$0.isDatabase }
    let words = (hasCopies ? " --copy-databases" : "") + (hasCopies && !rest ? "" : " --allow-outside")
    return Refusal(
      .refused, "the plan changes what is outside of its project, and a crash test does so many times",
      details: outside.map { "\($0.step): \($0.text)" }, nextCommands: ["test \(command.plan)\(words)"])
  }

  private static func refusal(noCopiesFor problems: [String], _ command: CommandWords) -> Refusal {
    Refusal(
      .refused, "no copy of the project can have a PostgreSQL database of its own", details: problems,
      nextCommands: ["test \(command.plan) --allow-outside"])
  }

  private static func refusal(_ error: ScratchPlaceError, _ command: CommandWords) -> Refusal {
    Refusal(
      .refused, "the folder for copies \"\(error.temporary)\" lies in the git repository \"\(error.repository)\"",
      details: ["what git does in a copy would be done there: set TMPDIR to a folder outside of the project"],
      nextCommands: ["test \(command.plan)"])
  }

  private static func setting(
    _ invocation: Invocation, _ runnable: RunnablePlan, _ choice: CopyChoice
  ) throws -> TrialSetting {
    let (parsed, project, base) = (invocation.parsed, runnable.project, runnable.base)
    let steps = base.nodes.filter { !$0.isBarrier && !$0.isTemplate }.map { TestedStep($0.step, action: $0.actionName) }
    let known = Dictionary(steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let (key, command) = (base.plan.key, runnable.command)
    var setting = TrialSetting(
      root: project.root, plan: base.plan.path, environment: ProcessEnvironment.inherited(), steps: steps,
      jobs: parsed.count("jobs") ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      step: { id in known[id] ?? found(id, base) }, leavesOut: choice.leavesOut,
      standings: { root in standings(root, key, command) })
    setting.parameters = parameters(parsed)
    setting.keeps = parsed.has("keep")
    setting.ignored = try globs(parsed, "ignore")
    if WriteBack.isWanted(by: runnable.loaded.document) {
      // Execplan itself writes the time into them.
      setting.ignored += try ([setting.plan] + PlanIndexFile.places).map { try Glob(escaped($0)) }
    }
    let chosen = parsed.values("steps").flatMap { $0.split(separator: ",").map(String.init) }
    if !chosen.isEmpty {
      let ids = chosen.map { ForeachItem.canonicalID($0) ?? $0 }
      if let unknown = ids.first(where: { setting.step($0) == nil }) {
        throw CommandFailure(
          .usage, "there is no step \(UsageError.quoted(unknown))", advice: "execplan show \(command.plan)")
      }
      setting.chosen = Set(ids)
    }
    return setting
  }

  /// A step whose items are found while the plan is executed.
  private static func found(_ id: String, _ base: PlannedPlan) -> TestedStep? {
    guard var step = base.step(like: id) else { return nil }
    step.id.value = id
    return TestedStep(step, action: step.actionName)
  }

  private static func standings(_ root: String, _ key: String, _ command: CommandWords) -> [TrialSetting.Standing] {
    let state = StateDirectory(path: root + "/" + ProjectCopies.state)
    let view = try? StatusReport.view(state, plan: key, run: nil, command: command)
    return (view?.steps ?? []).map { .init(step: $0.id, state: $0.state.rawValue, reason: $0.reason) }
  }

  private static func parameters(_ parsed: ParsedCommand) -> [String] {
    parsed.values("params-file").flatMap { ["--params-file", PathName.absolute($0)] }
      + parsed.values("param").flatMap { ["--param", $0] }
      + (parsed.value("profile").map { ["--profile", $0] } ?? [])
  }

  static func globs(_ parsed: ParsedCommand, _ option: String) throws -> [Glob] {
    try parsed.values(option).map { text in
      do throws(GlobError) {
        return try Glob(text)
      } catch {
        throw CommandFailure(.usage, "--\(option) \(UsageError.quoted(text)): \(error)")
      }
    }
  }

  /// A path as a pattern that matches nothing else.
  private static func escaped(_ path: String) -> String {
    String(
      decoding: path.utf8.flatMap { "*?[{\\".utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }, as: UTF8.self)
  }

  // MARK: The test

  private static func test(
    _ invocation: Invocation, _ runnable: RunnablePlan, _ setting: TrialSetting, _ choice: CopyChoice,
    _ outside: [OutsideEffects.Effect], _ format: String
  ) throws -> ExitCode {
    let console = invocation.console
    let start = BootClock.now()
    let leftOut = choice.leftOut
    let line = ProgressLine(console, isShown: format == "text" || console.errorIsTerminal)
    let session = try CrashSession(setting)
    let end = try session.run { progress in
      switch progress {
      case .copied(let files, let bytes, let severed):
        line.say("copies of \(PeopleText.count(files, "file")), \(PeopleText.size(bytes: bytes))")
        if !leftOut.isEmpty {
          let names = PeopleText.list(leftOut.map(PrintableText.line))
          line.say("not copied, for git ignores it: \(names) (--with PATH copies it)")
        }
        if !severed.isEmpty {
          let names = PeopleText.list(severed.map(PrintableText.line))
          line.say("not copied, for it leads to a git repository elsewhere: \(names)")
        }
      case .uninterrupted: line.show("applying it without a kill")
      case .killing(let done, let all): line.show("killing it: \(done) of \(all) done")
      }
    }
    line.clear()
    switch end {
    case .signal(let number, let left):
      console.say(
        left.map { "stopped; copies are left in \(PrintableText.line($0))" } ?? "stopped; nothing is left of the copies"
      )
      return number == SIGINT ? .interrupted : number == SIGHUP ? .hangup : .terminated
    case .report(let report):
      var view = CrashView(report, plan: runnable.base.plan.path, command: runnable.command)
      view.leftOut = leftOut
      view.durationMilliseconds = Int64((BootClock.now() - start).wholeMilliseconds)
      view.notes += outside.filter(\.isDatabase).map {
        .init(step: $0.step, text: "what is in a PostgreSQL database is not compared")
      }
      switch format {
      case "json": console.write(view.json())
      case "junit": console.write(view.junit())
      default: console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width))
      }
      return report.isSafe ? .success : .failure
    }
  }
}

/// One line on a terminal that is written over and over; elsewhere what lasts is said as it comes.
private struct ProgressLine {
  let console: Console
  let isShown: Bool

  init(_ console: Console, isShown: Bool) {
    self.console = console
    self.isShown = isShown && !console.isQuiet
  }

  func say(_ text: String) {
    clear()
    if isShown { console.say(text) }
  }

  func show(_ text: String) {
    if isShown, console.errorIsTerminal { console.writeError("\r\u{1B}[K\(text)") }
  }

  func clear() {
    if isShown, console.errorIsTerminal { console.writeError("\r\u{1B}[K") }
  }
}
