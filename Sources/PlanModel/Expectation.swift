/// What an attempt must show to count as a success (`expect:`).
package struct Expectation: Hashable, Sendable {
  /// The exit codes that are a success.
  package var exit: [Int]
  package var stdout: [Comparison]
  package var stderr: [Comparison]
  /// Compared in milliseconds.
  package var duration: [Comparison]

  package init(
    exit: [Int] = [0], stdout: [Comparison] = [], stderr: [Comparison] = [], duration: [Comparison] = []
  ) {
    self.exit = exit
    self.stdout = stdout
    self.stderr = stderr
    self.duration = duration
  }
}
