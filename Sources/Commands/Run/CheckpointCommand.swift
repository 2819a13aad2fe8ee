internal import Executor
internal import Glibc
internal import Journal
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// `execplan checkpoint`, also `done`: marks a step that waits for a person as done.
enum CheckpointCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: false) {
      if invocation.parsed.has("all-marked") { return try MarkedTasks.run(invocation) }
      let (runnable, id) = try target(invocation)
      let waiting = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
        try StepCompletion.waiting(reader, planned: runnable.planned)
      }
      let node = try chosen(waiting.map(\.node), id, runnable)
      let step = runnable.planned.nodes[node].step
      guard let acceptance = step.action.acceptance, step.action.waits else {
        throw Refusal(
          .usage, "\"\(step.id.value)\" is not a step that somebody else does",
          details: ["only \"manual\" steps and \"agent\" steps without \"command\" are marked as done"],
          nextCommands: runnable.planned.nodes[node].isApproval ? [runnable.command.approve(step.id.value)] : [])
      }
      let parsed = invocation.parsed
      var completion = StepCompletion(
        planned: runnable.planned, site: runnable.site, node: node,
        values: try values(parsed.assignments("value"), acceptance),
        met: try met(invocation, acceptance, runnable, node), evidence: parsed.values("evidence"),
        note: parsed.value("note"), by: parsed.value("by") ?? userName(invocation), command: runnable.command)
      completion.user = systemUser
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
      throw Refusal(
        .refused, "no step waits for a person or an agent", nextCommands: ["status \(runnable.command.plan)"])
    }
    guard waiting.count == 1 else {
      throw Refusal(
        .usage, "\(waiting.count) steps wait; name one of them",
        nextCommands: waiting.map { "checkpoint \(runnable.command.plan) \(CommandWords.word(nodes[$0].id))" })
    }
    return first
  }

  /// What is given as values, each of the type that the plan declares for it.
  private static func values(
    _ given: [(key: String, value: String)], _ acceptance: Acceptance
  ) throws -> [Value.Entry] {
    try given.map { key, text in
      guard let declared = acceptance.values.first(where: { $0.name.value == key }) else {
        // A plan that declares values means those; one that declares none takes what is given.
        if acceptance.values.isEmpty { return Value.Entry(key, .string(text)) }
        let names = acceptance.values.map { "\"\($0.name.value)\"" }.joined(separator: ", ")
        throw CommandFailure(.usage, "--value: the step asks for no \"\(key)\", but for \(names)")
      }
      let parameter = Parameter(name: declared.name, kind: declared.kind)
      if case .failure(let problem) = ParameterText.convert(.string(text), for: parameter) {
        throw CommandFailure(.usage, "--value: \"\(key)\" \(problem.message)", advice: problem.notes.first)
      }
      return Value.Entry(key, .string(text))
    }
  }

  /// Which text criteria hold; nil: all.
  private static func met(
    _ invocation: Invocation, _ acceptance: Acceptance, _ runnable: RunnablePlan, _ node: Int
  ) throws -> Set<Int>? {
    if acceptance.texts.isEmpty { return nil }
    let id = runnable.planned.nodes[node].id
    if let value = invocation.parsed.value("met") {
      if value == "all" { return nil }
      let numbers = value.split(separator: ",").map { Int($0) }
      guard numbers.allSatisfy({ $0 != nil }) else {
        throw CommandFailure(.usage, "--met takes \"all\" or numbers like 1,3, not \"\(value)\"")
      }
      let known = Set(1...acceptance.criteria.count)
      if let unknown = numbers.compactMap(\.self).first(where: { !known.contains($0) }) {
        throw CommandFailure(
          .usage, "--met: there is no criterion \(unknown); \"\(id)\" has \(acceptance.criteria.count)")
      }
      return Set(numbers.compactMap(\.self))
    }
    let texts = StepCompletion.texts(of: acceptance, in: try scope(runnable, node))
    guard isatty(0) == 1, !invocation.globals.neverAsks else {
      throw Refusal(
        .waiting, "the criteria of \"\(id)\" must be confirmed", details: texts.map { "\($0.number). \($0.text)" },
        nextCommands: ["checkpoint \(runnable.command.plan) \(CommandWords.word(id)) --met all"])
    }
    var met: Set<Int> = []
    for (number, text) in texts {
      invocation.console.writeError("\(number). \(PrintableText.line(text)) [y/N] ")
      if let answer = readLine()?.lowercased(), answer == "y" || answer == "yes" { met.insert(number) }
    }
    return met
  }

  /// What the criteria may read: the values of the run.
  private static func scope(_ runnable: RunnablePlan, _ node: Int) throws -> RunScope {
    let key = runnable.planned.plan.key
    let checkpoints = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      guard let run = try reader.latestRun(plan: key) else { return [String: Checkpoint]() }
      return try reader.checkpoints(run: run.id)
    }
    var scope = RunScope(statics: runnable.planned.statics, checkpoints: checkpoints, files: runnable.site.files)
    scope.regard(runnable.planned.nodes[node], of: runnable.planned)
    return scope
  }

  /// The user of this process by the system's word.
  static var systemUser: String? {
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else { return nil }
    return unsafe String(cString: name)
  }

  static func userName(_ invocation: Invocation) -> String {
    if let name = invocation.environment["USER"] ?? invocation.environment["LOGNAME"], !name.isEmpty { return name }
    return systemUser ?? "uid \(getuid())"
  }

  /// Goes on with the run, or begins one.
  ///
  /// - Parameters:
  ///   - options: of `apply`.
  ///   - console: where it is told; nil: where this command talks.
  static func goOn(
    _ invocation: Invocation, _ runnable: RunnablePlan, options: [String] = ["--resume"], console: Console? = nil
  ) throws -> ExitCode {
    var arguments = ["apply", PathName.absolute(runnable.project.root + "/" + runnable.planned.plan.path)] + options
    if let state = invocation.stateDirectory { arguments += ["--state-dir", state] }
    guard case .success(let parsed) = CommandLineParser.parse(arguments) else { return .internalError }
    return try ApplyCommand.run(
      Invocation(parsed: parsed, console: console ?? invocation.console, environment: invocation.environment))
  }
}
