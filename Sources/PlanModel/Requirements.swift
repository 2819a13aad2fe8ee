package import SourceText

/// `requires:`: what must be there before the first step starts.
package struct Requirements: Hashable, Sendable {
  /// Programs on the search path, or paths of programs.
  package var commands: [Located<String>] = []
  /// Variables that are set and not empty.
  package var environment: [Located<String>] = []
  /// Relative to the project root; a pattern needs one match.
  package var files: [PathPattern] = []

  package init() {}
}
