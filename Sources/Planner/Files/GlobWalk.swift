/// What a walk for patterns has found.
package struct GlobWalk: Hashable, Sendable {
  /// A folder or a name that could not be looked at.
  package struct Problem: Hashable, Sendable {
    /// Relative to the root of the walk.
    package var path: String
    /// Lower case, no full stop.
    package var message: String

    package init(path: String, message: String) {
      self.path = path
      self.message = message
    }
  }

  /// Relative to the root, each once, in the order of their bytes.
  package var paths: [String]
  package var problems: [Problem]

  package init(paths: [String] = [], problems: [Problem] = []) {
    self.paths = paths
    self.problems = problems
  }
}
