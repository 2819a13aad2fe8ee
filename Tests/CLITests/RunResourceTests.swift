internal import Foundation
internal import TestSupport
internal import Testing

/// What each attempt used of the machine is in the journal, in `status`, `logs` and the events.
struct RunResourceTests {
  /// More than execplan itself ever needs for such a plan.
  static let memory = 300 << 20

  static let plan = """
    execplan: 1
    title: Resources
    id: resources
    secrets: {TOKEN: {env: SECRET_TOKEN}}
    order: graph
    steps:
      - {id: spin, run: "i=0; while test $i -lt 60000; do i=$((i + 1)); done"}
      - {id: big, run: dd bs=\(memory) count=1 if=/dev/zero of=/dev/null}
      - {id: kept, secrets: [TOKEN], run: dd bs=\(memory) count=1 if=/dev/zero of=/dev/null}
      - {id: made, file: {path: made.txt, content: x}}
      - {id: asked, check: [{run: "dd bs=\(memory) count=1 if=/dev/zero of=/dev/null"}]}
      - {id: late, timeout: 200ms, allow_failure: true, run: "while :; do :; done"}
      - {id: never, exec: [no-such-program-at-all], allow_failure: true}
      - {id: up, unless: "true", run: echo no}

    """

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func resources(_ project: RunProject) throws -> [String: [String: Any]] {
    let status = try object(try project.run("status", "resources", "--format", "json").stdout)
    let steps = try #require(status["steps"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: steps.compactMap { step in
        (step["id"] as? String).map { ($0, step["resources"] as? [String: Any] ?? [:]) }
      })
  }

  @Test func whatEachKindOfStepUsedIsRecorded() throws {
    try withRunProject(Self.plan) { project in
      let events = try project.run("apply", "-q", "--events", "-", env: ["SECRET_TOKEN": "0123456789abcdef"])
      #expect(events.exit == 0, "\(events)")
      let used = try resources(project)
      func memory(_ step: String) -> Int { used[step]?["max_memory_bytes"] as? Int ?? 0 }
      func time(_ step: String) -> Int {
        (used[step]?["user_ms"] as? Int ?? 0) + (used[step]?["system_ms"] as? Int ?? 0)
      }
      // A program, one under a keeper, and one that a check asked.
      for step in ["big", "kept", "asked"] {
        #expect(memory(step) > Self.memory && memory(step) < 2 * Self.memory, "\(step): \(used[step] ?? [:])")
      }
      #expect(time("spin") > 0 && time("late") > 0, "\(used)")
      // A file needs no program: there is its thread, and no memory of its own.
      #expect(used["made"]?.count == 5 && memory("made") == 0, "\(used)")
      // What was never started or never tried used nothing.
      #expect(used["never"]?.isEmpty == true && used["up"]?.isEmpty == true, "\(used)")

      let ends = try events.stdout.split(separator: "\n").map { try object(String($0)) }
        .filter { $0["type"] as? String == "step_finished" }
      for end in ends {
        let step = try #require(end["step_id"] as? String)
        #expect(
          NSDictionary(dictionary: end["resources"] as? [String: Any] ?? [:])
            == NSDictionary(dictionary: used[step] ?? [:]))
      }
      #expect(ends.count == 8)
    }
  }

  @Test func peopleSeeItWhenTheyAskForMore() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "-q", env: ["SECRET_TOKEN": "0123456789abcdef"]).exit == 0)
      let short = try project.run("status", "resources").stdout
      #expect(!short.contains("cpu"))
      let long = try project.run("status", "resources", "-v").stdout
      #expect(long.contains("duration") && long.contains("cpu") && long.contains("memory") && long.contains("written"))
      #expect(long.split(separator: "\n").contains { $0.contains("big") && $0.contains("MiB") }, "\(long)")
      #expect(!(try project.run("logs", "resources", "big").stderr.contains("cpu")))
      let log = try project.run("logs", "resources", "big", "-v").stderr
      #expect(log.contains("big, attempt 1: cpu ") && log.contains("memory 30"), "\(log)")
    }
  }

  /// The formats before it had no columns for it.
  @Test func anOlderJournalIsReadAsItIsAndBroughtUpToDateByTheNextApply() throws {
    try withRunProject(Self.plan) { project in
      let env = ["SECRET_TOKEN": "0123456789abcdef"]
      #expect(try project.run("apply", "-q", env: env).exit == 0)
      let columns = ["user_us", "system_us", "max_memory", "read_bytes", "written_bytes"]
      let later = ["legs drop column source", "legs drop column rollback", "state drop column previous"]
      let runs = ["runs drop column rerun_of", "runs drop column conflicts"]
      let drops = (columns.map { "attempts drop column \($0)" } + later + runs).map { "alter table \($0);" }.joined()
      #expect(
        try project.query("\(drops) drop table saved_plans; drop table approvals; pragma user_version = 1;") == "")
      let before = try FolderDigest.of(project.folder.path)
      #expect(try resources(project).values.allSatisfy(\.isEmpty))
      for command in [
        ["status"], ["runs"], ["logs", "resources", "big"], ["plan"], ["why", "p.execplan.yaml", "big"],
      ] {
        let result = try Execplan.run(command, in: project.folder, env: env)
        #expect(result.exit == 0, "\(command): \(result)")
      }
      let after = try FolderDigest.of(project.folder.path)
      #expect(Set(after).symmetricDifference(before).sorted() == [])
      #expect(try project.query("pragma user_version") == "1")

      #expect(try project.run("apply", "-q", env: env).exit == 0)
      #expect(try project.query("pragma user_version") != "1")
      #expect(try resources(project)["big"]?.isEmpty == false)
      #expect(try project.query("select count(*) from attempts where run_id = 1 and user_us is null") != "0")
      #expect(try project.run("doctor").exit == 0)
    }
  }
}
