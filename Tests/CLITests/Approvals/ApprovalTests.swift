internal import Foundation
internal import TestSupport
internal import Testing

/// What people agree to, and what of it holds.
struct ApprovalTests {
  static func phases(load: String = "echo fill >> $OUT/ledger") -> String {
    """
    execplan: 1
    title: Load
    id: load
    approval: phases
    phases:
      - {id: extract, objective: Get the rows}
      - {id: load, objective: Load them}
    steps:
      - {id: fetch, phase: extract, run: "echo fetch >> $OUT/ledger"}
      - {id: fill, phase: load, run: "\(load)"}

    """
  }

  @Test func eachPhaseWaitsForItsOwnApproval() throws {
    try withRunProject(Self.phases()) { project in
      let first = try project.run("apply")
      #expect(first.exit == 4, "\(first)")
      #expect(
        first.stdout.contains(
          "waiting: approval:extract: phase \"extract\"\n  execplan approve p.execplan.yaml --phase extract --continue\n"
        ),
        "\(first)")
      #expect(project.ledger.isEmpty)
      let approved = try project.run("approve", "load", "--phase", "extract", "--by", "ana", "--note", "as agreed")
      #expect(approved.exit == 0, "\(approved)")
      #expect(approved.stderr.contains("approved phase \"extract\" (1 step) as ana, for run 1"), "\(approved)")
      #expect(approved.stderr.contains("next: execplan apply p.execplan.yaml --resume"))
      let second = try project.run("apply")
      #expect(second.exit == 4, "\(second)")
      #expect(second.stderr.contains("approved by ana: as agreed"), "\(second)")
      #expect(second.stdout.contains("  execplan approve p.execplan.yaml --phase load --continue\n"), "\(second)")
      #expect(project.ledger == ["fetch"])
      // --yes answers no approval.
      #expect(try project.run("apply", "--yes").exit == 4)
      let last = try project.run("approve", "load", "--phase", "load", "--continue")
      #expect(last.exit == 0, "\(last)")
      #expect(project.ledger == ["fetch", "fill"])
    }
  }

  @Test func anEditVoidsTheApprovalOfItsPhaseAlone() throws {
    try withRunProject(Self.phases()) { project in
      let all = try project.run("approve", "p.execplan.yaml", "--by", "ana")
      #expect(all.exit == 0, "\(all)")
      #expect(all.stderr.contains("approved phase \"load\" (1 step) as ana, for the next run"), "\(all)")
      try project.write(Self.phases(load: "echo other >> $OUT/ledger"))
      let stopped = try project.run("apply")
      #expect(stopped.exit == 4, "\(stopped)")
      #expect(stopped.stdout.contains("the approval of ana is void: \"fill\" changed since"), "\(stopped)")
      #expect(project.ledger == ["fetch"])
      let again = try project.run("approve", "load", "--continue")
      #expect(again.exit == 0, "\(again)")
      #expect(again.stderr.contains("phase \"extract\" is approved already in run 1"), "\(again)")
      #expect(project.ledger == ["fetch", "other"])
      // One run and its resumes, and no other.
      #expect(try project.run("apply").exit == 4)
      #expect(project.ledger == ["fetch", "other"])
    }
  }

  @Test func whatWasPassedIsAskedAgainWhenItChangesBeforeItIsDone() throws {
    let plan = """
      execplan: 1
      title: Two
      id: two
      approval: plan
      steps:
        - {id: a, run: "echo a >> $OUT/ledger"}
        - {id: b, needs: [a], run: "WORD"}

      """
    try withRunProject(plan.replacingOccurrences(of: "WORD", with: "exit 3")) { project in
      #expect(try project.run("approve", "two").exit == 0)
      #expect(try project.run("apply").exit == 1)
      #expect(project.ledger == ["a"])
      try project.write(plan.replacingOccurrences(of: "WORD", with: "echo b >> $OUT/ledger"))
      let asked = try project.run("apply")
      #expect(asked.exit == 4, "\(asked)")
      #expect(asked.stderr.contains("\"approval:plan\" is asked again: what was approved has changed"), "\(asked)")
      #expect(try project.run("approve", "two", "--continue").exit == 0)
      // What was done is not done again for the new approval.
      #expect(project.ledger == ["a", "b"])
    }
  }

  /// Runs a file of the project, which is a part of what is approved.
  static let script = """
    execplan: 1
    title: Script
    id: script
    approval: plan
    steps:
      - {id: a, run: "sh scripts/a.sh $OUT/ledger"}

    """

  @Test func scriptsBelongToWhatIsApproved() throws {
    try withRunProject(Self.script) { project in
      try project.folder.write("scripts/a.sh", "echo one >> $1\n")
      #expect(try project.run("approve", "script", "--by", "ana").exit == 0)
      try project.folder.write("scripts/a.sh", "echo two >> $1\n")
      let stopped = try project.run("apply")
      #expect(stopped.exit == 4, "\(stopped)")
      #expect(stopped.stdout.contains("is void: the file \"scripts/a.sh\" changed since"), "\(stopped)")
      try project.folder.write("scripts/a.sh", "echo one >> $1\n")
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["one"])
    }
  }

  static let step = """
    execplan: 1
    title: Publish
    id: publish
    steps:
      - {id: build, run: "echo build >> $OUT/ledger"}
      - id: agree
        needs: [build]
        approve: {message: "Publish ${{ plan.title }}?", approvers: [ana, bob, cleo], quorum: 2}
      - {id: push, needs: [agree], run: "echo push >> $OUT/ledger"}

    """

  @Test func aQuorumCountsPeople() throws {
    try withRunProject(Self.step) { project in
      let waiting = try project.run("apply")
      #expect(waiting.exit == 4, "\(waiting)")
      #expect(waiting.stdout.contains("waiting: agree: Publish Publish?"), "\(waiting)")
      #expect(waiting.stdout.contains("approvers: ana, bob, cleo"), "\(waiting)")
      let wrong = try project.run("approve", "publish", "agree", "--by", "eve")
      #expect(wrong.exit == 5, "\(wrong)")
      #expect(wrong.stderr.contains("\"eve\" is no approver of \"agree\""))
      for _ in 0..<2 {
        let half = try project.run("approve", "publish", "agree", "--by", "ana")
        #expect(half.exit == 0 && half.stderr.contains("somebody else must approve, too"), "\(half)")
      }
      let still = try project.run("apply")
      #expect(still.exit == 4 && still.stdout.contains("1 of 2 approvals (ana)"), "\(still)")
      let done = try project.run("approve", "agree", "--by", "bob", "--continue")
      #expect(done.exit == 0, "\(done)")
      #expect(project.ledger == ["build", "push"])
    }
  }

  @Test func aRejectionFailsTheRunUntilThePersonTakesItBack() throws {
    try withRunProject(Self.step) { project in
      #expect(try project.run("apply").exit == 4)
      let no = try project.run("approve", "publish", "agree", "--reject", "--by", "cleo", "--note", "not on a Friday")
      #expect(no.exit == 0, "\(no)")
      let failed = try project.run("apply")
      #expect(failed.exit == 5, "\(failed)")
      #expect(failed.stdout.contains("rejected by cleo: not on a Friday"), "\(failed)")
      #expect(try project.query("select state from runs") == "failed")
      // Others do not outvote it.
      #expect(try project.run("approve", "publish", "agree", "--by", "ana").exit == 0)
      #expect(try project.run("approve", "publish", "agree", "--by", "bob").exit == 0)
      #expect(try project.run("apply").exit == 5)
      #expect(try project.run("approve", "publish", "agree", "--by", "cleo", "--continue").exit == 0)
      #expect(project.ledger == ["build", "push"])
      let late = try project.run("approve", "publish", "agree", "--reject", "--by", "ana")
      #expect(late.exit == 0, "the run is over, so it is about the next one: \(late)")
    }
  }

  @Test func aNoBeforeAnythingRanRunsNothing() throws {
    let plan = """
      execplan: 1
      title: Whole
      id: whole
      approval: plan
      steps:
        - {id: a, run: "echo a >> $OUT/ledger"}
      finally:
        - {id: z, run: "echo z >> $OUT/ledger"}

      """
    try withRunProject(plan) { (project: RunProject) throws -> Void in
      #expect(try project.run("approve", "whole", "--reject", "--by", "ana").exit == 0)
      #expect(try project.run("apply").exit == 5)
      #expect(project.ledger.isEmpty)
    }
  }

  @Test func anExpiredApprovalIsOverForGood() throws {
    try withRunProject(Self.phases()) { project in
      #expect(try project.run("approve", "load", "--by", "ana", "--expires", "1ms").exit == 0)
      let stopped = try project.run("apply")
      #expect(stopped.exit == 4, "\(stopped)")
      #expect(stopped.stdout.contains("the approval of ana has expired"), "\(stopped)")
      #expect(try project.query("select count(*) from approvals where expired_at is not null") == "1")
      // A clock that is set back makes it valid no more.
      _ = try project.query("update approvals set expires_at = 99999999999999")
      #expect(try project.run("apply").exit == 4)
    }
  }

  @Test func aStandingApprovalHoldsForEveryRun() throws {
    try withRunProject(Self.phases()) { project in
      let standing = try project.run("approve", "load", "--standing", "--by", "ana")
      #expect(standing.exit == 0 && standing.stderr.contains("for every run"), "\(standing)")
      #expect(try project.run("apply").exit == 0)
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["fetch", "fill", "fetch", "fill"])
    }
  }

  @Test func aStepOfARunApprovesNothing() throws {
    try withRunProject(Self.phases()) { project in
      let refused = try project.run("approve", "load", env: ["EXECPLAN_RUN_ID": "1"])
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("a run approves nothing"))
      #expect(!FileManager.default.fileExists(atPath: project.folder.path(".execplan")))
    }
  }

  @Test func commandsThatNameNothingSayWhatThereIs() throws {
    try withRunProject(Self.step) { project in
      let none = try project.run("approve", "publish", "--phase", "x")
      #expect(none.exit == 64 && none.stderr.contains("execplan approve p.execplan.yaml agree"), "\(none)")
      #expect(try project.run("approve", "publish", "build").exit == 64)
      let done = try project.run("checkpoint", "publish", "agree")
      #expect(done.exit == 64 && done.stderr.contains("  execplan approve p.execplan.yaml agree\n"), "\(done)")
      #expect(try project.run("apply", "--skip", "agree").exit == 64)
      try project.write("execplan: 1\ntitle: Free\nsteps:\n  - {id: a, run: \"true\"}\n")
      let free = try project.run("approve", "p.execplan.yaml")
      #expect(free.exit == 64 && free.stderr.contains("the plan asks for no approval"), "\(free)")
    }
  }
}
