internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText

/// `execplan adopt PLAN.md`.
enum AdoptCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = invocation.console
    let path = try PlanArgument(invocation: invocation).path(invocation.parsed.positional("PLAN"))
    let source = try PlanFile.read(path)
    guard PlanDocument.isMarkdown(source.path) else {
      throw CommandFailure(
        .usage, "\"\(source.path)\" is no markdown plan: its steps are declared already",
        advice: "execplan show \(ShellQuoting.quoted(source.path))")
    }
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(source, into: &collector)
    let project = try invocation.project(ofFile: path)
    let adoption = Adoption.of(document, files: LoadedPlan.files(of: project))
    console.write(
      UnifiedDiff(old: source.bytes, new: adoption.bytes, context: 2)
        .text(path: project.relative(path), console.outputStyle))
    let writes = invocation.parsed.has("write") && !adoption.steps.isEmpty
    if writes { try AtomicFile.replace(path, with: adoption.bytes, expecting: source.bytes) }
    report(adoption, document, console, isWritten: writes)
    return .success
  }

  private static func report(
    _ adoption: Adoption, _ document: PlanDocument, _ console: Console, isWritten: Bool
  ) {
    let source = document.source
    for step in adoption.steps {
      for note in step.notes { console.say("\(place(step.range.lowerBound, source)): \(note)") }
    }
    let named = adoption.left.filter(\.verdict.isNamed)
    for left in named {
      console.say("\(place(left.range.lowerBound, source)): left as it is: \(left.verdict.reason)")
    }
    let name = ShellQuoting.quoted(source.path)
    if adoption.steps.isEmpty {
      console.say(named.isEmpty ? "nothing to declare" : "nothing was declared")
      return
    }
    let count = PeopleText.count(adoption.steps.count, "step")
    console.say(
      isWritten
        ? "declared \(count): \(adoption.steps.map(\.id).joined(separator: ", "))"
        : "\(count) to declare; nothing was written")
    console.say(isWritten ? "next: execplan validate \(name)" : "next: execplan adopt \(name) --write")
  }

  private static func place(_ offset: Int, _ source: SourceFile) -> String {
    "\(source.path):\(source.location(of: offset).line)"
  }
}
