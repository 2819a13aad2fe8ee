internal import Foundation
internal import Synchronization

/// A PostgreSQL server of this test process: started when a test first asks for it, shared by all, reached through a
/// socket in a folder of its own, and gone with the process, however that ends.
package final class PostgresServer: Sendable {
  /// The folder of the socket.
  package let folder: String
  private let count = Mutex(0)

  private static let started = Result { try PostgresServer() }

  package static var shared: PostgresServer { get throws { try started.get() } }

  /// The role that owns everything.
  package static let user = "execplan"

  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  private init() throws {
    let files = FileManager.default
    guard let programs = Self.programs else {
      throw Problem(description: "there is no initdb: install the Debian package postgresql, or run .ci/tools")
    }
    // The path of a socket is short, and another user must reach the folder.
    folder = "/tmp/execplan-postgres-\(getpid())-\(UInt32.random(in: 0...999_999))"
    try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
    var words: [String] = ["/bin/sh", "-c", Self.script, "sh", folder, programs]
    if getuid() == 0 {
      // A server does not run as root.
      let users = String(decoding: files.contents(atPath: "/etc/passwd") ?? Data(), as: UTF8.self)
      let user = users.contains("\npostgres:") ? "postgres" : "nobody"
      try files.setAttributes([.ownerAccountName: user], ofItemAtPath: folder)
      words = ["/sbin/runuser", "-u", user, "--"] + words
    }
    // Ctrl-C of the tests is none of the server's.
    words = ["/usr/bin/setsid"] + words
    // Never closed: the server ends when this process does, whatever ends it.
    let lifeline = Pipe()
    _ = unsafe Unmanaged.passRetained(lifeline)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardInput = lifeline
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let folder = folder
    try waitUntil {
      guard process.isRunning else {
        let log = String(decoding: files.contents(atPath: folder + "/log") ?? Data(), as: UTF8.self)
        throw Problem(description: "the server did not start: \(log)")
      }
      return try Self.ask("select 1", in: "postgres", host: folder).exit == 0
    }
  }

  /// Makes a cluster, runs its server until stdin ends, and removes everything. Nothing of it needs to outlive a crash
  /// of the machine.
  ///
  /// A transaction that sets `synchronous_commit` waits in its COMMIT for a standby that never comes: so a test can end
  /// a session whose commit has happened and was not told.
  private static let script = """
    folder=$1 programs=$2
    "$programs/initdb" -D "$folder/data" -A trust -U execplan -E UTF8 --locale=C --no-sync > "$folder/log" 2>&1 || exit 1
    "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c full_page_writes=off \
      -c unix_socket_permissions=0700 -c shared_buffers=32MB -c max_connections=200 -c autovacuum=off \
      -c synchronous_standby_names=nobody -c synchronous_commit=local \
      >> "$folder/log" 2>&1 < /dev/null &
    server=$!
    cat > /dev/null
    kill -QUIT $server
    wait $server
    rm -rf "$folder"
    """

  /// The folder of `initdb` and `postgres`; nil if there is none.
  package static var programs: String? {
    let files = FileManager.default
    var folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    // Debian keeps the programs of a server out of the search path, by version.
    let versions = (try? files.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    folders += versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
    return folders.first { folder in
      ["initdb", "postgres"].allSatisfy { files.isExecutableFile(atPath: "\(folder)/\($0)") }
    }
  }

  // MARK: Databases

  /// Makes an empty database.
  package func makeDatabase() throws -> PostgresDatabase {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let database = PostgresDatabase(name: "test\(number)", host: folder)
    let made = try Self.ask("create database \(database.name)", in: "postgres", host: folder)
    guard made.exit == 0 else { throw Problem(description: made.stderr) }
    return database
  }

  static func ask(_ sql: String, in database: String, host: String) throws -> Execplan.Result {
    try RunningProgram(
      "/usr/bin/env", ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"], in: "/",
      env: ProcessInfo.processInfo.environment.merging(
        ["PGHOST": host, "PGUSER": user, "PGDATABASE": database, "PGOPTIONS": "-c client_min_messages=warning"]
      ) { _, new in new }, stdin: sql
    ).wait()
  }
}

/// A database of the server of the tests.
package struct PostgresDatabase: Sendable {
  package let name: String
  /// The folder of the socket.
  package let host: String

  /// What makes `psql`, and so execplan, reach it.
  package var environment: [String: String] { ["PGHOST": host, "PGUSER": PostgresServer.user, "PGDATABASE": name] }

  /// `postgres://…`, for plans.
  package var url: String {
    "postgres://\(PostgresServer.user)@\(host.replacingOccurrences(of: "/", with: "%2F"))/\(name)"
  }

  /// What `psql` prints: a row a line, columns with `|` between them.
  package func query(_ sql: String) throws -> String {
    let result = try PostgresServer.ask(sql, in: name, host: host)
    return result.stdout.trimmingCharacters(in: .newlines) + result.stderr
  }

  /// How many sessions of execplan the server has in this database.
  package func sessions() throws -> Int {
    Int(
      try query(
        "select count(*) from pg_stat_activity where datname = '\(name)' and application_name like 'execplan%'")) ?? -1
  }

  /// Waits until a condition on the rows of `pg_stat_activity` of this database holds for some of them.
  ///
  /// - Returns: false if the program ended before.
  package func waitForSession(_ condition: String, of program: RunningProgram) throws -> Bool {
    while program.isRunning {
      let found = try query(
        "select count(*) from pg_stat_activity where datname = '\(name)' and application_name like 'execplan%' and "
          + condition)
      if found != "0" { return true }
      usleep(10_000)
    }
    return false
  }

  /// Ends the sessions of execplan as an administrator does.
  package func terminateSessions() throws {
    _ = try query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = '\(name)' "
        + "and application_name like 'execplan%'")
  }

  /// Waits until execplan has no session any more.
  package func waitForSilence() throws {
    try waitUntil { try sessions() <= 0 }
  }

  package func remove() {
    _ = try? PostgresServer.ask("drop database if exists \(name) with (force)", in: "postgres", host: host)
  }
}

/// Runs a test in a fresh project with an empty database; `$DB` in the plan is its URL.
package func withPostgresProject<Answer>(
  _ plan: String, _ body: (RunProject, PostgresDatabase) throws -> Answer
) throws -> Answer {
  let database = try PostgresServer.shared.makeDatabase()
  defer { database.remove() }
  return try withRunProject(plan.replacingOccurrences(of: "$DB", with: database.url)) { project in
    try body(project, database)
  }
}
