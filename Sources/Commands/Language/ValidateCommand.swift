internal import Diagnostics
internal import Executor
internal import Glibc
internal import PlanDocument
internal import PlanLoading
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
    let targets = try ValidationTargets(invocation)
    if parsed.has("stdin-filename"), !targets.targets.contains(.standardInput) {
      throw UsageError(
        "--stdin-filename names standard input, and it is not read", advice: "add \"-\"", command: "validate")
    }
    if parsed.has("fix"), targets.targets.contains(.standardInput) {
      throw UsageError(
        "--fix can't write to standard input", advice: "give the path of the plan", command: "validate")
    }
    var validation = Validation(
      console: invocation.console, stateDirectory: invocation.stateDirectory,
      selection: try RuleSelection(select: parsed.values("select"), ignore: parsed.values("ignore")),
      input: try ParameterFiles.input(parsed), repairs: parsed.has("fix"), isForPeople: format == .text)
    for target in targets.targets {
      switch target {
      case .file(let path): try validation.validate(path, isNamed: targets.isNamed(path))
      case .standardInput: try validation.validateStandardInput(name: parsed.value("stdin-filename"))
      }
    }
    if validation.isEmpty {
      throw CommandFailure(
        .invalidPlan, "there is no plan in \(targets.places)", advice: "execplan new \"My plan\"")
    }
    let report = DiagnosticsReport(validation.findings(), isStrict: parsed.has("strict"))
    let console = invocation.console
    let width = console.outputIsTerminal ? TerminalSize.of(descriptor: STDOUT_FILENO)?.width : nil
    console.write(
      report.bytes(
        format, tool: ToolInformation(version: executableVersion), style: console.outputStyle,
        textOptions: .init(width: width ?? 120, showsInfos: console.isVerbose)))
    return report.isValid ? .success : .failure
  }
}
