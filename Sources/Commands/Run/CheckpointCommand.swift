internal import Executor
internal import Glibc
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting

/// `execplan checkpoint`, also `done`: marks a step that waits for a person as done.
enum CheckpointCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: false) {
      if invocation.parsed.has("all-marked") { return try MarkedTasks.run(invocation) }
      let (runnable, id) = try target(invocation)
      let waiting = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
        try ManualCompletion.waiting(reader, planned: runnable.planned)
      }
      let node = try chosen(waiting.map(\.node), id, runnable)
      guard case .manual(let manual) = runnable.planned.nodes[node].step.action else {
        throw Refusal(.usage, "\"\(runnable.planned.nodes[node].id)\" is not a manual step")
      }
      let parsed = invocation.parsed
      let completion = ManualCompletion(
        planned: runnable.planned, site: runnable.site, node: node,
        values: parsed.assignments("value").map { Value.Entry($0.key, .string($0.value)) },
        met: try met(invocation, manual, runnable, node), evidence: parsed.values("evidence"),
        note: parsed.value("note"), by: parsed.value("by") ?? userName(invocation), command: runnable.command)
      for path in completion.evidence where !PathName.exists(path) {
        throw CommandFailure(.usage, "there is no file \"\(path)\" to be evidence")
      }
      switch try completion.record(arguments: CommandLine.arguments) {
      case .refused(let refusal): throw refusal
      case .done: break
      }
      invocation.console.say("\"\(runnable.planned.nodes[node].id)\" is done")
      if parsed.has("continue") { return try goOn(invocation, runnable) }
      invocation.console.say("next: execplan \(runnable.command.resume())")
      return .success
    }
  }

  /// One word is a plan if there is one of that name, else a step.
  private static func target(_ invocation: Invocation) throws -> (RunnablePlan, String?) {
    let parsed = invocation.parsed
    guard let word = parsed.positional("PLAN") else {
      return (try load(invocation, nil), parsed.positional("STEP"))
    }
    if let step = parsed.positional("STEP") { return (try load(invocation, word), step) }
    do {
      return (try load(invocation, word), nil)
    } catch let failure as CommandFailure where failure.exitCode == .usage {
      guard let runnable = try? load(invocation, nil) else { throw failure }
      return (runnable, word)
    }
  }

  static func load(_ invocation: Invocation, _ word: String?) throws -> RunnablePlan {
    try RunnablePlan.load(invocation, word, prefersUnfinished: true, usesRecorded: true)
  }

  private static func chosen(_ waiting: [Int], _ id: String?, _ runnable: RunnablePlan) throws -> Int {
    let nodes = runnable.planned.nodes
    if let id {
      let graph = runnable.planned.graph
      guard let node = graph.index(of: id) ?? ForeachItem.canonicalID(id).flatMap(graph.index(of:)) else {
        throw Refusal(.usage, "there is no step \"\(id)\"", nextCommands: ["status \(runnable.command.plan)"])
      }
      return node
    }
    guard let first = waiting.first else {
      throw Refusal(.refused, "no step waits for a person", nextCommands: ["status \(runnable.command.plan)"])
    }
    guard waiting.count == 1 else {
      throw Refusal(
        .usage, "\(waiting.count) steps wait; name one of them",
        nextCommands: waiting.map { "checkpoint \(runnable.command.plan) \(CommandWords.word(nodes[$0].id))" })
    }
    return first
  }

  /// Which text criteria hold; nil: all.
  private static func met(
    _ invocation: Invocation, _ manual: ManualAction, _ runnable: RunnablePlan, _ node: Int
  ) throws -> Set<Int>? {
    let texts = ManualCompletion.texts(of: manual)
    if texts.isEmpty { return nil }
    if let value = invocation.parsed.value("met") {
      if value == "all" { return nil }
      let numbers = value.split(separator: ",").map { Int($0) }
      guard numbers.allSatisfy({ $0 != nil }) else {
        throw CommandFailure(.usage, "--met takes \"all\" or numbers like 1,3, not \"\(value)\"")
      }
      return Set(numbers.compactMap(\.self))
    }
    guard isatty(0) == 1, !invocation.globals.neverAsks else {
      throw Refusal(
        .waiting, "the criteria of \"\(runnable.planned.nodes[node].id)\" must be confirmed",
        details: texts.map { "\($0.number). \($0.text)" },
        nextCommands: [
          "checkpoint \(runnable.command.plan) \(CommandWords.word(runnable.planned.nodes[node].id)) --met all"
        ])
    }
    var met: Set<Int> = []
    for (number, text) in texts {
      invocation.console.writeError("\(number). \(PrintableText.line(text)) [y/N] ")
      if let answer = readLine()?.lowercased(), answer == "y" || answer == "yes" { met.insert(number) }
    }
    return met
  }

  static func userName(_ invocation: Invocation) -> String {
    if let name = invocation.environment["USER"] ?? invocation.environment["LOGNAME"], !name.isEmpty { return name }
    return "uid \(getuid())"
  }

  /// Goes on with the run.
  ///
  /// - Parameter console: where it is told; nil: where this command talks.
  static func goOn(
    _ invocation: Invocation, _ runnable: RunnablePlan, console: Console? = nil
  ) throws -> ExitCode {
    var arguments = ["apply", PathName.absolute(runnable.project.root + "/" + runnable.planned.plan.path), "--resume"]
    if let state = invocation.stateDirectory { arguments += ["--state-dir", state] }
    guard case .success(let parsed) = CommandLineParser.parse(arguments) else { return .internalError }
    return try ApplyCommand.run(
      Invocation(parsed: parsed, console: console ?? invocation.console, environment: invocation.environment))
  }
}
