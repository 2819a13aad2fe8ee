internal import Executor

/// `execplan doctor`.
enum DoctorCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    if invocation.parsed.has("repair") { return try RepairCommand.run(invocation) }
    if let name = invocation.parsed.value("action") { return try DoctorActionCommand.run(invocation, name: name) }
    let context = try DoctorContext(invocation)
    let report = DoctorReport(checks: DoctorCheck.all, context)
    if invocation.parsed.value("format") == "json" {
      invocation.console.write(report.json)
    } else {
      invocation.console.write(report.text(invocation.console.outputStyle))
    }
    return report.isHealthy ? .success : .failure
  }
}
