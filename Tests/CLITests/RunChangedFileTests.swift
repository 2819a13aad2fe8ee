internal import Foundation
internal import TestSupport
internal import Testing

/// A file that a person changed since a step wrote it is replaced only when that is asked for.
struct RunChangedFileTests {
  private func plan(_ text: String, _ more: String = "") -> String {
    """
    execplan: 1
    title: Changed
    id: changed
    steps:
      - {id: first, idempotent: true, run: "sh $OUT/mark.sh first"}
      - {id: conf, needs: [first], file: {path: app.conf, content: "\(text)"}}
    \(more)
    """
  }

  @Test func nothingStartsUntilItIsKnown() throws {
    try withRunProject(plan("a")) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try project.folder.write("app.conf", "mine")
      let before = project.ledger.count
      let refused = try project.run("apply")
      #expect(refused.exit == 5)
      #expect(
        refused.stderr.hasPrefix(
          "error: \"conf\": \"app.conf\" is not as it was left in run 1, and would be replaced\n"), "\(refused)")
      #expect(refused.stderr.contains("execplan plan p.execplan.yaml --diff\n"), "\(refused)")
      #expect(refused.stderr.contains("execplan apply p.execplan.yaml --on-conflict overwrite\n"), "\(refused)")
      #expect(project.ledger.count == before && project.folder.read("app.conf") == "mine")
      let planned = try project.run("plan", "--format", "json")
      #expect(planned.stdout.contains(#""decision":"conflict","reasons":[{"kind":"changed_by_hand""#), "\(planned)")

      #expect(try project.run("apply", "-q", "--yes").exit == 0)
      #expect(project.folder.read("app.conf") == "a")
      // What the person wrote is still there.
      let attempt = try project.query("select max(id) from attempts where step = 'conf'")
      #expect(project.folder.read(".execplan/undo/2/\(attempt).undo")?.hasSuffix("\nmine") == true)
      #expect(try project.run("apply", "-q").exit == 0)
    }
  }

  @Test func aChangeThatThePlanTakesOverIsAdopted() throws {
    try withRunProject(plan("a")) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try project.folder.write("app.conf", "b")
      try project.write(plan("b"))
      #expect(try project.run("apply", "-q").exit == 0)
      // From now on that is what the plan left.
      try project.write(plan("c"))
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("app.conf") == "c")
    }
  }

  @Test func whatIsGoneIsMadeAsBefore() throws {
    try withRunProject(plan("a")) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try FileManager.default.removeItem(atPath: project.folder.path("app.conf"))
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("app.conf") == "a")
    }
  }

  /// Who writes a file after a step, and says so, is no stranger.
  @Test func laterStepsOfThePlanAreNotInTheWay() throws {
    let later = """
        - {id: add, needs: [conf], edit: {path: app.conf, line: "z"}}
        - {id: run, needs: [add], outputs: [app.conf], run: "echo more >> app.conf", idempotent: true}

      """
    try withRunProject(plan("a\\n", later)) { project in
      for _ in 1...3 {
        let result = try project.run("apply", "-q")
        #expect(result.exit == 0, "\(result)")
      }
      #expect(project.folder.read("app.conf") == "a\nz\nmore\n")
    }
  }

  @Test func anEditLeavesTheRestToThePerson() throws {
    let plan = "execplan: 1\ntitle: T\nid: t\nsteps: [{id: a, edit: {path: a.txt, line: x}}]\n"
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try project.folder.write("a.txt", "mine\n")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("a.txt") == "mine\nx\n")
    }
  }

  @Test func whoNamesTheStepMeansIt() throws {
    try withRunProject(plan("a")) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try project.folder.write("app.conf", "mine")
      #expect(try project.run("apply", "-q", "--skip", "conf").exit == 0)
      #expect(project.folder.read("app.conf") == "mine")
      #expect(try project.run("apply", "-q", "--rerun", "conf").exit == 0)
      #expect(project.folder.read("app.conf") == "a")
    }
  }
}
