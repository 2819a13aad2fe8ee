internal import Foundation
internal import TestSupport
internal import Testing

/// `uses`: external actions through the binary.
struct RunExternalTests {
  @Test func applyGetsItsInputAndItsReplyCounts() throws {
    let steps = """
        - {id: first, run: 'echo word=hello >> "$EXECPLAN_OUTPUT"'}
        - id: thing
          uses: thing
          with: {text: "${{ steps.first.values.word }} you", number: 3, list: [true, null], made: [made.txt]}
        - {id: tell, run: 'echo ${{ steps.thing.values.n }} ${{ join(steps.thing.values.artifacts, "+") }} >> $OUT/ledger'}

      """
    try ExternalAction.with(steps) { action in
      let project = action.project
      try project.folder.write("made.txt", "")
      let done = try project.run("apply")
      #expect(done.exit == 0 && done.stderr.contains("thing: succeeded in"), "\(done)")
      #expect(project.ledger == ["7 made.txt"])
      #expect(action.calls == ["describe", "describe", "apply"])
      let request = try action.request("apply")
      #expect(request["protocol"] as? Int == 1 && request["operation"] as? String == "apply")
      let with = try #require(request["with"] as? [String: Any])
      #expect(with["text"] as? String == "hello you" && with["number"] as? Int == 3)
      let context = try #require(request["context"] as? [String: Any])
      #expect(context["step_id"] as? String == "thing" && context["run_id"] as? String == "1")
      #expect(
        context["project"] as? String == project.folder.path && (context["idempotency_key"] as? String)?.count == 64)
      // What it wrote beside its reply is its log.
      #expect(try project.run("logs", "thing").stdout.contains("working\n"))
      #expect(try project.run("validate").exit == 0)
      let plan = try project.run("plan")
      #expect(plan.stdout.contains("unknown until \"first\""), "\(plan)")
      #expect(action.calls.count == 3, "plan runs no program")
    }
  }

  @Test func aConvergentActionLooksBeforeItActs() throws {
    let describes = #""idempotence": "convergent", "probe": true"#
    try ExternalAction.with("  - {id: thing, uses: thing, with: {a: 1}}\n", describes: describes) { action in
      let project = action.project
      #expect(try project.run("plan").stdout.contains("probe not run: execplan-action-thing"))
      #expect(action.calls.isEmpty)
      #expect(try project.run("plan", "--probe").stdout.contains("differs: looked"))
      #expect(try project.run("apply").exit == 0)
      let again = try project.run("apply")
      #expect(again.exit == 0 && again.stderr.contains("thing: skipped: already as desired: looked"), "\(again)")
      #expect(project.outside.read("effect") == "x\n")
      #expect(try project.run("plan", "--probe", "--detailed-exitcode").exit == 0)
      try FileManager.default.removeItem(atPath: project.outside.path("effect"))
      #expect(try project.run("plan", "--probe", "--detailed-exitcode").exit == 2)
      #expect(try project.run("apply").exit == 0)
      #expect(project.outside.read("effect") == "x\n")
    }
  }

  struct Kill: Sendable, CustomStringConvertible {
    var describes: String
    var when: String
    /// Exit code of the resume, and the effects after it.
    var exit: Int32
    var effects: Int
    var description: String { "\(describes) killed \(when)" }
  }

  /// The effect is an appended line, so that a repetition shows.
  @Test(arguments: [
    Kill(describes: #""idempotence": "convergent", "probe": true"#, when: "before", exit: 0, effects: 1),
    Kill(describes: #""idempotence": "convergent", "probe": true"#, when: "after", exit: 0, effects: 1),
    Kill(describes: #""idempotence": "declared""#, when: "before", exit: 0, effects: 1),
    Kill(describes: #""idempotence": "declared""#, when: "after", exit: 0, effects: 2),
    Kill(describes: #""idempotence": "transactional""#, when: "before", exit: 0, effects: 1),
    Kill(describes: #""idempotence": "none", "probe": true"#, when: "before", exit: 0, effects: 1),
    Kill(describes: #""idempotence": "none", "probe": true"#, when: "after", exit: 0, effects: 1),
    Kill(describes: #""idempotence": "none", "probe": true"#, when: "unsure", exit: 5, effects: 1),
    Kill(describes: #""idempotence": "none""#, when: "before", exit: 5, effects: 0),
    Kill(describes: #""idempotence": "none""#, when: "after", exit: 5, effects: 1),
  ]) func aKillIsSettledByWhatTheActionSays(kill: Kill) throws {
    let steps = """
        - {id: thing, uses: thing, with: {do: \(kill.when)}}
        - {id: tell, run: "echo ${{ steps.thing.values.n }} >> $OUT/ledger"}

      """
    try ExternalAction.with(steps, describes: kill.describes) { action in
      let project = action.project
      try #require(try project.killDuringApply("-q"))
      let key = try action.request("apply")["context"] as? [String: Any]
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == kill.exit, "\(resumed)")
      #expect((project.outside.read("effect") ?? "").split(separator: "\n").count == kill.effects)
      if kill.exit == 0 {
        #expect(project.ledger == ["7"])
        let again = try action.request("apply")["context"] as? [String: Any]
        #expect(again?["idempotency_key"] as? String == key?["idempotency_key"] as? String)
      } else {
        #expect(
          resumed.stdout.contains("execplan resolve p.execplan.yaml thing --as rerun")
            || resumed.stderr.contains("--as rerun"))
        #expect(project.ledger.isEmpty)
        #expect(try project.run("resolve", "thing", "--as", "done", "--value", "n=7").exit == 0)
        #expect(try project.run("apply", "--resume").exit == 0)
        #expect(project.ledger == ["7"])
      }
    }
  }

  @Test(arguments: [
    ("raw, reply: nonsense", "exit 0, but its reply is no JSON: expected a value at byte 0", 1),
    ("raw, reply: '', exit: 0", "exit 0, but it wrote nothing where its reply is due", 1),
    ("raw, reply: '{\"error\": {\"message\": \"busy\"}}', exit: 75", "busy", 2),
    (
      "raw, reply: '{\"error\": {\"message\": \"no such bucket\", \"retryable\": false}}', exit: 1", "no such bucket", 1
    ),
    ("raw, reply: oops, exit: 3", "exit 3", 2),
    (
      "raw, reply: '{\"artifacts\": [\"../x\"]}'",
      "exit 0, but its reply can't be used: \"artifacts\" holds something that is no path inside the project", 1
    ),
    ("raw, reply: '{\"artifacts\": [\"none.txt\"]}'", "artifact missing: it says that it made \"none.txt\"", 2),
  ]) func aReplyThatIsNoneMakesTheAttemptFail(with: String, reason: String, attempts: Int) throws {
    let steps = "  - id: thing\n    uses: thing\n    retry: {times: 1, delay: 1ms}\n    with: {do: \(with)}\n"
    try ExternalAction.with(steps) { action in
      let failed = try action.project.run("apply")
      #expect(failed.exit == 1, "\(failed)")
      let rows = try action.project.query("select state, reason from attempts order by id")
      #expect(rows == [String](repeating: "failed|\(reason)", count: attempts).joined(separator: "\n"))
    }
  }

  @Test func whatItCannotTakeIsSaidBeforeItStarts() throws {
    let steps =
      "  - {id: a, run: 'echo n=x >> \"$EXECPLAN_OUTPUT\"'}\n  - {id: thing, uses: thing, with: {n: '${{ steps.a.values.n }}'}}\n"
    let describes = #""idempotence": "none", "with": {"properties": {"n": {"type": "integer"}}}"#
    try ExternalAction.with(steps, describes: describes) { action in
      let project = action.project
      let failed = try project.run("apply")
      #expect(failed.exit == 1 && failed.stdout.contains("\"n\" must be a whole number, not \"x\""), "\(failed)")
      #expect(!action.calls.contains("apply"))
      // With its description in a file, whatever is known before a run is checked without running anything.
      let described = try project.run("doctor", "--action", "thing", "--describe")
      #expect(described.exit == 0, "\(described)")
      try project.folder.write("tools/execplan-action-thing.json", described.stdout)
      #expect(try project.run("validate").exit == 0)
      try project.write("execplan: 1\ntitle: X\nsteps:\n  - {id: thing, uses: thing, with: {n: five}}\n")
      let calls = action.calls.count
      let wrong = try project.run("validate")
      #expect(
        wrong.exit == 1
          && wrong.stdout.contains("p.execplan.yaml:4:40: error: \"n\" must be a whole number, not \"five\" [EP203"),
        "\(wrong)")
      #expect(action.calls.count == calls)
    }
  }

  @Test func aProgramThatIsNotThereOrMayNotBeRunIsNamed() throws {
    try ExternalAction.with("  - {id: thing, uses: other}\n") { action in
      let project = action.project
      let missing = try project.run("apply")
      #expect(
        missing.exit == 1
          && missing.stdout.contains(
            "there is no program \"execplan-action-other\" in \"\(project.folder.path)/tools\" or on PATH"),
        "\(missing)")
      try project.folder.write("tools/execplan-action-other", "#!/bin/sh\n")
      let refused = try project.run("apply", "--resume")
      #expect(refused.stdout.contains("may not be executed: chmod +x "), "\(refused)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.folder.path("tools/execplan-action-other"))
      let silent = try project.run("apply", "--resume")
      #expect(
        silent.stdout.contains("\"execplan-action-other describe\": it wrote nothing where its description is due"),
        "\(silent)")
      #expect(try project.run("doctor", "--action", "other").exit == 1)
      #expect(try project.run("doctor", "--action", "a/b").exit == 64)
    }
  }

  @Test func aSecretGoesThroughStdinAndIsKeptNowhere() throws {
    let steps = """
        - id: thing
          uses: thing
          with: {token: "${{ secrets.KEY }}", do: raw, reply: '{"reason": "used sesame-opens", "values": {"n": "ok"}}'}
        - id: leak
          uses: thing
          with: {do: raw, reply: '{"values": {"key": "x"}}'}
      secrets: {KEY: {env: KEY}}

      """
    try ExternalAction.with(steps) { action in
      let done = try action.project.run("apply", env: ["KEY": "sesame-opens"])
      #expect(done.exit == 0, "\(done)")
      let found = try Execplan.runOther("/bin/sh", ["-c", "grep -r sesame-opens .execplan"], in: action.project.folder)
      #expect(found.stdout.isEmpty, "\(found)")
    }
    try ExternalAction.with(
      "  - {id: thing, uses: thing, with: {token: '${{ secrets.KEY }}'}}\nsecrets: {KEY: {env: KEY}}\n"
    ) { action in
      #expect(try action.project.run("apply", env: ["KEY": "sesame-opens"]).exit == 0)
      let with = try action.request("apply")["with"] as? [String: Any]
      #expect(with?["token"] as? String == "sesame-opens")
    }
  }

  @Test func anApplyThatTakesTooLongIsEnded() throws {
    try ExternalAction.with("  - {id: thing, uses: thing, timeout: 1500ms, with: {do: before}}\n") { action in
      let late = try action.project.run("apply")
      #expect(late.exit == 1 && late.stdout.contains("it ran longer than its timeout"), "\(late)")
    }
  }

  @Test func theConformanceKitSaysWhatIsWrong() throws {
    try ExternalAction.with("  - {id: thing, uses: thing}\n", describes: #""idempotence": "convergent", "probe": true"#)
    { action in
      let project = action.project
      let report = try project.run("doctor", "--action", "thing", "--with", #"{"do": "nothing"}"#, "--format", "json")
      #expect(report.exit == 1, "\(report)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(report.stdout.utf8)) as? [String: Any])
      let rows = try #require(object["checks"] as? [[String: Any]])
      let states = rows.map { "\($0["subject"] ?? ""): \($0["status"] ?? "")" }
      #expect(
        states == [
          "program: ok", "describe: ok", "description file: warn", "unknown operation: warn", "unreadable input: warn",
          "no input: warn", "input that is no request: warn", "undo: ok", "probe: ok", "apply: ok", "apply again: ok",
          "apply again: fail", "probe after apply: ok",
        ], "\(states)")
      try action.describe(#""idempotence": "sometimes""#)
      let broken = try project.run("doctor", "--action", "thing")
      #expect(broken.exit == 1 && broken.stdout.contains("\"idempotence\" is one of"), "\(broken)")
    }
  }
}
