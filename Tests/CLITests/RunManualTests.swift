internal import Foundation
internal import TestSupport
internal import Testing

/// Steps for people, and commands that work when the plan can't be read.
struct RunManualTests {
  static let plan = """
    execplan: 1
    title: Manual
    id: manual
    steps:
      - id: key
        manual:
          instructions: Rotate the key.
          artifacts: [proof.txt, "more/*.txt"]
          criteria: [the old key is refused, the new one works, {exists: proof.txt}]
      - {id: free, run: "echo free >> $OUT/ledger"}
      - {id: tell, needs: [key], run: "echo ${{ steps.key.values.name }} >> $OUT/ledger"}
    finally:
      - {id: z, run: "echo z >> $OUT/ledger"}

    """

  @Test func aManualStepWaitsUntilItsArtifactsAndCriteriaAreThere() throws {
    try withRunProject(Self.plan) { project in
      let waiting = try project.run("apply", "-j1")
      #expect(waiting.exit == 4)
      #expect(
        waiting.stdout.contains(
          "waiting: key: Rotate the key.\n  execplan checkpoint p.execplan.yaml key --continue\n"))
      // Everything else has run, and a pause is no end.
      #expect(project.ledger == ["free"])

      let missing = try project.run("checkpoint", "p.execplan.yaml", "key", "--met", "all")
      #expect(missing.exit == 4)
      #expect(missing.stderr.contains("nothing matches \"proof.txt\"") && missing.stderr.contains("\"more/*.txt\""))
      try project.folder.write("proof.txt", "seen")
      try project.folder.write("more/a.txt", "")

      let unasked = try project.run("checkpoint", "key", "--no-input")
      #expect(unasked.exit == 4)
      #expect(unasked.stderr.contains("1. the old key is refused\n  2. the new one works\n"))
      #expect(unasked.stderr.contains("\n  execplan checkpoint p.execplan.yaml key --met all\n"))
      let half = try project.run("checkpoint", "key", "--met", "1")
      #expect(half.exit == 1)
      #expect(half.stderr.contains("the new one works"), "\(half)")
      #expect(try project.run("checkpoint", "key", "--met", "x").exit == 64)
      #expect(try project.run("checkpoint", "nokey", "--met", "all").exit == 64)
      #expect(try project.run("checkpoint", "key", "--met", "all", "--evidence", "none.png").exit == 64)
      #expect(try project.run("apply", "--resume").exit == 4)

      let done = try project.run(
        "done", "manual", "key", "--met", "1,2", "--value", "name=Ada", "--evidence", "proof.txt", "--by", "ana",
        "--note", "on the phone", "--continue")
      #expect(done.exit == 0, "\(done)")
      #expect(project.ledger == ["free", "Ada", "z"])
      #expect(try project.run("checkpoint", "key", "--met", "all").exit == 5)
    }
  }

  @Test func aStepThatDoesNotWaitCannotBeMarkedAsDone() throws {
    try withRunProject(Self.plan) { (project: RunProject) throws -> Void in
      #expect(try project.run("apply").exit == 4)
      let other = try project.run("checkpoint", "manual", "tell", "--met", "all")
      #expect(other.exit == 64)
      #expect(other.stderr.contains("\"tell\" is not a step that somebody else does"))
      let doubt = try project.run("resolve", "manual", "free", "--as", "done")
      #expect(doubt.exit == 5, "\(doubt)")
      #expect(try project.run("resolve", "manual", "free", "--as", "perhaps").exit == 64)
      #expect(try project.run("resolve", "manual", "nothing", "--as", "done").exit == 64)
    }
  }

  @Test func aBrokenPlanCanStillBeLookedAtAndResolved() throws {
    let plan = """
      execplan: 1
      title: Broken
      id: broken
      steps:
        - {id: a, run: "echo from a; sh $OUT/block.sh"}
        - {id: b, needs: [a], run: "echo b >> $OUT/ledger"}

      """
    try withRunProject(plan) { project in
      try #require(try project.killDuringApply("-q"))
      try project.write("execplan: 1\nsteps: [}\n")
      for name in ["p.execplan.yaml", "broken"] {
        let status = try project.run("status", name)
        #expect(status.exit == 0 && status.stdout.contains("in doubt"), "\(status)")
        #expect(try project.run("logs", name, "a").stdout == "from a\n")
        #expect(try project.run("runs", name).stdout.contains("interrupted"))
      }
      #expect(try project.run("apply", "p.execplan.yaml").exit == 3)
      let resolved = try project.run("resolve", "p.execplan.yaml", "a", "--as", "done")
      #expect(resolved.exit == 0, "\(resolved)")
      try project.write(plan)
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger == ["b"])
      #expect(try project.query("select count(*) from attempts where step = 'a'") == "1")
    }
  }

  @Test func resolveTakesTheValuesThatLaterStepsRead() throws {
    let plan = """
      execplan: 1
      title: Values
      id: values
      steps:
        - id: a
          run: |
            echo "url=from-the-step" >> "$EXECPLAN_OUTPUT"
            sh $OUT/block.sh
        - {id: b, needs: [a], run: "echo ${{ steps.a.values.url }} ${{ steps.a.values.more }} >> $OUT/ledger"}

      """
    try withRunProject(plan) { project in
      try #require(try project.killDuringApply("-q"))
      let lacking = try project.run("resolve", "a", "--as", "done")
      #expect(lacking.exit == 5, "\(lacking)")
      #expect(lacking.stderr.contains("more"))
      #expect(try project.run("resolve", "a", "--as", "done", "--value", "more=2").exit == 0)
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger == ["from-the-step 2"])
    }
  }
}
