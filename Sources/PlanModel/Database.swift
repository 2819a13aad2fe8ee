/// A database that an action or a check opens.
package enum Database: Hashable, Sendable {
  /// `sqlite:PATH`, the path relative to the project root.
  case sqlite(PathPattern)

  /// The file, for a database that is one.
  package var path: PathPattern {
    switch self {
    case .sqlite(let path): path
    }
  }
}
