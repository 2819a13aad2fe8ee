internal import Foundation
internal import TestSupport
internal import Testing

/// `kill -9` of execplan at random moments, over plans of 30 steps of all classes with four at a time.
///
/// `EXECPLAN_KILLS` says how many kills, `EXECPLAN_SEED` with which numbers it begins: `make kill-storm` makes 500.
struct KillStormTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test func killsAtRandomMomentsLoseNothingAndRepeatNothing() throws {
    let wanted = Self.setting("EXECPLAN_KILLS") ?? 20
    var seed = UInt64(Self.setting("EXECPLAN_SEED") ?? 1)
    var storm = Storm()
    while storm.kills < wanted {
      try storm.rage(seed: seed, atMost: wanted - storm.kills)
      seed += 1
    }
    print(
      "\(storm.kills) kills in \(storm.runs) runs of \(StormPlan.size) steps: \(storm.attempts) attempts,",
      "\(storm.doubts) doubts reported and answered")
  }
}

/// What a storm has done so far.
private struct Storm {
  var kills = 0
  var runs = 0
  var attempts = 0
  var doubts = 0

  /// One plan, killed again and again until it is done.
  mutating func rage(seed: UInt64, atMost limit: Int) throws {
    var numbers = SeededGenerator(seed: seed)
    let plan = StormPlan(&numbers)
    try withRunProject(plan.yaml) { project in
      for step in plan.names(of: .files) { try project.folder.write("\(step).in", step) }
      for step in plan.names(of: .transactional) { _ = try project.query("create table t (n)", in: "\(step).db") }
      var judge = try LedgerJudge(project, uncertain: Set(plan.names(of: .none)))
      var isDone = false
      var killed = 0
      while !isDone, killed < limit {
        let expected = try judge.expectedDoubts()
        let program = try Execplan.start(["apply", "-j4", "-q"] + (try judge.goOn), in: project.folder)
        // The longest wait is about the time of a whole run, so that every part of one is met.
        usleep(UInt32.random(in: 0...600_000, using: &numbers))
        program.send(signal: SIGKILL)
        let result = program.wait()
        try judge.look()
        switch result.exit {
        case 137: killed += 1
        case 5: doubts += try judge.answer(result, expected, ["p.execplan.yaml"])
        case 0: isDone = true
        default: Issue.record("seed \(seed): \(result)")
        }
      }
      kills += killed
      doubts += try judge.finish(["p.execplan.yaml", "-j4", "-q"])
      try end(plan, judge, project, seed: seed)
    }
    runs += 1
  }

  private mutating func end(_ plan: StormPlan, _ judge: LedgerJudge, _ project: RunProject, seed: UInt64) throws {
    for step in plan.names(of: .none) {
      #expect(judge.count(step) == 1, "seed \(seed): \"\(step)\" ran \(judge.count(step)) times")
    }
    for step in plan.names(of: .declared) + plan.names(of: .files) + plan.names(of: .guarded) {
      #expect((1...judge.stops + 1).contains(judge.count(step)), "seed \(seed): \"\(step)\"")
    }
    for step in plan.names(of: .files) { #expect(project.folder.read("\(step).out") == step) }
    for step in plan.names(of: .convergent) { #expect(project.folder.read("\(step).txt") == step) }
    for step in plan.names(of: .transactional) {
      #expect(try project.query("select count(*) from t", in: "\(step).db") == "1", "seed \(seed): \"\(step)\"")
    }
    #expect(
      try project.query("pragma integrity_check; pragma foreign_key_check; select state from runs") == "ok\nsucceeded")
    let steps = try project.query("select count(*) from checkpoints where superseded = 0 and outcome <> 'failed'")
    #expect(steps == String(StormPlan.size), "seed \(seed)")
    attempts += Int(try project.query("select count(*) from attempts where state <> 'released'")) ?? 0
  }
}

/// A random graph of steps of all classes.
private struct StormPlan {
  static let size = 30

  enum Class: CaseIterable {
    case none, declared, files, guarded, transactional, convergent
  }

  private let classes: [Class]
  let yaml: String

  init(_ numbers: inout SeededGenerator) {
    // Half of them are such that nobody can tell whether they ran.
    classes = (0..<Self.size).map { number in
      number % 2 == 0 ? .none : Class.allCases[1 + number / 2 % (Class.allCases.count - 1)]
    }
    var text = "execplan: 1\ntitle: Storm\nid: storm\norder: graph\nsteps:\n"
    for (number, kind) in classes.enumerated() {
      let name = Self.name(number)
      var needs: Set<Int> = []
      for _ in 0..<Int.random(in: 0...2, using: &numbers) where number > 0 {
        needs.insert(Int.random(in: max(0, number - 8)..<number, using: &numbers))
      }
      let pause = Double(Int.random(in: 0...60, using: &numbers)) / 1000
      text += "  - id: \(name)\n    needs: [\(needs.sorted().map(Self.name).joined(separator: ", "))]\n"
      text += Self.body(kind, name, "sh $OUT/note.sh \(name); sleep \(pause)")
    }
    yaml = text
  }

  func names(of kind: Class) -> [String] {
    classes.indices.filter { classes[$0] == kind }.map(Self.name)
  }

  private static func name(_ number: Int) -> String { "s\(number)" }

  private static func body(_ kind: Class, _ name: String, _ note: String) -> String {
    switch kind {
    case .none: "    run: \(note)\n"
    case .declared: "    idempotent: true\n    run: \(note)\n"
    case .files: "    inputs: [\(name).in]\n    outputs: [\(name).out]\n    run: \(note); cp \(name).in \(name).out\n"
    case .guarded: "    unless: test -e \(name).done\n    run: \(note); touch \(name).done\n"
    case .transactional:
      """
          sql: {database: "sqlite:\(name).db", exactly_once: true, script: "insert into t values (1)"}

      """
    case .convergent: "    file: {path: \(name).txt, content: \(name)}\n"
    }
  }
}
