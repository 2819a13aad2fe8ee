internal import Foundation

/// The built program, called as a person calls it.
package enum Execplan {
  /// What a call left behind.
  package struct Result: Sendable {
    /// The exit code; of a process that a signal ended 128 and the signal's number, as a shell says it.
    package let exit: Int32
    package let stdout: String
    package let stderr: String
  }

  /// The program beside the test bundle, or the one that `EXECPLAN_BINARY` names.
  package static var binary: String {
    if let path = ProcessInfo.processInfo.environment["EXECPLAN_BINARY"], !path.isEmpty { return path }
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("execplan").path
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - folder: the working directory.
  ///   - env: added to the environment of the tests, from which the variables that execplan reads are taken out.
  ///   - stdin: what it reads; nothing if nil.
  package static func run(
    _ arguments: [String], in folder: TemporaryFolder, env: [String: String] = [:], stdin: String? = nil
  ) throws -> Result {
    try start(arguments, in: folder, env: env, stdin: stdin).wait()
  }

  /// Starts the program; the caller waits for it or kills it.
  package static func start(
    _ arguments: [String], in folder: TemporaryFolder, env: [String: String] = [:], stdin: String? = nil
  ) throws -> RunningProgram {
    try RunningProgram(binary, arguments, in: folder.path, env: environment(adding: env), stdin: stdin)
  }

  /// Runs another program, such as a shell, in the same way.
  package static func runOther(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder, env: [String: String] = [:],
    stdin: String? = nil
  ) throws -> Result {
    try RunningProgram(program, arguments, in: folder.path, env: environment(adding: env), stdin: stdin).wait()
  }

  /// Starts another program; the caller ends it.
  package static func startOther(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder, env: [String: String] = [:]
  ) throws -> RunningProgram {
    try RunningProgram(program, arguments, in: folder.path, env: environment(adding: env), stdin: nil)
  }

  private static func environment(adding: [String: String]) -> [String: String] {
    ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("EXECPLAN_") && $0.key != "NO_COLOR" }
      .merging(adding) { _, new in new }
  }
}
