internal import Foundation
internal import TestSupport
internal import Testing

/// A journal that was cut off, overwritten or flipped bit by bit: execplan goes on as promised, or says what is wrong
/// and how to repair it; the ledger outside decides that nothing is said to be done that was not.
struct DamageTests {
  enum Kind: String, CaseIterable, Sendable {
    /// The log is cut off, as by a device that lies about what it has written.
    case tornLog
    case flippedLog, flippedDatabase, flippedIndex
    case cutDatabase, emptyDatabase, garbage, noIndex, damagedMarks, noLogs
  }

  struct Trial: Sendable, CustomStringConvertible {
    let kind: Kind
    let seed: UInt64
    var description: String { "\(kind) \(seed)" }
  }

  /// `EXECPLAN_TRIALS` trials of each kind.
  static let trials: [Trial] = {
    let count = ProcessInfo.processInfo.environment["EXECPLAN_TRIALS"].flatMap { UInt64($0) } ?? 3
    return Kind.allCases.flatMap { kind in (1...max(1, count)).map { Trial(kind: kind, seed: $0) } }
  }()

  /// Eight steps one after another; each fourth may be repeated.
  static let plan: String = {
    var text = "execplan: 1\ntitle: Damage\nid: damage\nsteps:\n"
    for number in 1...8 {
      text += "  - {id: s\(number), run: \"sh $OUT/note.sh s\(number); sh $OUT/block.sh \(number)\""
      text += number > 1 ? ", needs: [s\(number - 1)]" : ""
      text += number % 4 == 0 ? ", idempotent: true}\n" : "}\n"
    }
    return text
  }()

  @Test(arguments: trials)
  func aDamagedJournalNeverSaysWhatTheLedgerDoesNotKnow(_ trial: Trial) throws {
    var numbers = SeededGenerator(seed: trial.seed &* 1000 &+ UInt64(Kind.allCases.firstIndex(of: trial.kind) ?? 0))
    try withRunProject(Self.plan) { project in
      let steps = (1...8).map { "s\($0)" }
      let judge = try LedgerJudge(project, uncertain: Set(steps.filter { $0 != "s4" && $0 != "s8" }))
      let held = Int.random(in: 2...8, using: &numbers)
      for number in 1...8 where number != held { try project.outside.write("first\(number)/x", "") }
      try #require(try project.killDuringApply("-q", block: String(held)))
      try Damage(project: project).strike(trial.kind, &numbers)

      try expectNoFalseSuccess(project, judge, steps)
      var answered = 0
      var isForgotten = false
      var trust: [String] = []
      for _ in 0..<12 {
        let result = try Execplan.run(["apply", "p.execplan.yaml"] + trust, in: project.folder)
        trust = []
        try expectNoFalseSuccess(project, judge, steps)
        switch result.exit {
        case 0:
          try expectLedger(judge, steps, isForgotten: isForgotten, trial)
          #expect(
            try project.query("pragma integrity_check; select state from runs order by id desc limit 1")
              == "ok\nsucceeded")
          try expectHealth(project, trial)
          return
        // A byte of the machine's name for its start was another.
        case 5 where result.stderr.contains("the machine was restarted"):
          for id in steps where result.stderr.contains("--rerun \(id)\n") {
            #expect(judge.count(id) > 0, "\(trial): \(result)")
          }
          trust = ["--resume", "--trust-effects"]
        case 5: answered += try answer(result, judge, project)
        case 74:
          #expect(result.stderr.contains("execplan doctor"), "\(result)")
          let repaired = try project.run("doctor", "--repair", "--format", "json")
          let report = try #require(
            try JSONSerialization.jsonObject(with: Data(repaired.stdout.utf8)) as? [String: Any], "\(repaired)")
          #expect(repaired.exit == 1 && report["repaired"] as? Bool == true, "\(repaired)")
          // With no run left there is nothing that could be asked for: the report says that all was lost.
          let runs = (report["tables"] as? [[String: Any]])?.first { $0["name"] as? String == "runs" }
          isForgotten = isForgotten || runs?["rows"] as? Int == 0
          if isForgotten { #expect(!(report["lost_runs"] as? [Int] ?? []).isEmpty, "\(repaired)") }
          let folder = try #require(report["old_files"] as? String)
          #expect(FileManager.default.fileExists(atPath: folder))
        default:
          Issue.record("\(trial): \(result)")
          return
        }
      }
      Issue.record("\(trial) does not come to an end")
    }
  }

  /// What no command needed may be damaged still: `doctor` says so, and mends it.
  private func expectHealth(_ project: RunProject, _ trial: Trial) throws {
    let found = try project.run("doctor")
    if found.exit == 0 { return }
    #expect(found.exit == 1 && found.stdout.contains("execplan doctor --repair"), "\(trial): \(found)")
    let repaired = try project.run("doctor", "--repair")
    #expect(try project.run("doctor").exit == 0, "\(trial): \(found) \(repaired)")
  }

  /// What is shown as succeeded has run.
  private func expectNoFalseSuccess(_ project: RunProject, _ judge: LedgerJudge, _ steps: [String]) throws {
    let result = try project.run("status", "p.execplan.yaml", "--format", "json")
    #expect([0, 74].contains(result.exit), "\(result)")
    let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    for step in object?["steps"] as? [[String: Any]] ?? [] where step["state"] as? String == "succeeded" {
      let id = step["id"] as? String ?? ""
      #expect(judge.count(id) > 0, "\"\(id)\" is said to have succeeded")
    }
  }

  /// Answers by the ledger.
  private func answer(_ result: Execplan.Result, _ judge: LedgerJudge, _ project: RunProject) throws -> Int {
    let commands = result.stderr.split(separator: "\n").filter { $0.contains(" --as done") }
    #expect(!commands.isEmpty, "\(result)")
    for command in commands {
      let step = try #require(command.split(separator: " ").dropLast(2).last.map(String.init))
      let verdict = judge.count(step) > 0 ? "done" : "rerun"
      let resolved = try project.run("resolve", "p.execplan.yaml", step, "--as", verdict)
      #expect(resolved.exit == 0, "\(resolved)")
    }
    return commands.count
  }

  /// Nobody was asked only if the repair said that everything was lost.
  private func expectLedger(_ judge: LedgerJudge, _ steps: [String], isForgotten: Bool, _ trial: Trial) throws {
    for step in steps {
      let most = isForgotten || step == "s4" || step == "s8" ? 3 : 1
      #expect((1...most).contains(judge.count(step)), "\(trial): \"\(step)\" ran \(judge.count(step)) times")
    }
  }
}

/// Ways to damage a state directory.
private struct Damage {
  let project: RunProject

  func strike(_ kind: DamageTests.Kind, _ numbers: inout SeededGenerator) throws {
    switch kind {
    case .tornLog: try cut("journal.db-wal", &numbers)
    case .flippedLog: try flip("journal.db-wal", Int.random(in: 1...4, using: &numbers), &numbers)
    case .flippedDatabase:
      try settle()
      try flip("journal.db", Int.random(in: 1...8, using: &numbers), &numbers)
    case .flippedIndex: try flip("journal.db-shm", 16, &numbers)
    case .cutDatabase:
      try settle()
      try cut("journal.db", &numbers)
    case .emptyDatabase:
      try settle()
      try write("journal.db", Data())
    case .garbage:
      try settle()
      try write("journal.db", Data((0..<20_000).map { _ in UInt8.random(in: .min ... .max, using: &numbers) }))
    case .noIndex: try FileManager.default.removeItem(atPath: path("journal.db-shm"))
    case .damagedMarks:
      for name in try FileManager.default.contentsOfDirectory(atPath: path("marks")) {
        try flip("marks/" + name, 400, &numbers)
      }
    case .noLogs: try FileManager.default.removeItem(atPath: path("logs"))
    }
  }

  private func path(_ name: String) -> String { project.folder.path(".execplan/" + name) }

  /// Takes the log into the database, as a checkpoint does.
  private func settle() throws { _ = try project.query("pragma wal_checkpoint(truncate)") }

  private func write(_ name: String, _ data: Data) throws {
    try data.write(to: URL(fileURLWithPath: path(name)))
  }

  private func cut(_ name: String, _ numbers: inout SeededGenerator) throws {
    let size = try #require(FileManager.default.contents(atPath: path(name))).count
    try #require(unsafe truncate(path(name), Int.random(in: 0..<size, using: &numbers)) == 0)
  }

  private func flip(_ name: String, _ count: Int, _ numbers: inout SeededGenerator) throws {
    var data = try #require(FileManager.default.contents(atPath: path(name)))
    for _ in 0..<count {
      data[Int.random(in: 0..<data.count, using: &numbers)] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
    }
    try write(name, data)
  }
}
