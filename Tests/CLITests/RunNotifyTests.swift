internal import Foundation
internal import TestSupport
internal import Testing

/// `notify`: who is told how a run ended, through the program.
struct RunNotifyTests {
  private func plan(_ notify: String, _ run: String = "\"true\"", head: String = "") -> String {
    """
    execplan: 1
    title: "Nightly \\u00fc load"
    id: nightly
    \(head)
    notify:
      \(notify.replacing("\n", with: "\n  "))
    steps:
      - {id: work, run: \(run)}

    """
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func eachEndHasItsNotices() throws {
    let notify = """
      on_success: echo "ok $EXECPLAN_RUN_ID $EXECPLAN_RUN_STATE" >> $OUT/ledger
      on_failure: [{run: "echo \\"failed $EXECPLAN_EXIT_CODE ${{ run.state }} ${{ plan.id }}\\" >> $OUT/ledger"}]
      on_waiting: {exec: [sh, -c, "echo waiting >> $OUT/ledger"]}
      """
    try withRunProject(plan(notify, "test -e good")) { project in
      let failed = try project.run("apply")
      #expect(failed.exit == 1 && project.ledger == ["failed 1 failed nightly"], "\(failed)")
      try project.folder.write("good", "")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger.last == "ok 1 succeeded")
      try project.write(plan(notify).replacing("run: \"true\"", with: "manual: look"))
      #expect(try project.run("apply").exit == 4)
      #expect(project.ledger.last == "waiting")
      #expect(project.ledger.count == 3)
    }
  }

  @Test func aWebhookGetsTheSummaryAndIsTriedAgain() throws {
    try withWebServer { server in
      let notify =
        "on_failure: {webhook: {url: \"\(server.url)/flaky/hook?after=0\", headers: {x-key: \"${{ secrets.KEY }}\"}}, retry: {times: 2, delay: 1ms}}"
      try withRunProject(plan(notify, "echo oops; exit 3", head: "secrets: {KEY: {env: KEY}}")) { project in
        let result = try project.run("apply", env: ["KEY": "s3cret-value-1234"])
        #expect(result.exit == 1, "\(result)")
        let requests = server.requests
        #expect(requests.count == 2 && requests.allSatisfy { $0.method == "POST" })
        #expect(Set(requests.map { $0.headers["idempotency-key"] }).count == 1)
        #expect(requests.last?.headers["x-key"] == "s3cret-value-1234")
        let body = try json(requests.last?.body ?? "")
        #expect(
          body["state"] as? String == "failed" && body["plan"] as? String == "nightly" && body["exit_code"] as? Int == 1
        )
        #expect((body["text"] as? String)?.contains("work: exit 3") == true, "\(body)")
        #expect(try project.query("select json_extract(payload, '$.sent') from events where kind = 'notice'") == "1")
        #expect(!result.stderr.contains("warning"), "\(result)")
      }
    }
  }

  @Test func theAddressOfAWebhookMayBeASecret() throws {
    try withWebServer { server in
      let notify =
        "on_success: {webhook: {url: \"${{ secrets.HOOK }}\", body: {content: \"${{ plan.title }}\"}}, retry: 0}"
      try withRunProject(plan(notify, head: "secrets: {HOOK: {env: HOOK}}")) { project in
        let result = try project.run("apply", env: ["HOOK": "\(server.url)/echo/T0KEN-very-secret"])
        #expect(result.exit == 0, "\(result)")
        #expect(server.requests.map(\.path) == ["/echo/T0KEN-very-secret"])
        #expect(server.requests.map(\.body) == ["{\"content\":\"Nightly ü load\"}"])
        let down = try project.run("apply", env: ["HOOK": "\(server.url)/status/500?T0KEN-very-secret"])
        #expect(down.exit == 0 && down.stderr.contains("was not sent: the server answered 500"), "\(down)")
        let found = try Execplan.runOther("/bin/sh", ["-c", "grep -rla T0KEN- .execplan; true"], in: project.folder)
        #expect(found.stdout.isEmpty && !(result.stderr + down.stderr).contains("T0KEN-"))
      }
    }
  }

  @Test func mailGoesThroughSendmail() throws {
    let notify = """
      on_failure:
        - email: {to: [ops@example.org, me@example.org], from: plan@example.org}
        - email: {to: ops@example.org, subject: "${{ plan.title }}: ${{ run.state }}", text: "see ${{ run.id }}"}
      """
    try withRunProject(plan(notify, "exit 1")) { project in
      try project.outside.write(
        "bin/sendmail", "#!/bin/sh\n{ echo \"args: $*\"; cat; echo '=='; } >> \"${0%/*}/../mail\"\n")
      _ = try Execplan.runOther("/bin/chmod", ["+x", project.outside.path("bin/sendmail")], in: project.folder)
      let path = project.outside.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
      #expect(try project.run("apply", env: ["PATH": path]).exit == 1)
      let mails = (project.outside.read("mail") ?? "").components(separatedBy: "==\n")
      try #require(mails.count == 3)
      #expect(
        mails[0].hasPrefix(
          "args: -t -i\nTo: ops@example.org, me@example.org\nFrom: plan@example.org\nSubject: =?utf-8?B?"))
      #expect(mails[0].contains("\n\nrun 1 of Nightly ü load failed: 0 succeeded, 0 skipped, 1 failed, in "))
      #expect(mails[0].contains("work: exit 1"))
      let encoded = Data("Nightly ü load: failed".utf8).base64EncodedString()
      #expect(mails[1].contains("Subject: =?utf-8?B?\(encoded)?=\n") && mails[1].contains("\n\nsee 1\n"), "\(mails[1])")
    }
  }

  @Test func aNoticeThatFailsIsAWarningAndNothingElse() throws {
    let notify = """
      on_success:
        - {run: "echo first; echo broken >&2; exit 9", retry: 0}
        - {run: "sleep 60", timeout: 100ms, retry: 0}
        - {webhook: "http://127.0.0.1:1/x", retry: {times: 1, delay: 1ms}}
        - {exec: [no-such-program], retry: 0}
        - echo last >> $OUT/ledger
      """
    try withRunProject(plan(notify)) { project in
      let result = try project.run("apply")
      #expect(result.exit == 0 && project.ledger == ["last"], "\(result)")
      #expect(
        result.stderr.contains("warning: notice 1 of \"on_success\" (run) was not sent: exit 9: broken"), "\(result)")
      #expect(
        result.stderr.contains("notice 2 of \"on_success\" (run) was not sent: it ran longer than 100 ms"), "\(result)")
      #expect(
        result.stderr.contains("connect to 127.0.0.1 port 1") && result.stderr.contains("(after 2 tries)"), "\(result)")
      #expect(result.stderr.contains("notice 4 of \"on_success\" (exec) was not sent"), "\(result)")
      #expect(try project.query("select state from runs") == "succeeded")
      #expect(try project.run("apply").stdout.contains("run 2 of"))
    }
  }

  /// The end of the run is recorded before anybody is told.
  @Test func aKillBeforeTheNoticesIsMadeUpForByTheNextApply() throws {
    let notify = "on_failure: [echo first >> $OUT/ledger, echo second >> $OUT/ledger]"
    try withRunProject(plan(notify, "exit 1")) { project in
      let killed = try project.run("apply", env: ["EXECPLAN_FAULT": "beforeMarksRemoved"])
      #expect(killed.exit == 137 && project.ledger.isEmpty, "\(killed)")
      #expect(try project.query("select state from runs") == "failed")
      try project.write(plan(notify))
      let next = try project.run("apply", "--resume")
      #expect(next.exit == 0 && project.ledger == ["first", "second"], "\(next)")
      #expect(next.stderr.contains("run 1 ended without its notices; they are sent now"), "\(next)")
      #expect(!(try project.run("apply").stderr.contains("without its notices")))
    }
  }

  /// The first was sent, and its record was lost with execplan: it is sent again, with the same key.
  @Test func aKillBetweenANoticeAndItsRecordSendsItTwice() throws {
    let first =
      "echo first $EXECPLAN_IDEMPOTENCY_KEY >> $OUT/ledger; mkdir $OUT/once || exit 0; kill -9 $PPID; sleep 60"
    let notify = "on_success: [\"\(first)\", echo second >> $OUT/ledger]"
    try withRunProject(plan(notify)) { project in
      #expect(try project.run("apply").exit == 137)
      #expect(try project.query("select state from runs") == "succeeded")
      let next = try project.run("apply")
      #expect(next.exit == 0, "\(next)")
      let lines = project.ledger
      try #require(lines.count == 5)
      #expect(lines[0] == lines[1] && lines[2] == "second")
      #expect(lines[3].hasPrefix("first") && lines[3] != lines[0] && lines[4] == "second")
    }
  }

  @Test func aPlanThatGetsNoticesLaterDoesNotTellOfOldRuns() throws {
    try withRunProject(plan("on_failure: echo old >> $OUT/ledger")) { project in
      #expect(try project.run("apply").exit == 0)
      try project.write(plan("on_success: echo new >> $OUT/ledger"))
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["new"])
    }
  }

  @Test func aSignalEndsANoticeAndTheNextApplySendsIt() throws {
    let notify = "on_success: [\"echo on >> $OUT/ledger; test -e $OUT/go || sleep 60\"]"
    try withRunProject(plan(notify)) { project in
      let program = try project.start("apply")
      while program.isRunning, project.ledger.isEmpty { usleep(5_000) }
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 0 && result.stderr.contains("are sent by the next apply"), "\(result)")
      try project.release()
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["on", "on", "on"])
    }
  }

  @Test func whoInterruptsARunIsNotTold() throws {
    try withRunProject(plan("on_failure: echo told >> $OUT/ledger", "sh $OUT/block.sh")) { project in
      let program = try project.start("apply", "--drain", "0s")
      _ = project.waitForBlock(of: program)
      program.send(signal: SIGINT)
      #expect(program.wait().exit == 130)
      #expect(project.ledger.isEmpty)
    }
  }
}
