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
    var connections: [PostgresConnection] = verify.compactMap(\.postgres)
    switch action {
    case .sql(let sql): if let connection = sql.database.connection { connections.append(connection) }
    case .check(let check): connections += check.checks.compactMap(\.postgres)
    case .wait(let wait): if case .checks(let checks) = wait.condition { connections += checks.compactMap(\.postgres) }
    case .manual, .agent:
      for case .check(let check) in action.acceptance?.criteria ?? [] {
        if let connection = check.postgres { connections.append(connection) }
      }
    case .run, .exec, .file, .edit, .http, .fetch, .approve, .uses: break
    }
    return connections
  }
}
