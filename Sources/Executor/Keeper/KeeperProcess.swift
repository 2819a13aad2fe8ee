internal import Subprocess

/// The life of execplan as a keeper.
package enum KeeperProcess {
  /// The word that calls it; no command that a person gives.
  package static let word = KeeperStart.word

  /// - Returns: the exit code; nil when this process was not started as a keeper.
  package static func run() -> Int32? {
    Keeper { expectations, output in
      guard let expected = OutputExpectations(bytes: expectations) else {
        return "what is expected of the output can't be read"
      }
      return expected.mismatch(in: output)
    }.run()
  }
}
