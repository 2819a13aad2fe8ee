internal import Foundation
internal import TestSupport
internal import Testing

/// `--only`, `--from`, `--until`, `--phase` and `--skip`, `--rerun` and early cutoff, phases, gates and failures.
struct RunSelectionTests {
  static let plan = """
    execplan: 1
    title: Parts
    id: parts
    phases:
      - {id: one, title: One}
      - {id: two, title: Two}
    steps:
      - {id: a, phase: one, run: "echo a >> $OUT/ledger"}
      - {id: b, phase: one, needs: [a], run: "echo b >> $OUT/ledger; echo v=1 >> \\"$EXECPLAN_OUTPUT\\""}
      - {id: c, phase: two, needs: [b], run: "echo c >> $OUT/ledger"}
      - {id: d, phase: two, needs: [c], run: "echo d${{ steps.b.values.v }} >> $OUT/ledger"}
    finally:
      - {id: z, run: "echo z >> $OUT/ledger"}

    """

  struct Case: Sendable, CustomStringConvertible {
    let arguments: [String]
    let ran: [String]
    var exit: Int32 = 0
    var says = ""
    var description: String { arguments.joined(separator: " ") }
  }

  static let cases: [Case] = [
    Case(arguments: ["--until", "b"], ran: ["a", "b"]),
    Case(arguments: ["--until", "a", "--until", "b"], ran: ["a", "b"]),
    Case(arguments: ["--only", "a"], ran: ["a"]),
    Case(arguments: ["--phase", "one"], ran: ["a", "b"]),
    Case(arguments: ["--from", "a"], ran: ["a", "b", "c", "d1", "z"]),
    Case(arguments: ["--phase", "one", "--phase", "two"], ran: ["a", "b", "c", "d1", "z"]),
    Case(arguments: ["--from", "a", "--skip-finally"], ran: ["a", "b", "c", "d1"]),
    Case(arguments: ["--from", "b", "--until", "c"], ran: [], exit: 5, says: "--until b"),
    Case(arguments: ["--only", "c"], ran: [], exit: 5, says: "--until c"),
    Case(arguments: ["--from", "c"], ran: [], exit: 5, says: "--until"),
    Case(arguments: ["--phase", "two"], ran: [], exit: 5, says: "--until"),
    Case(arguments: ["--skip", "a"], ran: ["b", "c", "d1", "z"]),
    Case(arguments: ["--skip", "b"], ran: [], exit: 5, says: "\"b\""),
    Case(arguments: ["--only", "nothing"], ran: [], exit: 64, says: "nothing"),
    Case(arguments: ["--phase", "three"], ran: [], exit: 64, says: "three"),
    Case(arguments: ["--rerun", "nothing"], ran: [], exit: 64, says: "nothing"),
  ]

  @Test(arguments: cases) func aSelectionRuns(_ test: Case) throws {
    try withRunProject(Self.plan) { project in
      let result = try Execplan.run(["apply"] + test.arguments, in: project.folder)
      #expect(result.exit == test.exit, "\(result)")
      #expect(project.ledger == test.ran, "\(result)")
      #expect(test.says.isEmpty || result.stderr.contains(test.says), "\(result)")
      guard test.exit == 0, !test.ran.contains("d1") else { return }
      #expect(try project.query("select state from runs") == "partial")
      // The rest follows, and nothing is run twice.
      let rest = try project.run("apply")
      #expect(rest.exit == 0, "\(rest)")
      #expect(project.ledger == ["a", "b", "c", "d1", "z"], "\(rest)")
      #expect(try project.query("select state from runs") == "succeeded")
    }
  }

  /// The selection that completes the run is the one that ends it.
  @Test func finallyRunsWhenTheLastPartIsDone() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "--until", "b").exit == 0)
      let plan = try project.run("plan", "--from", "c")
      #expect(!plan.stdout.contains("not selected"), "\(plan)")
      #expect(try project.run("plan", "--only", "c").stdout.contains("not selected"))
      #expect(try project.run("apply", "--from", "c").exit == 0)
      #expect(project.ledger == ["a", "b", "c", "d1", "z"])
      #expect(try project.query("select state from runs") == "succeeded")
    }
  }

  @Test func rerunForcesOneStepAndWhatSeesAnotherResult() throws {
    let plan = """
      execplan: 1
      title: Cutoff
      id: cutoff
      steps:
        - {id: a, inputs: [in.txt], outputs: [a.txt], run: "echo a >> $OUT/ledger; tr a-z A-Z < in.txt > a.txt"}
        - {id: b, inputs: [a.txt], outputs: [b.txt], run: "echo b >> $OUT/ledger; cat a.txt > b.txt"}

      """
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "x\n")
      #expect(try project.run("apply").exit == 0)
      #expect(try project.run("apply", "--rerun", "a").exit == 0)
      #expect(project.ledger == ["a", "b", "a"])
      try project.folder.write("in.txt", "X\n")
      let cut = try project.run("apply")
      #expect(project.ledger == ["a", "b", "a", "a"], "\(cut)")
      try project.folder.write("in.txt", "y\n")
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["a", "b", "a", "a", "a", "b"])
      #expect(try project.run("apply", "--force").exit == 0)
      #expect(project.ledger.suffix(2) == ["a", "b"] && project.ledger.count == 8)
    }
  }

  @Test func aGateThatFailsHoldsWhatFollowsAndGives7() throws {
    let plan = """
      execplan: 1
      title: Gates
      id: gates
      phases:
        - {id: one, title: One, gate: [{exists: ready.txt}]}
        - {id: two, title: Two}
      steps:
        - {id: a, phase: one, run: "echo a >> $OUT/ledger"}
        - {id: b, phase: two, run: "echo b >> $OUT/ledger"}
        - {id: w, phase: one, allow_failure: true, run: "echo w >> $OUT/ledger; exit 3", needs: [a]}

      """
    try withRunProject(plan) { project in
      let held = try project.run("apply")
      #expect(held.exit == 7, "\(held)")
      #expect(project.ledger == ["a", "w"])
      #expect(held.stdout.contains("ready.txt"))
      #expect(try project.run("apply", "--resume").exit == 7)
      try project.folder.write("ready.txt", "")
      let done = try project.run("apply", "--resume")
      #expect(done.exit == 0, "\(done)")
      // An allowed failure is not run again in its run.
      #expect(project.ledger == ["a", "w", "b"])
      #expect(try project.run("status", "gates", "--format", "json").stdout.contains("\"allowed\":true"))
    }
  }

  @Test func retriesThatAreUsedUpStayUsedUnlessTheyAreReset() throws {
    let plan = """
      execplan: 1
      title: Retry
      id: retry
      steps:
        - {id: a, retry: {times: 2, delay: 1ms}, run: "echo $EXECPLAN_ATTEMPT >> $OUT/ledger; exit 1"}

      """
    try withRunProject(plan) { project in
      let first = try project.run("apply")
      #expect(first.exit == 1, "\(first)")
      #expect(project.ledger == ["1", "2", "3"])
      #expect(try project.run("apply", "--resume").exit == 1)
      #expect(project.ledger == ["1", "2", "3", "4"])
      #expect(try project.run("apply", "--resume", "--reset-retries").exit == 1)
      #expect(project.ledger == ["1", "2", "3", "4", "5", "6", "7"])
      #expect(try project.run("logs", "a", "--attempt", "9").exit == 64)
    }
  }
}
