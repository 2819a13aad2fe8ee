internal import Executor
internal import PlanModel
internal import Reporting
internal import Subprocess

/// The end of what a step wrote, for the summary of a leg.
enum StepOutput {
  /// Of standard error, else of standard output; relative to the project.
  static func logPath(_ step: RunResult.StepResult, in project: Project) -> String? {
    [step.stderrPath, step.stdoutPath].compactMap(\.self).first { !bytes($0).isEmpty }.map { project.relative($0) }
  }

  /// The last lines that the step wrote: of standard error, else of standard output.
  static func lastLines(_ step: RunResult.StepResult) -> [String] {
    for path in [step.stderrPath, step.stdoutPath].compactMap(\.self) {
      let lines = TerminalText.sanitized(String(decoding: bytes(path), as: UTF8.self)).split(separator: "\n")
      if !lines.isEmpty { return lines.suffix(5).map(String.init) }
    }
    return []
  }

  private static func bytes(_ path: String) -> [UInt8] { OutputReader.end(of: path, atMost: 8192)?.bytes ?? [] }
}
