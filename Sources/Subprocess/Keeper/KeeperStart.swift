internal import Glibc

/// Starts keepers.
package enum KeeperStart {
  /// The word that calls a keeper; no command that a person gives.
  package static let word = "__keep"

  /// Starts the keeper of one attempt.
  ///
  /// - Parameters:
  ///   - program: execplan itself.
  ///   - label: shown by `ps` behind the word: no secret.
  ///   - lock: the descriptor of the keeper's lock, which the keeper holds from now on.
  ///   - marks: the descriptor of the leg's marks file.
  /// - Throws: when the keeper did not start; the program of the attempt did not start then either.
  package static func spawn(
    _ request: KeeperRequest, program: String, label: [String], lock: Int32, marks: Int32
  ) throws -> Child {
    let input = try InputFile(request.bytes)
    var environment = ProcessEnvironment()
    // A build with shared libraries may need it to start.
    environment["LD_LIBRARY_PATH"] = ProcessEnvironment.inherited()["LD_LIBRARY_PATH"]
    let spawn = SpawnRequest(
      executable: program, arguments: StringBlock(["execplan", word] + label), environment: environment.block,
      input: input.descriptor, output: lock, errorOutput: marks)
    return try withExtendedLifetime(input) { () throws(SpawnError) in try Child.spawn(spawn) }
  }
}
