internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting
internal import Subprocess

/// `execplan report`: a run as a document.
enum ReportCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let format = invocation.parsed.value("format") ?? "markdown"
    return try Reply.of(invocation, json: format == "json") {
      let reference = try PlanReference.find(invocation, invocation.parsed.positional("PLAN"))
      let report = try ReportReader(
        state: reference.project.state, reference: reference, madeAt: WallClock.now()
      ).read(run: invocation.parsed.count("run").map(Int64.init))
      let bytes =
        switch format {
        case "html": Array(report.html().utf8)
        case "json": report.json()
        case "junit": report.junit()
        default: Array(report.markdown().utf8)
        }
      if let path = invocation.parsed.value("output") {
        try AtomicFile.replace(PathName.absolute(path), with: bytes)
        invocation.console.say("wrote \(PrintableText.line(path))")
      } else {
        invocation.console.write(bytes)
      }
      return .success
    }
  }
}
