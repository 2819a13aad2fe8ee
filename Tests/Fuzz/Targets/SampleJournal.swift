internal import Digest
internal import Foundation
internal import Journal
internal import PlanModel
internal import Planner
internal import SQLite
internal import TestSupport

/// A journal with a row in every table, the same every time, to be damaged.
enum SampleJournal {
  /// The bytes of `journal.db`.
  static let bytes: Result<[UInt8], any Error> = Result {
    try withTemporaryFolder { folder in
      let state = StateDirectory(path: folder.path("state"))
      let journal = try Journal(state)
      try journal.commit(writes(digest: SHA256.digest(of: "plan")))
      try journal.close()
      let connection = try Connection(path: state.journal, access: .readWrite)
      // Without the random part, an input does the same every time.
      try connection.run("UPDATE meta SET value = '00112233445566778899aabbccddeeff'")
      _ = try connection.checkpoint(truncate: true)
      return Array(try Data(contentsOf: URL(fileURLWithPath: state.journal)))
    }
  }

  /// All columns, as `table` and `column`.
  static let columns: [(table: String, column: String)] =
    [
      ("meta", "value"), ("counters", "next"), ("plans", "key"), ("plans", "path"), ("plans", "title"),
      ("plan_texts", "digest"), ("plan_texts", "json"),
    ] + all("runs", "path state started_at finished_at params profile plan_digest")
    + all("legs", "pid host boot_id pid_namespace nonce started_at ended_at exit_code")
    + all(
      "attempts",
      """
      step number generation state definition upstream inputs outputs claimed_at started_at ended_at exit_code signal \
      pid boot_id reason retry_at retry_delay
      """)
    + all(
      "checkpoints",
      """
      step outcome evidence superseded definition upstream inputs outputs values pending result need_results \
      input_files output_files carried_from reason ended_at boot_id generation
      """)
    + all("state", "key value") + all("events", "seq run_id kind step attempt at payload")
    + all("live_outputs", "leg_id path")
    + all(
      "approvals", "step decision digest parts by_name os_user host email note at expires_at expired_at standing run_id"
    )

  private static func all(_ table: String, _ columns: String) -> [(table: String, column: String)] {
    columns.split(separator: " ").map { (table, String($0)) }
  }

  private static func writes(digest: SHA256Digest) -> [JournalWrite] {
    let fingerprint = Fingerprint(definition: digest, upstream: digest, inputs: digest, outputs: digest)
    var attempt = Attempt(
      id: 1, run: 1, leg: 1, step: "a", number: 1, state: .claimed, fingerprint: fingerprint, claimedAt: 3,
      bootID: "boot")
    let claim = attempt
    attempt.state = .succeeded
    attempt.endedAt = 5
    attempt.exitCode = 0
    attempt.reason = "it ran"
    var open = claim
    open.id = 2
    open.step = "b"
    let checkpoint = Checkpoint(
      step: "a", run: 1, attempt: 1, outcome: .succeeded, fingerprint: fingerprint,
      values: [Value.Entry("rows", .string("7"))], pendingState: [Value.Entry("day", .string("2026-03-01"))],
      result: digest, needResults: ["z": digest], inputFiles: [FileDigest(path: "in.csv", digest: digest)],
      outputFiles: [FileDigest(path: "out.csv", digest: nil)], carriedFrom: nil, reason: "it ran", endedAt: 5,
      bootID: "boot", generation: 0)
    let text = #"{"steps":[{"id":"a","definition":{"action":["exec","true"],"env.A":["[\"x\",{\"ref\":1}]"]}}]}"#
    var approval = ApprovalRecord(
      plan: "p", step: "a", decision: .approved, digest: digest, by: "ana", host: "h", at: 3)
    approval.user = "ana"
    approval.email = "ana@example.org"
    approval.note = "seen"
    approval.expiresAt = 9
    approval.expiredAt = 10
    return [
      .plan(key: "p", path: "plans/p.execplan.yaml", title: "P"), .planText(digest, json: text),
      .beginRun(
        Run(
          id: 1, plan: "p", path: "plans/p.execplan.yaml", state: .running, startedAt: 1,
          params: [Value.Entry("n", .int(1))], profile: "prod", planDigest: digest)),
      .beginLeg(Leg(id: 1, run: 1, pid: 4711, nonce: "00ff", startedAt: 2)),
      .liveOutputs(leg: 1, paths: ["out.csv"]), .claim(claim), .launched(attempt: 1, pid: 4712, at: 4),
      .endAttempt(attempt), .checkpoint(checkpoint), .claim(open),
      .event(run: 1, Event(.stepFinished, step: "a", attempt: 1, at: 5, payload: [Value.Entry("exit", .int(0))])),
      .approve(approval, parts: [Value.Entry("step:a", .string("00ff"))], joins: true),
      .promoteState(plan: "p", run: 1, [Value.Entry("day", .string("2026-02-01"))]),
    ]
  }

  /// Asks a journal everything that can be asked; it may refuse, with a reason.
  static func read(_ state: StateDirectory) throws {
    do throws(JournalError) {
      try JournalReader(state).read(ask)
    } catch {
      try promise(!"\(error)".isEmpty, "a refusal says nothing")
    }
    do throws(JournalError) {
      let journal = try Journal(state, lockTimeout: .seconds(1))
      try journal.read(ask)
      _ = try journal.nextAttemptID()
      try journal.close()
    } catch {
      try promise(!"\(error)".isEmpty, "a refusal says nothing")
    }
  }

  private static func ask(_ journal: any JournalReading) throws(JournalError) {
    _ = try journal.uuid()
    for plan in try journal.plans() {
      _ = try journal.latestRun(plan: plan.key)
      _ = try journal.unfinishedRun(plan: plan.key)
      for approval in try journal.approvals(plan: plan.key) { _ = try journal.approvedParts(approval.id) }
      _ = try journal.openAttempts(plan: plan.key)
      _ = try journal.history(plan: plan.key)
      _ = try journal.state(plan: plan.key)
    }
    _ = try journal.unfinishedRuns()
    for summary in try journal.runs(plan: nil, limit: 100) {
      let run = summary.run
      _ = try journal.run(run.id)
      _ = try journal.legs(run: run.id)
      _ = try journal.attempts(run: run.id)
      _ = try journal.checkpoints(run: run.id)
      _ = try journal.events(run: run.id, after: 0, limit: 100)
      if let text = try journal.planText(run.planDigest) { definitions(text) }
    }
    _ = try journal.events(run: nil, after: 0, limit: 100)
    _ = try journal.liveOutputs()
  }

  /// Reads the definitions out of a stored plan, as a run that goes on does.
  private static func definitions(_ text: String) {
    guard let plan = try? JSONReader.read(Array(text.utf8), from: .stored),
      let definition = DefinitionText.definition(of: "a", in: plan)
    else { return }
    for value in definition.fields.flatMap(\.values) { _ = DefinitionText.readable(value) }
    _ = definition.difference(from: StepDefinition(fields: []))
  }
}
