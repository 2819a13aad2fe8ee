internal import Glibc

extension DoctorCheck {
  /// A program that steps or commands may call.
  private struct Program {
    let name: String
    let isFor: String
    /// What it means that the program is not there.
    let absence: DoctorFinding.Status
  }

  private static let known = [
    Program(name: "sh", isFor: "run steps with \"shell: sh\"", absence: .fail),
    Program(name: "bash", isFor: "run steps without another \"shell:\"", absence: .warn),
    Program(name: "git", isFor: "finding the plans of a project", absence: .warn),
    Program(name: "sqlite3", isFor: "reading the journal by hand", absence: .ok),
    Program(name: "curl", isFor: "steps that fetch from the network", absence: .ok),
    Program(name: "psql", isFor: "sql steps on PostgreSQL", absence: .ok),
    Program(name: "dot", isFor: "drawing what \"graph --format dot\" writes", absence: .ok),
  ]

  static let programs = DoctorCheck("programs") { context in
    let path = context.environment["PATH"] ?? ""
    return known.map { program in
      if let found = find(program.name, path: path) { return DoctorFinding(.ok, program.name, found) }
      return DoctorFinding(
        program.absence, program.name, "not found; for \(program.isFor)",
        advice: program.absence == .ok ? nil : "install \(program.name), or put its folder into PATH")
    }
  }

  /// The first file of this name on the search path that may be executed.
  static func find(_ name: String, path: String) -> String? {
    for folder in path.split(separator: ":") where folder.hasPrefix("/") {
      let candidate = "\(folder)/\(name)"
      var status = stat()
      if unsafe stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG, unsafe access(candidate, X_OK) == 0 {
        return candidate
      }
    }
    return nil
  }
}
