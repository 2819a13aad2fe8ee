internal import Foundation

/// A fresh project in which plans are applied, and a folder outside of it that execplan knows nothing of.
///
/// The outside folder holds the ledger to which steps append (with `mark.sh`, or themselves), so that it shows what
/// really ran, and the script `block.sh`, which holds a step up at its first call until the test lets it go.
package struct RunProject: Sendable {
  package let folder: TemporaryFolder
  package let outside: TemporaryFolder

  /// Writes the plan to `p.execplan.yaml`; `$OUT` in it is the outside folder.
  package init(_ plan: String) throws {
    folder = try TemporaryFolder()
    outside = try TemporaryFolder()
    try outside.write("block.sh", Self.block)
    try outside.write("mark.sh", "echo \"$@\" >> \"${0%/*}/ledger\"\n")
    try write(plan)
  }

  /// Once per folder named by `$1`: says that it is there, and waits for the file `go`, or for the test to be gone.
  private static let block = """
    here="${0%/*}"
    if mkdir "$here/first$1" 2> /dev/null; then
      echo $$ > "$here/new$1"
      mv "$here/new$1" "$here/blocked$1"
      while test -d "$here" && ! test -e "$here/go$1"; do sleep 0.02; done
    fi

    """

  package func write(_ plan: String) throws {
    try folder.write("p.execplan.yaml", plan.replacingOccurrences(of: "$OUT", with: outside.path))
  }

  package func remove() {
    folder.remove()
    outside.remove()
  }

  package func run(_ arguments: String..., env: [String: String] = [:]) throws -> Execplan.Result {
    try Execplan.run(arguments, in: folder, env: env)
  }

  package func start(_ arguments: String..., env: [String: String] = [:]) throws -> RunningProgram {
    try Execplan.start(arguments, in: folder, env: env)
  }

  /// The lines that steps appended, in order.
  package var ledger: [String] {
    (outside.read("ledger") ?? "").split(separator: "\n").map(String.init)
  }

  /// What `sqlite3` answers about the journal, or about another database of the project.
  package func query(_ sql: String, in database: String = ".execplan/journal.db") throws -> String {
    let result = try Execplan.runOther("/usr/bin/env", ["sqlite3", database, sql], in: folder)
    return result.stdout.trimmingCharacters(in: .whitespacesAndNewlines) + result.stderr
  }

  // MARK: Holding a step up

  /// Waits until a step has reached `block.sh NAME`, and answers the group of its processes.
  ///
  /// Nil when the program ended before.
  package func waitForBlock(_ name: String = "", of program: RunningProgram) -> Int32? {
    while true {
      if let text = outside.read("blocked" + name), let pid = Int32(text.dropLast()) { return getpgid(pid) }
      if !program.isRunning { return nil }
      usleep(5_000)
    }
  }

  /// Lets the held step go on.
  package func release(_ name: String = "") throws { try outside.write("go" + name, "") }

  /// Starts `apply`, kills execplan alone while a step is held up, and then ends what the step left behind.
  ///
  /// False when no step was held up.
  package func killDuringApply(_ arguments: String..., block name: String = "") throws -> Bool {
    let program = try Execplan.start(["apply"] + arguments, in: folder)
    guard let group = waitForBlock(name, of: program) else {
      _ = program.wait()
      return false
    }
    program.send(signal: SIGKILL)
    _ = program.wait()
    let survived = kill(-group, 0) == 0
    kill(-group, SIGKILL)
    try waitUntil { !Self.isAlive(group: group) }
    return survived
  }
}

extension RunProject {
  /// Whether a process of the group still runs; one that only waits to be reaped does not.
  package static func isAlive(group: Int32) -> Bool {
    guard kill(-group, 0) == 0 else { return false }
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { name in
      guard Int32(name) != nil, let data = FileManager.default.contents(atPath: "/proc/\(name)/stat") else {
        return false
      }
      // After the name in parentheses: state, parent, group.
      let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 2 && Int32(fields[2]) == group && fields[0] != "Z" && fields[0] != "X"
    }
  }
}

/// Runs a test in a fresh project that is removed afterwards.
package func withRunProject<Answer>(_ plan: String, _ body: (RunProject) throws -> Answer) throws -> Answer {
  let project = try RunProject(plan)
  defer { project.remove() }
  return try body(project)
}
