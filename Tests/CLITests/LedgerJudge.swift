internal import Foundation
internal import TestSupport
internal import Testing

/// Compares what execplan says with what really ran, after each way in which it was made to stop.
///
/// What really ran is in the ledger outside of the project: `note.sh NAME` appends to it and syncs it. The journal is
/// read from a copy, so that looking at it recovers nothing.
struct LedgerJudge {
  let project: RunProject
  /// Steps of class none: nobody can tell from outside execplan's ledger whether they ran.
  let uncertain: Set<String>
  /// How often each checkpointed step stood in the ledger when it was last looked at.
  private var settled: [String: Int] = [:]
  /// How often execplan was stopped.
  private(set) var stops = 0

  init(_ project: RunProject, uncertain: Set<String>) throws {
    self.project = project
    self.uncertain = uncertain
    try project.outside.write("note.sh", "echo \"$1\" >> \"${0%/*}/ledger\" && sync \"${0%/*}/ledger\"\n")
  }

  func count(_ step: String) -> Int { project.ledger.count { $0 == step } }

  // MARK: Looking

  /// Waits for programs that outlived execplan, and holds the journal against the ledger.
  mutating func look(finally: Set<String> = []) throws {
    stops += 1
    try waitForOrphans()
    guard let done = try checkpointed() else { return }
    for (step, count) in settled {
      #expect(done.contains(step), "the checkpoint of \"\(step)\" is lost")
      #expect(self.count(step) == count, "\"\(step)\" ran again after its checkpoint")
    }
    for step in done.subtracting(finally) { settled[step] = count(step) }
    for step in done where uncertain.contains(step) {
      #expect(count(step) > 0, "\"\(step)\" counts as done and never ran")
    }
  }

  /// Steps with a checkpoint that says that they ran, or of a person who says so; nil while there is no journal.
  private func checkpointed() throws -> Set<String>? {
    let text = try inCopy(
      "select step from checkpoints where superseded = 0 and outcome in ('succeeded', 'attested'); pragma integrity_check;"
    )
    guard let text else { return nil }
    var lines = text.split(separator: "\n").map(String.init)
    #expect(lines.popLast() == "ok", "the journal is damaged")
    return Set(lines)
  }

  /// The answer of sqlite3 about a copy of the journal; nil while it has no tables.
  func inCopy(_ sql: String) throws -> String? {
    let copy = try TemporaryFolder()
    defer { copy.remove() }
    for suffix in ["", "-wal", "-journal"] {
      let path = project.folder.path(".execplan/journal.db" + suffix)
      guard FileManager.default.fileExists(atPath: path) else { continue }
      try FileManager.default.copyItem(atPath: path, toPath: copy.path("journal.db" + suffix))
    }
    guard FileManager.default.fileExists(atPath: copy.path("journal.db")) else { return nil }
    let tables = "select count(*) from sqlite_master where name = 'checkpoints';"
    let first = try Execplan.runOther("/usr/bin/env", ["sqlite3", "journal.db", tables], in: copy)
    if first.exit == 0, first.stdout == "0\n" { return nil }
    let result = try Execplan.runOther("/usr/bin/env", ["sqlite3", "journal.db", sql], in: copy)
    #expect(result.exit == 0, "\(result)")
    return result.stdout
  }

  /// Waits until no program runs in the project's folder any more.
  private func waitForOrphans() throws {
    try waitUntil { try !project.folder.isBusy() }
  }

  // MARK: Going on

  /// What must be asked: steps of class none that ran, by the ledger, and have no checkpoint.
  func expectedDoubts() throws -> Set<String> {
    let done = try checkpointed() ?? []
    return uncertain.filter { count($0) > 0 && !done.contains($0) }
  }

  /// Applies until all is done, answering for steps in doubt as a person would who looks at the ledger.
  ///
  /// - Returns: how many doubts were reported.
  @discardableResult
  mutating func finish(_ arguments: [String], env: [String: String] = [:]) throws -> Int {
    var doubts = 0
    for _ in 0..<10 {
      let expected = try expectedDoubts()
      let result = try Execplan.run(["apply"] + arguments + (try goOn), in: project.folder, env: env)
      if result.exit == 0 {
        #expect(expected.isEmpty, "\(expected.sorted()) ran, and were not reported: \(result)")
        return doubts
      }
      try look()
      guard result.exit == 5 else {
        #expect(result.exit == 1, "\(result)")
        continue
      }
      doubts += try answer(result, expected, arguments)
    }
    Issue.record("it does not come to an end")
    return doubts
  }

  /// The option that goes on with a run that was begun: one that was over when it was stopped is not begun anew.
  var goOn: [String] {
    get throws { try inCopy("select 1 from runs limit 1")?.isEmpty == false ? ["--resume"] : [] }
  }

  /// Answers what a refusal asks; it must ask for what is expected, and for nothing else.
  func answer(_ result: Execplan.Result, _ expected: Set<String>, _ arguments: [String]) throws -> Int {
    let reported = doubtful(result)
    #expect(reported == expected, "\(result)")
    for step in reported {
      let answer = count(step) > 0 ? "done" : "rerun"
      let resolved = try Execplan.run(["resolve"] + plan(arguments) + [step, "--as", answer], in: project.folder)
      #expect(resolved.exit == 0, "\(resolved)")
    }
    return reported.count
  }

  /// The steps that a refusal names a command for.
  private func doubtful(_ result: Execplan.Result) -> Set<String> {
    Set(
      result.stderr.split(separator: "\n").filter { $0.hasSuffix(" --as done") }.compactMap { line in
        line.split(separator: " ").dropLast(2).last.map(String.init)
      })
  }

  private func plan(_ arguments: [String]) -> [String] { Array(arguments.prefix { !$0.hasPrefix("-") }) }
}
