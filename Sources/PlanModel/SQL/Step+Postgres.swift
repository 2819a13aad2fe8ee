extension Database {
  /// How the server is reached; nil for a file.
  package var connection: PostgresConnection? {
    switch self {
    case .sqlite: nil
    case .postgres(let connection): connection
    }
  }
}

extension Check {
  /// The PostgreSQL server that it asks.
  package var postgres: PostgresConnection? {
    switch kind {
    case .sql(let sql): sql.database.connection
    case .table(let table): table.database?.connection
    case .exists, .file, .run, .http: nil
    }
  }
}

extension Step {
  /// The PostgreSQL servers of its action and its checks, those of `undo` left out.
  package var postgresConnections: [PostgresConnection] {
    let asked = (verify + action.checks).compactMap(\.postgres)
    guard case .sql(let sql) = action, let connection = sql.database.connection else { return asked }
    return asked + [connection]
  }
}
