internal import Foundation
internal import TestSupport
internal import Testing

/// A plan without an id whose file is renamed in the middle of a run.
struct RunRenamedTests {
  static let plan = """
    execplan: 1
    title: Load
    params: {day: {type: string, default: mon}}
    steps:
      - {id: a, run: "echo a${{ params.day }} >> $OUT/ledger"}
      - {id: b, needs: [a], run: "test -e well"}
      - {id: c, needs: [b], run: "echo c >> $OUT/ledger"}

    """

  /// A failed run, and its plan under another name.
  private func rename(_ project: RunProject) throws {
    #expect(try project.run("apply", "p.execplan.yaml", "-p", "day=tue").exit == 1)
    try FileManager.default.moveItem(
      atPath: project.folder.path("p.execplan.yaml"), toPath: project.folder.path("q.execplan.yaml"))
    try project.folder.write("well", "")
  }

  @Test func aRenamedPlanIsRefusedAndItsRunCanBeAdopted() throws {
    try withRunProject(Self.plan) { project in
      try rename(project)
      let refused = try project.run("apply", "q.execplan.yaml")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("\n  execplan apply q.execplan.yaml --adopt-run 1\n"))
      #expect(refused.stderr.contains("\n  execplan apply q.execplan.yaml --fresh\n"))
      #expect(project.ledger == ["atue"])
      let adopted = try project.run("apply", "q.execplan.yaml", "--adopt-run", "1")
      #expect(adopted.exit == 0, "\(adopted)")
      #expect(adopted.stderr.hasPrefix("continuing run 1: 1 of 3 done, failed at b"))
      #expect(project.ledger == ["atue", "c"])
      #expect(try project.run("status", "q.execplan.yaml").stdout.contains("run 1 succeeded"))
      #expect(try project.query("select key, path from plans") == "q.execplan.yaml|q.execplan.yaml")
    }
  }

  @Test func freshStartsAnewUnderTheNewName() throws {
    try withRunProject(Self.plan) { project in
      try rename(project)
      #expect(try project.run("apply", "q.execplan.yaml", "--fresh").exit == 0)
      #expect(project.ledger == ["atue", "amon", "c"])
      // From then on it is a plan of its own.
      #expect(try project.run("apply", "q.execplan.yaml").exit == 0)
      #expect(try project.run("apply", "q.execplan.yaml", "--adopt-run", "1").exit == 5)
    }
  }

  @Test func anotherPlanIsNotTakenForIt() throws {
    try withRunProject(Self.plan) { project in
      try rename(project)
      try project.folder.write(
        "other.execplan.yaml", "execplan: 1\ntitle: Other\nsteps:\n  - {id: a, run: \"true\"}\n")
      #expect(try project.run("apply", "other.execplan.yaml").exit == 0)
      #expect(try project.run("apply", "q.execplan.yaml", "--adopt-run", "7").exit == 64)
    }
  }

  @Test func aRunOfAPlanThatIsThereIsNotAdopted() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "p.execplan.yaml").exit == 1)
      try project.folder.write("copy.execplan.yaml", project.folder.read("p.execplan.yaml") ?? "")
      let refused = try project.run("apply", "copy.execplan.yaml", "--adopt-run", "1")
      #expect(refused.exit == 5 && refused.stderr.contains("still there"), "\(refused)")
      // A copy beside it is a plan of its own.
      #expect(try project.run("apply", "copy.execplan.yaml").exit == 1)
      #expect(try project.query("select count(*) from runs") == "2")
    }
  }
}
