internal import Foundation
internal import TestSupport
internal import Testing

/// `kill -9` at random moments of a plan whose steps insert rows `exactly_once`: in the end every row is there once.
///
/// `EXECPLAN_SQL_KILLS` says how many kills, `EXECPLAN_SEED` with which numbers it begins: `make kill-storm` makes 200
/// on each database.
struct SQLKillTests {
  enum Kind: String, CaseIterable, Sendable {
    case sqlite, postgres
  }

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test(arguments: Kind.allCases) func killsLeaveEveryRowOnce(_ kind: Kind) throws {
    let wanted = Self.setting("EXECPLAN_SQL_KILLS") ?? 6
    var storm = SQLStorm(kind: kind)
    var seed = UInt64(Self.setting("EXECPLAN_SEED") ?? 1)
    while storm.kills < wanted {
      try storm.rage(seed: seed, atMost: wanted - storm.kills)
      seed += 1
    }
    print(
      "\(storm.kills) kills on \(kind.rawValue) (\(storm.trees) with psql) in \(storm.runs) runs of",
      "\(SQLStorm.steps) steps: \(storm.attempts) attempts, \(storm.hits) of them found that they had taken effect,",
      "\(storm.rows) rows, each once")
  }
}

/// What a storm has done so far.
private struct SQLStorm {
  static let steps = 12
  /// Rows that a step inserts, half of them before a pause and half behind it.
  private static let share = 200

  let kind: SQLKillTests.Kind
  var kills = 0
  /// Kills that met `psql`, too.
  var trees = 0
  var runs = 0
  var attempts = 0
  var hits = 0
  var rows = 0

  init(kind: SQLKillTests.Kind) { self.kind = kind }

  /// One plan, killed again and again until it is done.
  mutating func rage(seed: UInt64, atMost limit: Int) throws {
    var numbers = SeededGenerator(seed: seed)
    let database = kind == .postgres ? try PostgresServer.shared.makeDatabase() : nil
    defer { database?.remove() }
    try withRunProject(plan(&numbers, database)) { project in
      let ask = { (sql: String) in try database?.query(sql) ?? project.query(sql, in: "w.db") }
      _ = try ask("create table t (step text, n int)")
      var killed = 0
      var isDone = false
      while !isDone {
        let goesOn =
          try FileManager.default.fileExists(atPath: project.folder.path(".execplan/journal.db"))
          && project.query("select count(*) from runs") == "1"
        let orphans = Bool.random(using: &numbers) ? "wait" : "kill"
        let program = try Execplan.start(
          ["apply", "-j4", "--orphans", orphans] + (goesOn ? ["--resume"] : []), in: project.folder)
        if killed < limit {
          // On a busy machine most moments lie before the first step: so every other kill waits for that.
          if Bool.random(using: &numbers) { _ = program.waitForStderr(": started") }
          // Some ends of runs are met, too.
          usleep(UInt32.random(in: 0...(kind == .sqlite ? 800_000 : 2_000_000), using: &numbers))
          let children = Bool.random(using: &numbers) ? program.children : []
          program.send(signal: SIGKILL)
          for child in children { kill(child, SIGKILL) }
          let result = program.wait()
          if result.exit == 137 {
            killed += 1
            if !children.isEmpty { trees += 1 }
            continue
          }
          isDone = result.exit == 0
          #expect(isDone, "seed \(seed): \(result)")
        } else {
          let result = program.wait()
          isDone = result.exit == 0
          #expect(isDone, "seed \(seed): \(result)")
        }
        if !isDone { return }
      }
      kills += killed
      try database?.waitForSilence()
      try end(project, ask, seed: seed)
    }
    runs += 1
  }

  private mutating func end(_ project: RunProject, _ ask: (String) throws -> String, seed: UInt64) throws {
    let expected = (0..<Self.steps).map { "s\($0)" }.sorted().map { "\($0)|\(Self.share)|\(Self.share)" }
      .joined(separator: "\n")
    let found = try ask("select step, count(*), count(distinct n) from t group by step order by step")
    #expect(found == expected, "seed \(seed)")
    let tokens = try ask("select count(*) from execplan_tokens")
    #expect(tokens == String(Self.steps), "seed \(seed)")
    let record = try project.query(
      """
      pragma integrity_check;
      select state from runs;
      select count(*) from checkpoints where superseded = 0 and outcome = 'succeeded';
      """)
    #expect(record == "ok\nsucceeded\n\(Self.steps)", "seed \(seed)")
    rows += Int(try ask("select count(*) from t")) ?? 0
    attempts += Int(try project.query("select count(*) from attempts where state <> 'released'")) ?? 0
    hits += Int(try project.query("select count(*) from attempts where reason like 'its token%'")) ?? 0
  }

  private func plan(_ numbers: inout SeededGenerator, _ database: PostgresDatabase?) -> String {
    var text = """
      execplan: 1
      title: Rows
      id: rows
      order: graph
      pools: {db: \(kind == .sqlite ? 1 : 4)}
      defaults: {pool: db, database: "\(database?.url ?? "sqlite:w.db")"}
      steps:

      """
    for step in 0..<Self.steps {
      let needs = step > 1 && Bool.random(using: &numbers) ? "s\(Int.random(in: 0..<step, using: &numbers))" : ""
      let pause = Int.random(in: 0...60, using: &numbers)
      text += "  - id: s\(step)\n    needs: [\(needs)]\n    sql:\n      exactly_once: true\n      statements:\n"
      for line in statements(step, pause: pause) { text += "        - \(line)\n" }
    }
    return text
  }

  private func statements(_ step: Int, pause: Int) -> [String] {
    let (half, all) = (Self.share / 2, Self.share)
    switch kind {
    case .postgres:
      return [
        "insert into t select 's\(step)', n from generate_series(1, \(half)) n",
        "select pg_sleep(\(Double(pause) / 1000))",
        "insert into t select 's\(step)', n from generate_series(\(half + 1), \(all)) n",
      ]
    case .sqlite:
      let series = "with recursive c(n) as (select 1 union all select n + 1 from c limit "
      return [
        "\(series)\(half)) insert into t select 's\(step)', n from c",
        // About as long as the pause on the other database.
        "\(series)\(1 + pause * 2000)) select count(*) from c",
        "\(series)\(half)) insert into t select 's\(step)', n + \(half) from c",
      ]
    }
  }
}
