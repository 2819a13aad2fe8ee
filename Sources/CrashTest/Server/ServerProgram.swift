internal import Subprocess

/// `psql`, which is given a script.
struct ServerProgram: Sendable {
  /// Begins a row: a definition may hold line ends.
  private static let rowMark = "\u{1D}"
  private static let fieldMark = "\u{1F}"
  /// Far more than any schema has.
  private static let outputLimit = 256 << 20
  /// A database may be large, and a server busy.
  private static let timeout = Duration.seconds(600)

  private let executable: String
  private var environment: ProcessEnvironment

  /// - Throws: `ServerProblem` without the program.
  init(_ environment: ProcessEnvironment) throws(ServerProblem) {
    guard case .found(let path) = ProgramSearch.find("psql", path: environment["PATH"], directory: nil) else {
      throw ServerProblem("there is no program psql")
    }
    executable = path
    self.environment = environment
    self.environment["PGCLIENTENCODING"] = "UTF8"
    self.environment["LC_ALL"] = "C"
    if environment["PGCONNECT_TIMEOUT"] == nil { self.environment["PGCONNECT_TIMEOUT"] = "30" }
  }

  /// The program in another database of the server.
  func entering(_ database: String) -> ServerProgram {
    var program = self
    ServerCopies.enter(database, &program.environment)
    return program
  }

  /// The lines of an answer.
  ///
  /// - Throws: `ServerProblem` with what the server says.
  func answer(_ script: String) throws -> [String] {
    try output(of: script).split(separator: "\n").map(String.init)
  }

  /// The fields of each row whose first field is the mark.
  func rows(_ script: String) throws -> [[String]] {
    try output(of: script).split(separator: Self.rowMark).compactMap { row in
      // A row ends with a line end, and may be followed by another of the same answer.
      let text = row.hasSuffix("\n") ? row.dropLast() : row
      let fields = text.split(separator: Self.fieldMark, omittingEmptySubsequences: false).dropFirst().map(String.init)
      return fields.isEmpty ? nil : fields
    }
  }

  private func output(of script: String) throws -> String {
    let request = SpawnRequest(
      executable: executable,
      arguments: StringBlock([
        "psql", "-X", "-q", "-A", "-t", "--no-password", "-v", "ON_ERROR_STOP=1", "-F", Self.fieldMark, "-f", "-",
      ]), environment: environment.block)
    let options = CompletionOptions(
      input: Array(script.utf8), limit: Self.outputLimit, timeout: Self.timeout)
    let completion = try Completion.run(request, options)
    guard completion.outcome != .timedOut else {
      throw ServerProblem("psql did not end within \(Self.timeout.components.seconds) s")
    }
    guard completion.isSuccess, !completion.isOutputCut else {
      let said = String(decoding: completion.errorOutput, as: UTF8.self).split(separator: "\n")
      throw ServerProblem(said.isEmpty ? "psql failed" : said.prefix(2).joined(separator: " / "))
    }
    return String(decoding: completion.output, as: UTF8.self)
  }
}
