/// A command line that works as it stands, and what it shows.
package struct CommandExample: Hashable, Sendable {
  /// The words after `execplan`.
  package let arguments: String
  /// One phrase, lower case, no full stop.
  package let shows: String

  package init(_ arguments: String, _ shows: String) {
    self.arguments = arguments
    self.shows = shows
  }
}
