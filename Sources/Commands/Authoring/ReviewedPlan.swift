internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText

/// A plan without errors that is looked at and not run: what `show` and `graph` begin with.
struct ReviewedPlan {
  let project: Project
  let plan: Plan
  let graph: StepGraph
  let document: PlanDocument
  /// As a person in this working directory would name the file; nil: it came on standard input.
  let name: String?

  /// Reads the plan that the invocation names; `-` is standard input, whose paths are those of the project of the
  /// working directory.
  ///
  /// - Throws: `InvalidPlan` when the plan has errors, `CommandFailure` when there is no plan or a parameter is wrong.
  static func read(_ invocation: Invocation) throws -> ReviewedPlan {
    let input = try ParameterFiles.input(invocation.parsed)
    let word = invocation.parsed.positional("PLAN")
    let loaded: LoadedPlan
    if word == "-" {
      guard let here = ProjectRoot.workingDirectory() else {
        throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
      }
      let project = try invocation.project(ofFolder: here)
      loaded = .load(try PlanFile.standardInput(name: "-"), path: "-", in: project, input: input)
    } else {
      let path = try PlanArgument(invocation: invocation).path(word)
      let project = try invocation.project(ofFile: path)
      loaded = .load(try PlanFile.read(path), path: project.relative(path), in: project, input: input)
    }
    if let problem = loaded.parameterProblems.first {
      throw CommandFailure(.usage, problem.message, advice: problem.notes.first)
    }
    guard loaded.obstacles.isEmpty, let plan = loaded.plan, let graph = loaded.graph else {
      throw InvalidPlan(loaded: loaded)
    }
    let warnings = loaded.diagnostics.count { $0.severity == .warning }
    if warnings > 0 {
      invocation.console.say(
        "\(PeopleText.count(warnings, "warning")): execplan validate \(ShellQuoting.quoted(loaded.source.path))")
    }
    return ReviewedPlan(
      project: loaded.project, plan: plan, graph: graph, document: loaded.document,
      name: word == "-" ? nil : loaded.source.path)
  }

  /// Carries out a command that shows a plan; with `--format json` standard output is one JSON object also when there
  /// is nothing to show.
  static func showing(_ invocation: Invocation, _ body: (ReviewedPlan) throws -> Void) throws -> ExitCode {
    try Reply.of(invocation, json: invocation.parsed.value("format") == "json") {
      try body(read(invocation))
      return .success
    }
  }
}
