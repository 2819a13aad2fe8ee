internal import FaultPoints
internal import Foundation
internal import TestSupport
internal import Testing

/// What a saved plan said binds the run: the unknown is decided, what was to run may be done already, and before
/// anything else the run stops.
struct SavedPlanRunTests {
  private func events(_ project: RunProject) throws -> [[String: Any]] {
    (project.folder.read("events") ?? "").split(separator: "\n").compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
    }
  }

  /// What the events say of a step's decision when it was another one than was saved.
  private func told(_ project: RunProject, _ step: String) throws -> [String] {
    try events(project).filter { $0["step_id"] as? String == step }.compactMap { event in
      (event["planned"] as? String).map { "\(event["type"] ?? ""): \($0)" }
    }
  }

  @Test func whatWasUnknownRunsOrIsSkipped() throws {
    let plan = """
      execplan: 1
      title: Unknown
      id: unknown
      order: graph
      steps:
        - {id: a, inputs: [in.txt], outputs: [mid.txt], run: "sh $OUT/mark.sh a; head -1 in.txt > mid.txt"}
        - {id: b, needs: [a], inputs: [mid.txt], outputs: [out.txt], run: "sh $OUT/mark.sh b; cp mid.txt out.txt"}

      """
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "1\nx\n")
      #expect(try project.run("apply", "-q").exit == 0)
      for (input, ledger, event) in [
        ("1\ny\n", ["a"], "step_finished: unknown"), ("2\ny\n", ["a", "b"], "step_started: unknown"),
      ] {
        try project.folder.write("in.txt", input)
        let before = project.ledger.count
        let saved = try project.run("plan", "--out", "x.saved")
        #expect(saved.stdout.contains("1 unknown until \"a\""), "\(saved)")
        let applied = try project.run("apply", "x.saved", "-q", "--events", "events")
        #expect(applied.exit == 0, "\(applied)")
        #expect(Array(project.ledger.dropFirst(before)) == ledger)
        #expect(try told(project, "b") == [event])
        #expect(try told(project, "a") == [])
        let begun = try #require(try events(project).first { $0["type"] as? String == "run_started" })
        #expect((begun["saved_plan"] as? String)?.count == 32)
        try FileManager.default.removeItem(atPath: project.folder.path("events"))
      }
    }
  }

  @Test func whatWasToRunMayBeDoneAlready() throws {
    let plan = """
      execplan: 1
      title: Done
      id: done
      order: graph
      steps:
        - {id: a, run: "sh $OUT/mark.sh a; touch flag"}
        - {id: b, unless: test -e flag, run: "sh $OUT/mark.sh b"}

      """
    try withRunProject(plan) { project in
      let saved = try project.run("plan", "--probe", "--out", "x.saved")
      #expect(saved.stdout.contains("2 to run"), "\(saved)")
      let applied = try project.run("apply", "x.saved", "-q", "-j1", "--events", "events")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.ledger == ["a"])
      #expect(try told(project, "b") == ["step_finished: run"])
    }
  }

  @Test(arguments: [false, true]) func nothingRunsOfWhichNobodyWasTold(keepsGoing: Bool) throws {
    let plan = """
      execplan: 1
      title: Told
      id: told
      order: graph
      steps:
        - {id: a, run: "sh $OUT/mark.sh a; rm -f out.txt"}
        - {id: b, inputs: [in.txt], outputs: [out.txt], run: "sh $OUT/mark.sh b; cp in.txt out.txt"}
        - {id: c, needs: [b], run: "sh $OUT/mark.sh c"}
        - {id: d, run: "sh $OUT/mark.sh d"}
      finally:
        - {id: f, run: "sh $OUT/mark.sh f"}

      """
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "1\n")
      #expect(try project.run("apply", "-q", "--skip", "a").exit == 0)
      let before = project.ledger.count
      let saved = try project.run("plan", "--out", "x.saved")
      #expect(saved.stdout.contains("1 to skip"), "\(saved)")
      let arguments = ["apply", "x.saved", "-j1", "--events", "events"] + (keepsGoing ? ["--keep-going"] : [])
      let applied = try Execplan.run(arguments, in: project.folder)
      #expect(applied.exit == 5, "\(applied)")
      let said = applied.stdout + applied.stderr
      #expect(
        said.contains(
          "refused: b: the saved plan says \"skip\", and now it is \"run\": output missing: \"out.txt\""), "\(applied)")
      #expect(said.contains("blocked: c (because of \"b\")"), "\(applied)")
      #expect(said.contains("next: execplan apply p.execplan.yaml --resume"), "\(applied)")
      #expect(Array(project.ledger.dropFirst(before)) == (keepsGoing ? ["a", "d"] : ["a"]))
      let event = try #require(
        try events(project).first { $0["step_id"] as? String == "b" && $0["type"] as? String == "step_finished" })
      #expect(event["state"] as? String == "blocked" && event["planned"] as? String == "skip")
      // It is used up; the run goes on as any other.
      #expect(try project.run("apply", "x.saved").exit == 5)
      #expect(try project.run("apply", "--resume", "-q", "-j1").exit == 0)
      #expect(project.ledger.dropFirst(before).sorted() == ["a", "b", "c", "d", "f"])
    }
  }

  /// Of items that are found while the plan runs, what finds them was spoken of.
  @Test func itemsThatAreFoundRun() throws {
    let plan = """
      execplan: 1
      title: Items
      id: items
      order: graph
      steps:
        - {id: list, run: 'echo "names=[\\"x\\",\\"y\\"]" >> "$EXECPLAN_OUTPUT"'}
        - {id: each, needs: [list], foreach: fromJSON(steps.list.values.names), run: "sh $OUT/mark.sh ${{ item }}"}
        - {id: last, needs: [each], run: "sh $OUT/mark.sh last"}

      """
    try withRunProject(plan) { project in
      let saved = try project.run("plan", "--out", "x.saved")
      #expect(saved.exit == 0 && saved.stdout.contains("each[*]"), "\(saved)")
      let applied = try project.run("apply", "x.saved", "-q", "-j1")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.ledger == ["x", "y", "last"])
    }
  }

  @Test func whatWaitsForAPersonWaits() throws {
    let plan = """
      execplan: 1
      title: Waits
      id: waits
      order: graph
      steps:
        - {id: a, run: 'echo "go=yes" >> "$EXECPLAN_OUTPUT"'}
        - {id: b, needs: [a], when: "steps.a.values.go == 'yes'", manual: {instructions: Look}}
        - {id: c, manual: {instructions: Look}}

      """
    try withRunProject(plan) { project in
      #expect(try project.run("plan", "-q", "--out", "x.saved").exit == 0)
      let applied = try project.run("apply", "x.saved")
      #expect(applied.exit == 4, "\(applied)")
      #expect(applied.stdout.contains("waiting: b") && applied.stdout.contains("waiting: c"), "\(applied)")
    }
  }

  @Suite(.enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"))
  struct Kills {
    /// It is used up exactly when its run is there.
    @Test(arguments: [
      FaultPoint.numbersReserved, .beforeBeginCommit, .inBeginCommit, .afterBeginCommit, .beforeLaunch,
    ])
    func killedAroundTheBeginning(_ point: FaultPoint) throws {
      try SavedPlanApplyTests.withSavedPlan { project in
        let struck = try project.run("apply", "x.saved", env: ["EXECPLAN_FAULT": "\(point)"])
        #expect(struck.exit == 137, "\(struck)")
        let counts = try project.query("select (select count(*) from runs), (select count(*) from saved_plans)")
        let isThere = ![.numbersReserved, .beforeBeginCommit, .inBeginCommit].contains(point)
        #expect(counts == (isThere ? "1|1" : "0|0"))
        let second = try project.run("apply", "x.saved")
        if isThere {
          #expect(second.exit == 5 && second.stderr.contains("was applied before: run 1"), "\(second)")
          #expect(second.stderr.contains("execplan apply p.execplan.yaml --resume"), "\(second)")
          #expect(project.ledger == [])
          let resumed = try project.run("apply", "p.execplan.yaml", "--resume", "-q")
          #expect(resumed.exit == 0, "\(resumed)")
        } else {
          #expect(second.exit == 0, "\(second)")
        }
        #expect(project.ledger == ["a hello", "b"])
        #expect(try project.query("select count(*) from saved_plans") == "1")
      }
    }
  }
}
