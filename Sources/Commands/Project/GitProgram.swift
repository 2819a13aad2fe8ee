internal import Subprocess

/// What the program git says of the repository of a folder.
enum GitProgram {
  /// - Parameter limit: of its output, bytes.
  /// - Returns: nil without git, and where it fails.
  static func output(_ arguments: [String], in folder: String, limit: Int) -> [UInt8]? {
    var environment = ProcessEnvironment.inherited()
    guard case .found(let git) = ProgramSearch.find("git", path: environment["PATH"], directory: nil) else {
      return nil
    }
    environment.leaveRepository()
    // Nothing may be written, not even to refresh the index.
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    let request = SpawnRequest(
      executable: git, arguments: StringBlock(["git", "-C", folder] + arguments), environment: environment.block)
    guard let completion = try? Completion.run(request, CompletionOptions(limit: limit)), completion.isSuccess else {
      return nil
    }
    return completion.output
  }
}
