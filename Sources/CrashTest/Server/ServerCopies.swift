package import Subprocess
internal import Synchronization

/// PostgreSQL databases for copies of a project: each is made from the one that `PGDATABASE`, or libpq's default, names.
package final class ServerCopies: Sendable {
  /// What begins the names of databases that are made.
  private static let stem = "execplan_test_"

  /// The variables of libpq that name a database
  /// (postgresql.org/docs/current/libpq-envars.html); a service would win over the first.
  private static let databaseVariable = "PGDATABASE"
  private static let serviceVariables = ["PGSERVICE", "PGSERVICEFILE"]

  /// The database that is copied; it is only read.
  package let source: String
  /// The path under which what is in a copy is compared.
  package var path: TreePath { TreePath("postgres:\(source)") }
  private let program: ServerProgram
  private let stem: String
  /// A database can be copied only while nobody else is in it, and all are made from within the source.
  private let turn = Mutex(())

  /// - Throws: `ServerProblem` when the server can't be reached, or its database follows from a service.
  package init(_ environment: ProcessEnvironment) throws {
    if let name = ServerCopies.serviceVariables.first(where: { environment[$0] != nil }) {
      throw ServerProblem("\(name) is set, and a service names its database itself")
    }
    program = try ServerProgram(environment)
    source = try program.answer("select current_database();").first ?? ""
    stem = ServerCopies.stem + String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16) + "_"
  }

  /// The environment of programs that shall reach a database.
  static func enter(_ database: String, _ environment: inout ProcessEnvironment) {
    environment[databaseVariable] = database
  }

  /// Makes a database.
  ///
  /// - Parameter number: tells it from others, of as many digits.
  func make(_ number: String) throws -> String {
    let name = stem + number
    _ = try turn.withLock { _ in
      try program.answer("create database \(ServerCopies.quoted(name)) template \(ServerCopies.quoted(source));")
    }
    return name
  }

  /// Removes a database that was made, whoever is in it. One that can't be removed is left: there is nobody to tell.
  func remove(_ name: String) {
    turn.withLock { _ in
      _ = try? program.answer("drop database if exists \(ServerCopies.quoted(name)) with (force);")
    }
  }

  /// What a database holds.
  func image(of name: String) throws -> DatabaseImage {
    try DatabaseImage(rows: program.entering(name).rows(ServerScript.text))
  }

  private static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
