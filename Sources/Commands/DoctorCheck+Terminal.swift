internal import Reporting

extension DoctorCheck {
  static let terminal = DoctorCheck("terminal") { context in
    let console = context.console
    let color = console.outputStyle.isColored ? "in colour" : "without colour"
    let output = console.outputIsTerminal ? "a terminal" : "not a terminal"
    let term = context.environment["TERM"] ?? "not set"
    return [DoctorFinding(.ok, "terminal", "standard output is \(output), \(color); TERM is \(term)")]
  }
}
