internal import Foundation
internal import TestSupport
internal import Testing

/// Brings a step into a situation, goes on as a person would, and says what execplan did and said.
struct SituationTrial {
  let row: ActionRow
  let project: RunProject
  let server: WebServer?
  /// That of a row whose effect is on a server.
  let database: PostgresDatabase?

  struct Outcome {
    /// A cell of the table.
    var cell: String
    /// What is left of the project and outside of it.
    var state: [String: String]
  }

  static func run(_ row: ActionRow, _ situation: Situation?) throws -> Outcome {
    let server = row.usesServer ? try WebServer() : nil
    defer { server?.stop() }
    var database: PostgresDatabase?
    defer { database?.remove() }
    if case .serverRows = row.effect {
      database = try PostgresServer.shared.makeDatabase()
      _ = try database?.query("create table t (n int); create table gate (n int)")
    }
    let plan = row.plan(server).replacingOccurrences(of: "$DB", with: database?.url ?? "")
    return try withRunProject(plan) { project in
      let trial = SituationTrial(row: row, project: project, server: server, database: database)
      for (name, text) in row.files { try project.folder.write(name, text) }
      for (name, text) in row.programs {
        try project.folder.write(name, ActionRow.filled(text).replacing("$OUT", with: project.outside.path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.folder.path(name))
      }
      for (name, text) in row.outside { try project.outside.write(name, text) }
      _ = try project.query("create table t (n)", in: "w.db")
      let service = try trial.startService()
      defer { service?.send(signal: SIGTERM) }
      var (cell, isDone) = ("", false)
      if let situation { (cell, isDone) = try trial.bring(into: situation) }
      if !isDone { try trial.finish() }
      return Outcome(cell: cell, state: try trial.state())
    }
  }

  private func startService() throws -> RunningProgram? {
    guard let service = row.service else { return nil }
    try project.outside.write("service", service.replacingOccurrences(of: "$OUT", with: project.outside.path))
    let program = try RunningProgram(
      "/bin/sh", [project.outside.path("service")], in: project.outside.path,
      env: ProcessInfo.processInfo.environment, stdin: nil)
    #expect(becomesTrue { project.outside.read("listening") != nil || !program.isRunning })
    return program
  }

  // MARK: The situation

  /// - Returns: what `plan` and `apply` say afterwards, and whether the run came to its end.
  private func bring(into situation: Situation) throws -> (cell: String, isDone: Bool) {
    switch situation {
    case .sameRun:
      try applyAndAnswer(expecting: 1)
      try ready()
    case .newRun:
      try ready()
      try applyAndAnswer(expecting: 0)
    case .killedBefore, .killedDuring, .killedAfter:
      try ready()
      try kill(situation.kill(of: row) ?? row.before)
    }
    if case .blocked? = situation.kill(of: row) {} else { try release() }
    let before = try effects()
    let planned = try said()
    let result = try project.run("apply", "-q")
    var cell = planned
    switch result.exit {
    case 0: break
    case 4: cell += ", exit 4"
    case 5: cell += ", exit 5"
    default: Issue.record("\(row), \(situation.rawValue): \(result)")
    }
    let times = try effects() - before
    if times > 0 { cell += ", done \(times == 1 ? "once" : "\(times) times")" }
    return (cell, result.exit == 0)
  }

  /// Lets go on whatever the step waits for.
  private func release() throws {
    try project.release()
    try server?.release("it")
    _ = try database?.query("insert into gate values (1)")
    for name in row.awaited { try project.folder.write(name, "") }
  }

  private func ready() throws { try project.outside.write("ready", "") }

  private func kill(_ kill: ActionRow.Kill) throws {
    switch kill {
    case .at(let point):
      try release()
      let result = try project.run("apply", "-q", env: ["EXECPLAN_FAULT": point])
      #expect(result.exit == 137, "\(row): \(point): \(result)")
    case .blocked:
      #expect(try project.killDuringApply("-q"), "\(row): nothing was held up")
      try project.release()
    case .asked:
      let program = try project.start("apply", "-q")
      #expect(server?.waitForRequest("/hold/it", from: program) == true, "\(row): nothing was asked")
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      try release()
    case .started:
      let program = try project.start("apply")
      #expect(program.waitForStderr("it: started"), "\(row): it did not begin")
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      try release()
    case .asleep:
      let database = try #require(database)
      let program = try project.start("apply", "-q")
      #expect(try database.waitForSession(Self.isHeldUp, of: program), "\(row): nothing was held up")
      program.send(signal: SIGKILL)
      _ = program.wait()
      try database.terminateSessions()
      try database.waitForSilence()
    case .inAnswer(let point):
      try release()
      #expect(try project.run("apply", "-q").exit == 4)
      for words in row.answer {
        let result = try Execplan.run(words, in: project.folder, env: ["EXECPLAN_FAULT": point])
        #expect(result.exit == 137, "\(row): \(point): \(result)")
      }
    }
  }

  private static let isHeldUp = "(wait_event = 'PgSleep' or state = 'active' and query like '%generate_series%')"

  private func applyAndAnswer(expecting exit: Int32) throws {
    try release()
    var result = try project.run("apply", "-q")
    if result.exit == 4, !row.answer.isEmpty {
      try answer()
      result = try project.run("apply", "-q")
    }
    #expect(result.exit == exit, "\(row): \(result)")
  }

  private func answer() throws {
    for words in row.answer {
      let result = try Execplan.run(words, in: project.folder)
      #expect(result.exit == 0, "\(row): \(result)")
    }
  }

  // MARK: What is said and done

  /// The decision about the step with its first reason.
  private func said() throws -> String {
    let result = try project.run("plan", "--probe", "--format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
    let steps = try #require(object["steps"] as? [[String: Any]])
    // Items are known when a run has found them.
    let step = try #require(
      steps.first { $0["id"] as? String == row.node } ?? steps.first { $0["id"] as? String == "it[*]" })
    let reasons = step["reasons"] as? [[String: Any]] ?? []
    let decision = (step["decision"] as? String ?? "").replacing("_", with: " ")
    let detail = reasons.first?["detail"] as? String ?? ""
    if detail.isEmpty { return decision }
    if detail.hasPrefix("\(decision): ") { return detail }
    return "\(decision): \(detail)"
  }

  /// How often the action took effect so far.
  private func effects() throws -> Int {
    switch row.effect {
    case .ledger: project.ledger.count { $0 == "it" }
    case .requests: server?.requests.count ?? -1
    case .rows: Int(try project.query("select count(*) from t", in: "w.db")) ?? -1
    case .serverRows: Int(try database?.query("select count(*) from t") ?? "") ?? -1
    case .state: 0
    }
  }

  /// Goes on until the run is done, with a true answer to what is asked.
  private func finish() throws {
    try ready()
    try release()
    for _ in 1...6 {
      let result = try project.run("apply", "-q")
      switch result.exit {
      case 0: return
      case 4: try answer()
      case 5:
        // Whoever answers looks at what happened.
        let verdict = try isDone() ? "done" : "rerun"
        let answered = try project.run("resolve", "p.execplan.yaml", row.node, "--as", verdict)
        #expect(answered.exit == 0, "\(row): \(answered)")
      default:
        Issue.record("\(row): \(result)")
        return
      }
    }
    Issue.record("\(row): it does not come to an end")
  }

  private func isDone() throws -> Bool { try effects() > 0 }

  /// What a person finds afterwards, by name; the order in which things happened is no part of it.
  private func state() throws -> [String: String] {
    var state: [String: String] = [:]
    let root = project.folder.path
    for name in try FileManager.default.subpathsOfDirectory(atPath: root)
    where !name.hasPrefix(".execplan") && !name.hasPrefix("w.db") {
      let path = root + "/" + name
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
        state[name] = "-> \(target)"
      } else {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        // The plan and the programs name the folder outside, which is another one each time.
        let text = name == "p.execplan.yaml" || row.programs[name] != nil ? "" : project.folder.read(name) ?? "folder"
        state[name] = "\(String(mode, radix: 8)) \(text)"
      }
    }
    state["table t"] = try project.query("select * from t", in: "w.db")
    if let database { state["table t on the server"] = try database.query("select * from t") }
    state["run"] = try project.query("select state from runs order by id desc limit 1")
    return state
  }
}
