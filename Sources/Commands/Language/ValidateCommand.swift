internal import Diagnostics
internal import Executor
internal import Glibc
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText

/// `execplan validate`.
enum ValidateCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let format = invocation.parsed.choice("format", as: OutputFormat.self) ?? .text
    return try Reply.of(invocation, json: format == .json) { try validate(invocation, format) }
  }

  private static func validate(_ invocation: Invocation, _ format: OutputFormat) throws -> ExitCode {
    let parsed = invocation.parsed
    let console = invocation.console
    let targets = try ValidationTargets(invocation)
    if parsed.has("stdin-filename"), !targets.targets.contains(.standardInput) {
      throw UsageError(
        "--stdin-filename names standard input, and it is not read", advice: "add \"-\"", command: "validate")
    }
    if parsed.has("fix"), targets.targets.contains(.standardInput) {
      throw UsageError(
        "--fix can't write to standard input", advice: "give the path of the plan", command: "validate")
    }
    let validation = try Validation(invocation, format: format)
    var entries: [Validation.Entry] = []
    var skipped = 0
    for outcome in validation.outcomes(of: targets, standardInputName: parsed.value("stdin-filename")) {
      switch outcome {
      case .looked(let entry):
        entries.append(entry)
        for line in entry.repairs { console.say(line) }
      case .skipped(let path):
        skipped += 1
        console.say("\(PathName.shown(path)): not a plan, skipped")
      case .passedOver: break
      case .failed(let error): throw error
      }
    }
    let configurations = targets.configurations(
      invocation.projects, standardInputName: parsed.value("stdin-filename"))
    if entries.isEmpty, skipped == 0, configurations.isEmpty { throw nothingFound(targets) }
    let report = DiagnosticsReport(
      ValidationFindings(entries, of: validation).files(configurations), isStrict: parsed.has("strict"))
    let width = console.outputIsTerminal ? TerminalSize.of(descriptor: STDOUT_FILENO)?.width : nil
    console.write(
      report.bytes(
        format, tool: ToolInformation(version: executableVersion), style: console.outputStyle,
        textOptions: .init(width: width ?? 120, showsInfos: console.isVerbose)))
    return report.isValid ? .success : .failure
  }

  private static func nothingFound(_ targets: ValidationTargets) -> CommandFailure {
    guard targets.excluded == 0 else {
      return CommandFailure(
        .invalidPlan,
        "there is no plan in \(targets.places); \(PeopleText.count(targets.excluded, "file")) excluded by a configuration",
        advice: "name an excluded file to validate it")
    }
    return CommandFailure(
      .invalidPlan, "there is no plan in \(targets.places)", advice: "execplan new \"My plan\"")
  }
}
