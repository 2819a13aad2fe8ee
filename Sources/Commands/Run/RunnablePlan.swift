internal import Diagnostics
internal import Executor
internal import Journal
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// A plan that was read without errors, with everything that planning and executing it needs.
struct RunnablePlan {
  let loaded: LoadedPlan
  /// The plan with the items that the run has found which is gone on with, or repeated.
  let planned: PlannedPlan
  /// The plan as it is read.
  let base: PlannedPlan
  let site: ExecutionSite
  let command: CommandWords
  /// The parameters that the invocation gave, or the saved plan that it applies; the last one of a name counts.
  let given: [Value.Entry]

  var project: Project { loaded.project }

  /// Why no step may start on this machine, if so.
  func unmetRequirements() throws -> Refusal? {
    try RequirementCheck(plan: planned.plan, site: site, source: loaded.source).refusal(command)
  }

  /// - Parameters:
  ///   - word: the PLAN argument.
  ///   - usesRecorded: parameters of the unfinished run count where the invocation gives none (`--resume`).
  ///   - adopted: the run whose parameters count in the same way (`--adopt-run`).
  /// - Throws: exit 3 with the findings when the plan has errors; exit 64 for parameters.
  static func load(
    _ invocation: Invocation, _ word: String?, prefersUnfinished: Bool = false, usesRecorded: Bool = false,
    adopted: Int64? = nil
  ) throws -> RunnablePlan {
    let path = try PlanArgument(invocation: invocation, prefersUnfinished: prefersUnfinished).path(word)
    let project = try invocation.project(ofFile: path)
    let source = try PlanFile.read(path)
    let relative = project.relative(path)
    var input = try ParameterFiles.input(invocation.parsed)
    if usesRecorded || adopted != nil {
      input = try withRecorded(input, source.bytes, relative, project, adopted)
    }
    let repeats = invocation.parsed.declares("rerun-from") && invocation.parsed.has("rerun-from")
    return try make(source, path, project, input, parameterWords(invocation), repeats: repeats)
  }

  /// The plan of a saved one, as it is now, with the parameters that were given then.
  ///
  /// It is looked for in the project of the working folder, and then in that of the saved file.
  /// - Throws: exit 5 when it is gone, or does not take the parameters any more; exit 3 when it has errors.
  static func load(_ invocation: Invocation, saved file: SavedPlanFile) throws -> RunnablePlan {
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone")
    }
    let name = file.plan.plan.path
    let roots = try [here, PathName.parent(file.path)].map { try invocation.project(ofFolder: $0).root }
    let places = name.hasPrefix("/") ? [name] : roots.map { PathName.absolute($0 + "/" + name) }
    guard let path = places.first(where: { PathName.exists($0) && !PathName.isFolder($0) }) else {
      throw Refusal(
        .refused,
        "the plan \(UsageError.quoted(name)) of \(file.word) is not in the project \(UsageError.quoted(roots[0]))",
        details: ["-C DIR makes it the project that DIR belongs to"])
    }
    let source = try PlanFile.read(path)
    let given = file.plan.parameters.compactMap { parameter in
      parameter.given.map { ParameterInput.Given(name: parameter.name, value: $0, origin: file.shown) }
    }
    do {
      return try make(
        source, path, try invocation.project(ofFile: path),
        ParameterInput(given: given, profile: file.plan.profile), words(given, file.plan.profile),
        repeats: !file.plan.choices.rerunFrom.isEmpty)
    } catch let error as CommandFailure where error.exitCode == .usage {
      throw Refusal(
        .refused, "\(file.word) does not fit the plan any more: \(error.message)",
        details: [error.advice].compactMap(\.self))
    }
  }

  /// - Parameters:
  ///   - words: the parameters as options, for commands that start anew.
  ///   - repeats: whether a part of a finished run is asked for.
  private static func make(
    _ source: SourceFile, _ path: String, _ project: Project, _ input: ParameterInput, _ words: String, repeats: Bool
  ) throws -> RunnablePlan {
    let relative = project.relative(path)
    let loaded = LoadedPlan.load(source, path: relative, in: project, input: input)
    guard loaded.obstacles.isEmpty, let plan = loaded.plan, let graph = loaded.graph else {
      throw InvalidPlan(loaded: loaded)
    }
    let problems = loaded.parameterProblems + ParameterBinder.missing(plan.parameters)
    if let problem = problems.first {
      throw CommandFailure(.usage, problem.message, advice: problem.notes.first)
    }
    guard let base = PlannedPlan(plan, graph) else { throw InvalidPlan(loaded: loaded) }
    return RunnablePlan(
      loaded: loaded, planned: try found(base, project, repeats: repeats), base: base, site: project.site(for: plan),
      command: CommandWords(plan: ShellQuoting.quoted(PathName.shown(path)), parameters: words),
      given: input.given.map { Value.Entry($0.name, $0.value) })
  }

  /// The items of its steps that are known because the run that is gone on with, or repeated, has found them.
  static func found(_ base: PlannedPlan, _ project: Project, repeats: Bool = false) throws -> PlannedPlan {
    if base.templates.isEmpty { return base }
    return try JournalAccess.read(project.state) { reader throws(JournalError) in
      try base.finding(knownIn: reader, repeats: repeats)
    }
  }

  /// The parameters of the run that is gone on with, under what the invocation itself gives.
  private static func withRecorded(
    _ input: ParameterInput, _ bytes: [UInt8], _ path: String, _ project: Project, _ adopted: Int64?
  ) throws -> ParameterInput {
    let key = PlanIdentity.id(in: bytes, path: path) ?? path
    let run = try JournalAccess.read(project.state) { reader throws(JournalError) -> Run? in
      if let adopted { return try reader.run(adopted) }
      // Values of a run_key are part of the key.
      for record in try reader.plans() where record.key == key || record.key.hasPrefix(key + "?") {
        if let run = try reader.unfinishedRun(plan: record.key) { return run }
      }
      return nil
    }
    guard let run else { return input }
    var all = recorded(run)
    all.given += input.given
    all.profile = input.profile ?? run.profile
    return all
  }

  /// The parameters that a run was begun with.
  static func recorded(_ run: Run) -> ParameterInput {
    ParameterInput(
      given: run.params.filter { $0.value != .null }.map {
        .init(name: $0.key, value: $0.value, origin: "run \(run.id)")
      }, profile: run.profile)
  }

  /// The plan of an earlier run, read again from the text that its file had then; nil if it can't be read any more.
  func restored(_ run: Run, source: String) -> PlannedPlan? {
    RunnablePlan.restored(run, source: source, in: project)
  }

  static func restored(_ run: Run, source: String, in project: Project) -> PlannedPlan? {
    let loaded = LoadedPlan.load(
      SourceFile(path: run.path, text: source), path: run.path, in: project, input: RunnablePlan.recorded(run))
    guard !loaded.hasErrors, let plan = loaded.plan, let graph = loaded.graph else { return nil }
    return PlannedPlan(plan, graph)
  }

  /// Parameters that a command line can give as one option each.
  private static func words(_ given: [ParameterInput.Given], _ profile: String?) -> String {
    var words = given.compactMap { entry in
      entry.value.text.map { "--param \(ShellQuoting.quoted("\(entry.name)=\($0)"))" }
    }
    if let profile { words.append("--profile \(ShellQuoting.quoted(profile))") }
    return words.joined(separator: " ")
  }

  private static func parameterWords(_ invocation: Invocation) -> String {
    let parsed = invocation.parsed
    guard parsed.declares("param") else { return "" }
    var words: [String] = []
    for path in parsed.values("params-file") { words.append("--params-file \(ShellQuoting.quoted(path))") }
    for value in parsed.values("param") { words.append("--param \(ShellQuoting.quoted(value))") }
    if let profile = parsed.value("profile") { words.append("--profile \(ShellQuoting.quoted(profile))") }
    return words.joined(separator: " ")
  }
}

/// A plan that can't be executed, with its findings.
struct InvalidPlan: Error {
  let loaded: LoadedPlan

  var report: DiagnosticsReport {
    DiagnosticsReport([FileDiagnostics(file: loaded.source, diagnostics: loaded.obstacles)])
  }
}
