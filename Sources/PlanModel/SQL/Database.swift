/// A database that an action or a check opens.
///
/// A name of `databases:` stands for what is said there; what is left here is the database itself.
package enum Database: Hashable, Sendable {
  /// `sqlite:PATH`, the path relative to the project root.
  case sqlite(PathPattern)
  /// `postgres:…`, reached with the program `psql`.
  indirect case postgres(PostgresConnection)

  /// The file, for a database that is one.
  package var path: PathPattern? {
    switch self {
    case .sqlite(let path): path
    case .postgres: nil
    }
  }

  package var dialect: SQLDialect {
    switch self {
    case .sqlite: .sqlite
    case .postgres: .postgres
    }
  }

  /// The expressions that say how the database is reached.
  package var expressions: [Expression] {
    switch self {
    case .sqlite: []
    case .postgres(let connection): connection.expressions
    }
  }
}

/// Which SQL a text is written in.
package enum SQLDialect: Hashable, Sendable {
  case sqlite, postgres

  /// What stands in a text for the value with this number, counted from 1.
  package func parameter(_ number: Int) -> String {
    switch self {
    case .sqlite: "?\(number)"
    case .postgres: "$\(number)"
    }
  }
}
