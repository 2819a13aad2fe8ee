package import Journal

/// The files of one attempt below the state directory.
package struct AttemptFiles: Sendable {
  package let folder: String
  package let attempt: Int64

  package init(_ state: StateDirectory, run: Int64, attempt: Int64) {
    folder = "\(state.logs)/\(run)"
    self.attempt = attempt
  }

  package var stdout: String { "\(folder)/\(attempt).out" }
  package var stderr: String { "\(folder)/\(attempt).err" }
  /// What the step publishes.
  package var output: String { "\(folder)/\(attempt).values" }
  package var state: String { "\(folder)/\(attempt).state" }
  var script: String { "\(folder)/\(attempt).script" }
  /// Locked while a keeper of the attempt lives.
  package var keeper: String { "\(folder)/\(attempt).keeper" }
  /// What the keeper wrote about the end of the program.
  package var exitRecord: String { "\(folder)/\(attempt).exit" }
  /// For scripts of checks.
  var scratch: String { "\(folder)/\(attempt)" }

  /// Output that `expect` looks at may be this long.
  static let expectLimit = 1 << 30

  func makeFolder(in world: any ExecutionWorld) throws {
    try world.makePrivateFolder(folder)
  }
}
