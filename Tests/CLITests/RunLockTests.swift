internal import Foundation
internal import TestSupport
internal import Testing

/// One process at a time applies a plan, and no lock outlives its owner.
struct RunLockTests {
  static let plan = """
    execplan: 1
    title: Held
    id: held
    steps:
      - {id: a, run: "echo a >> $OUT/ledger; sh $OUT/block.sh", idempotent: true}
      - {id: b, run: "echo b >> $OUT/ledger", needs: [a]}

    """

  @Test func theSecondApplyNamesTheHolderAndAKillNeedsNoUnlock() throws {
    try withRunProject(Self.plan) { project in
      let first = try project.start("apply", "-q")
      let group = try #require(project.waitForBlock(of: first))
      let second = try project.run("apply")
      #expect(second.exit == 6)
      #expect(second.stderr.hasPrefix("error: process \(first.pid) is applying this plan\n  process \(first.pid) on "))
      #expect(second.stderr.contains(#/, since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\n/#), "\(second.stderr)")
      #expect(second.stderr.contains("apply -q\n"))
      // Taking the run back asks for the same lock, and a nested command would wait for ever.
      let back = try project.run("rollback", "--yes", "--lock-timeout", "1h", env: ["EXECPLAN_RUN_ID": "1"])
      #expect(back.exit == 6 && back.stderr.hasPrefix("error: process \(first.pid) is applying this plan\n"), "\(back)")
      #expect(back.stderr.contains("so waiting for it would never end"), "\(back)")
      let machine = try project.run("apply", "--format", "json")
      #expect(machine.exit == 6)
      #expect((try object(machine.stdout)["error"] as? [String: Any])?["exit_code"] as? Int == 6)
      // Whoever reads is not held up, and does not hold anybody up.
      #expect(try project.run("status", "held").stdout.contains("run 1 running"))
      for other in [["resolve", "a", "--as", "done"], ["checkpoint", "a"]] {
        #expect(try Execplan.run(other, in: project.folder).exit != 0)
      }
      first.send(signal: SIGKILL)
      #expect(first.wait().exit == 137)
      #expect(try project.run("status", "held").stdout.contains("run 1 interrupted"))
      RunOrphanTests.end(group)
      let next = try project.run("apply")
      #expect(next.exit == 0, "\(next)")
      #expect(next.stderr.hasPrefix("continuing run 1: 0 of 2 done"))
      #expect(project.ledger == ["a", "a", "b"])
    }
  }

  @Test func waitingForTheLockEndsWhenTheHolderDoes() throws {
    try withRunProject(Self.plan) { project in
      let first = try project.start("apply", "-q")
      _ = try #require(project.waitForBlock(of: first))
      let second = try project.start("apply", "--lock-timeout", "60s")
      usleep(50_000)
      #expect(second.isRunning)
      try project.release()
      #expect(first.wait().exit == 0)
      let result = second.wait()
      #expect(result.exit == 0, "\(result)")
      // It found the finished run and began a new one.
      #expect(try project.query("select group_concat(state) from runs") == "succeeded,succeeded")
    }
  }

  /// Of many that begin together exactly one runs.
  @Test func ofManyAtOnceOneRuns() throws {
    try withRunProject(Self.plan) { project in
      let all = try (1...6).map { _ in try project.start("apply", "-q") }
      try waitUntil { all.filter(\.isRunning).count <= 1 }
      try project.release()
      let exits = all.map { $0.wait().exit }.sorted()
      #expect(exits == [0, 6, 6, 6, 6, 6])
      #expect(project.ledger == ["a", "b"])
    }
  }

  @Test func aStepThatAppliesItsOwnPlanIsRefusedAtOnce() throws {
    let plan = """
      execplan: 1
      title: Nested
      id: nested
      steps:
        - id: a
          run: |
            "$EXECPLAN_TEST" apply p.execplan.yaml --lock-timeout 1h 2> inner.txt || echo "exit $?" >> inner.txt

      """
    try withRunProject(plan) { project in
      let result = try project.run("apply", env: ["EXECPLAN_TEST": Execplan.binary])
      #expect(result.exit == 0, "\(result)")
      let inner = try #require(project.folder.read("inner.txt"))
      #expect(inner.contains("waiting for it would never end"), "\(inner)")
      #expect(inner.hasSuffix("exit 6\n"))
    }
  }

  /// Plans of one project have locks of their own; a step may apply another plan.
  @Test func twoPlansOfOneProjectRunTogether() throws {
    try withRunProject(Self.plan) { project in
      try project.folder.write(
        "other.execplan.yaml",
        "execplan: 1\ntitle: Other\nid: other\nsteps:\n  - {id: a, run: echo other >> \(project.outside.path)/ledger}\n"
      )
      let first = try project.start("apply", "held", "-q")
      _ = try #require(project.waitForBlock(of: first))
      let other = try project.run("apply", "other")
      #expect(other.exit == 0, "\(other)")
      try project.release()
      #expect(first.wait().exit == 0)
      #expect(project.ledger == ["a", "other", "b"])
      #expect(try project.query("pragma integrity_check") == "ok")
    }
  }

  @Test func aPlanThatWritesWhatALivePlanWritesIsRefused() throws {
    let plan = Self.plan.replacingOccurrences(of: "idempotent: true", with: "outputs: [data/out.txt]")
    try withRunProject(plan) { project in
      try project.folder.write(
        "other.execplan.yaml",
        "execplan: 1\ntitle: Other\nid: other\nsteps:\n  - {id: a, run: touch data/out.txt, outputs: [\"data/*.txt\"]}\n"
      )
      let first = try project.start("apply", "held", "-q")
      _ = try #require(project.waitForBlock(of: first))
      let other = try project.run("apply", "other")
      #expect(other.exit == 6)
      #expect(other.stderr.contains("\"held\" is being applied and writes \"data/out.txt\" too"))
      first.send(signal: SIGKILL)
      _ = first.wait()
      try project.release()
      try project.folder.write("data/x", "")
      #expect(try project.run("apply", "other").exit == 0)
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
