internal import Foundation
internal import TestSupport
internal import Testing

/// What programs read: one JSON object on standard output, and the stream of events.
struct RunMachineTests {
  static let plan = """
    execplan: 1
    title: Machine
    id: machine
    steps:
      - {id: a, run: "echo a; echo a >> $OUT/ledger"}
      - {id: b, needs: [a], retry: {times: 2, delay: 1ms}, run: "test -e well"}
      - {id: c, needs: [b], manual: {instructions: Look}}

    """

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  @Test func everyAnswerIsOneObjectAlsoOnFailure() throws {
    try withRunProject(Self.plan) { project in
      func check(_ arguments: [String], _ exit: Int32, error: Bool = false) throws {
        let result = try Execplan.run(arguments + ["--format", "json"], in: project.folder)
        #expect(result.exit == exit, "\(arguments) \(result)")
        let answer = try object(result.stdout)
        #expect(answer["format_version"] != nil)
        #expect(result.stdout.hasPrefix("{\n  \"format_version\"") || result.stdout.hasPrefix("{\"format_version\""))
        #expect((answer["error"] as? [String: Any])?["exit_code"] as? Int == (error ? Int(exit) : nil), "\(result)")
      }
      for command in [["plan"], ["status", "machine"], ["status"], ["runs"]] { try check(command, 0) }
      try check(["apply"], 1)
      for command in [["plan"], ["status", "machine"], ["status"], ["runs"], ["runs", "machine"]] {
        try check(command, 0)
      }
      try check(["plan", "--detailed-exitcode"], 2)
      for command in ["plan", "apply"] {
        try check([command, "none.yaml"], 64, error: true)
        try check([command, "machine", "--param", "x=1"], 64, error: true)
        try check([command, "machine", "--only", "nothing"], 64, error: true)
      }
      try check(["status", "none.yaml"], 64, error: true)
      try check(["runs", "none.yaml"], 64, error: true)
      try project.folder.write("well", "")
      try check(["apply"], 4)
      let waiting = try object(try project.run("status", "machine", "--format", "json").stdout)
      #expect(waiting["next_command"] as? String == "execplan checkpoint machine c --continue")
      let steps = try #require(waiting["steps"] as? [[String: Any]])
      #expect(steps.map { $0["state"] as? String } == ["succeeded", "succeeded", "waiting"])
      #expect(steps.map { $0["attempts"] as? Int } == [1, 4, 1])
      try project.write(Self.plan.replacingOccurrences(of: "echo a; ", with: "echo b; "))
      try check(["apply"], 5, error: true)
      try check(["plan"], 0)
      try project.write("execplan: 1\nsteps: x\n")
      for command in ["plan", "apply"] { try check([command, "p.execplan.yaml"], 3, error: true) }
      try check(["status", "p.execplan.yaml"], 0)
    }
  }

  @Test func theStreamOfEventsIsWellFormedAndCanBeReplayed() throws {
    try withRunProject(Self.plan) { project in
      let toFile = try project.run("apply", "--events", "events.ndjson")
      #expect(toFile.exit == 1)
      let kinds = try kinds()
      let first = try events(try #require(project.folder.read("events.ndjson")), kinds)
      #expect(first.first?["type"] as? String == "version")
      let told = first.dropFirst().compactMap { $0["type"] as? String }
      #expect(told.first == "run_started" && told.last == "run_finished")
      #expect(told.count { $0 == "retry_scheduled" } == 2)
      #expect(told[1] == "planned" && first[2]["step_ids"] as? [String] == ["a", "b", "c"])
      let rising = first.dropFirst().filter { $0["type"] as? String != "output" }.compactMap { $0["seq"] as? Int }
      #expect(rising == rising.sorted() && Set(rising).count == rising.count)

      let replayed = try project.run("logs", "machine", "--events")
      #expect(lines(replayed.stdout) == lines(project.folder.read("events.ndjson") ?? ""))
      let middle = rising[rising.count / 2]
      let rest = try events(try project.run("logs", "machine", "--events", "--since", "\(middle)").stdout, kinds)
      #expect(rest.dropFirst().compactMap { $0["seq"] as? Int } == rising.filter { $0 > middle })

      // On standard output there is nothing else, and a file grows.
      try project.folder.write("well", "")
      let toOutput = try project.run("apply", "--resume", "--events", "-")
      #expect(toOutput.exit == 4)
      let resumed = try events(toOutput.stdout, kinds)
      // What is done is not planned again.
      #expect(resumed.first { $0["type"] as? String == "planned" }?["step_ids"] as? [String] == ["b", "c"])
      #expect(toOutput.stderr.contains("waiting: c"))
      #expect(try project.run("apply", "--events", "events.ndjson").exit == 4)
      let both = try #require(project.folder.read("events.ndjson"))
      #expect(try events(both, kinds).count { $0["type"] as? String == "version" } == 1)
      #expect(try project.run("apply", "--events", "no/such/folder/x").exit == 74)
    }
  }

  @Test func manyStepsArePlannedInSeveralEvents() throws {
    let steps = (1...1100).map { "  - {id: s\($0), manual: {instructions: Look}}\n" }.joined()
    try withRunProject("execplan: 1\ntitle: Many\nid: many\norder: graph\nsteps:\n" + steps) { project in
      let result = try project.run("apply", "-q", "--events", "-")
      let planned = try events(result.stdout, try kinds()).compactMap { $0["step_ids"] as? [String] }
      #expect(planned.map(\.count) == [500, 500, 100])
      #expect(planned.flatMap(\.self) == (1...1100).map { "s\($0)" })
    }
  }

  private func kinds() throws -> Set<String> {
    let schema = try object(
      String(
        decoding: try #require(FileManager.default.contents(atPath: MarkdownPage.root + "/schemas/events.schema.json")),
        as: UTF8.self))
    let type = (schema["properties"] as? [String: Any])?["type"] as? [String: Any]
    return Set(try #require(type?["enum"] as? [String]))
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { !$0.contains("\"type\":\"output\"") }
  }

  private func events(_ text: String, _ kinds: Set<String>) throws -> [[String: Any]] {
    #expect(text.hasSuffix("\n"))
    return try text.split(separator: "\n").map { line in
      let event = try object(String(line))
      let type = try #require(event["type"] as? String)
      #expect(kinds.contains(type), "\(type)")
      if type != "version" {
        for key in ["seq", "ts", "run_id", "step_id", "attempt"] { #expect(event[key] != nil, "\(line)") }
      }
      return event
    }
  }

  @Test func quietSaysNothingUnlessSomethingIsWrong() throws {
    try withRunProject(Self.plan) { project in
      let failed = try project.run("apply", "-q")
      #expect(failed.exit == 1 && failed.stdout.contains("failed: b: exit 1"), "\(failed)")
      #expect(try project.run("apply", "-q", "--fresh", "--until", "a").stderr == "")
    }
  }

  @Test func standardInputMayBeClosed() throws {
    let plan = "execplan: 1\ntitle: T\nid: t\nsteps:\n  - {id: a, run: \"cat; test ! -t 0\"}\n"
    try withRunProject(plan) { project in
      let result = try Execplan.runOther(
        "/bin/sh", ["-c", "exec \(Execplan.binary) apply <&-"], in: project.folder)
      #expect(result.exit == 0, "\(result)")
      let silent = try Execplan.runOther(
        "/bin/sh", ["-c", "exec \(Execplan.binary) apply <&- >&- 2>&-"], in: project.folder)
      // What it says can't be written; what it does is recorded.
      #expect(silent.exit == 74, "\(silent)")
      #expect(try project.query("select count(*) from runs where state = 'succeeded'") == "2")
      #expect(try project.query("pragma integrity_check") == "ok")
    }
  }
}
