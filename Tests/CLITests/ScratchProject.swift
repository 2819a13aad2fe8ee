internal import Foundation
internal import TestSupport

/// A fresh git repository in which the commands of a page are run.
struct ScratchProject {
  let folder: TemporaryFolder
  /// Holds a link to the program, so that `execplan` is on the search path.
  private let programs: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    programs = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: programs.path("execplan"), withDestinationPath: Execplan.binary)
    _ = try Execplan.runOther("/bin/bash", ["-c", "git init -q"], in: folder)
  }

  func remove() {
    folder.remove()
    programs.remove()
  }

  /// What commands find in their environment.
  var environment: [String: String] = [:]

  /// The lines that a command prints on both streams.
  func run(_ command: String) throws -> [String] {
    let path = programs.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    let result = try Execplan.runOther(
      "/bin/bash", ["-c", "{ \(command)\n} 2>&1"], in: folder,
      env: ["PATH": path, "TZ": "UTC", "LC_ALL": "C.UTF-8"].merging(environment) { _, new in new })
    let text = result.stdout.replacingOccurrences(of: folder.path, with: "/home/you/project")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
