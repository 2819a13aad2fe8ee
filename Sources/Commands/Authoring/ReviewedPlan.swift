internal import Diagnostics
internal import Executor
internal import Glibc
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
  /// As a person in this working directory would name the file; nil: it came on standard input.
  let name: String?

  /// What a command says instead when the plan has errors.
  struct Unusable: Error {
    let report: DiagnosticsReport
    let name: String
  }

  /// Reads the plan that the invocation names; `-` is standard input, whose paths are those of the project of the
  /// working directory.
  ///
  /// - Throws: `Unusable` when the plan has errors, `CommandFailure` when there is no plan or a parameter is wrong.
  static func read(_ invocation: Invocation) throws -> ReviewedPlan {
    let input = try ParameterFiles.input(invocation.parsed)
    let word = invocation.parsed.positional("PLAN")
    let loaded: LoadedPlan
    if word == "-" {
      guard let here = ProjectRoot.workingDirectory() else {
        throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
      }
      let project = Project(ofFolder: here, stateDirectory: invocation.stateDirectory)
      loaded = .load(try PlanFile.standardInput(name: "-"), path: "-", in: project, input: input)
    } else {
      let path = try PlanArgument(invocation: invocation).path(word)
      let project = Project(ofFile: path, stateDirectory: invocation.stateDirectory)
      loaded = .load(try PlanFile.read(path), path: project.relative(path), in: project, input: input)
    }
    if let problem = loaded.parameterProblems.first {
      let notes = loaded.parameterProblems.dropFirst().map(\.message) + loaded.parameterProblems.flatMap(\.notes)
      throw CommandFailure(
        .usage, problem.message, advice: notes.isEmpty ? nil : notes.joined(separator: "\n  "))
    }
    let report = DiagnosticsReport([FileDiagnostics(file: loaded.source, diagnostics: loaded.diagnostics)])
    guard !loaded.hasErrors, let plan = loaded.plan, let graph = loaded.graph else {
      throw Unusable(report: report, name: loaded.source.path)
    }
    if report.summary.warnings > 0 {
      invocation.console.say(
        "\(PeopleText.count(report.summary.warnings, "warning")): execplan validate \(loaded.source.path)")
    }
    return ReviewedPlan(
      project: loaded.project, plan: plan, graph: graph, name: word == "-" ? nil : loaded.source.path)
  }
}

extension Invocation {
  /// Carries out a command that shows a plan.
  ///
  /// With `--format json` standard output is one JSON object also when there is nothing to show.
  func showingPlan(_ body: (ReviewedPlan) throws -> Void) throws -> ExitCode {
    let isMachine = parsed.value("format") == "json"
    do {
      try body(ReviewedPlan.read(self))
      return .success
    } catch let error as ReviewedPlan.Unusable {
      let options = DiagnosticsReport.TextOptions(
        width: TerminalSize.of(descriptor: STDERR_FILENO)?.width ?? 120, showsInfos: console.isVerbose)
      console.writeError(String(decoding: error.report.text(console.errorStyle, options), as: UTF8.self))
      if isMachine {
        let failure = FailureView(
          exitCode: Int(ExitCode.invalidPlan.rawValue), message: "the plan \"\(error.name)\" is not valid",
          nextCommands: error.name == "-" ? [] : ["execplan validate \(error.name)"], diagnostics: error.report)
        console.write(failure.json())
      }
      return .invalidPlan
    } catch let error as CommandFailure {
      if isMachine {
        console.write(FailureView(exitCode: Int(error.exitCode.rawValue), message: error.message).json())
      }
      throw error
    }
  }
}
