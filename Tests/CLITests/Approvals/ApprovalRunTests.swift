internal import Foundation
internal import TestSupport
internal import Testing

/// Approvals beside live, killed and saved runs, and in markdown.
struct ApprovalRunTests {
  @Test func aLiveApplyHearsOfAnApproval() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let live = try project.start("apply", "--wait-approval", "--events", "events.ndjson")
      try waitUntil { project.folder.read("events.ndjson")?.contains("\"type\":\"waiting\"") ?? false }
      let approved = try project.run("approve", "load", "--by", "ana", "--note", "go")
      #expect(approved.exit == 0, "\(approved)")
      #expect(approved.stderr.contains("the plan is being applied"), "\(approved)")
      let result = live.wait()
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["fetch", "fill"])
      let events = project.folder.read("events.ndjson") ?? ""
      #expect(events.components(separatedBy: "\"type\":\"approval\"").count == 3, "\(events)")
      #expect(events.contains("\"decision\":\"approved\",\"by\":\"ana\""), "\(events)")
    }
  }

  /// Nobody speaks again: what is there is what was approved, or it is not.
  @Test func aFileThatIsPutBackIsApprovedAgain() throws {
    try withRunProject(ApprovalTests.script) { project in
      try project.folder.write("scripts/a.sh", "echo one >> $1\n")
      #expect(try project.run("approve", "script", "--by", "ana").exit == 0)
      try project.folder.write("scripts/a.sh", "echo two >> $1\n")
      let live = try project.start("apply", "--wait-approval=5m", "--events", "events.ndjson")
      try waitUntil { project.folder.read("events.ndjson")?.contains("\"void\":\"is void") ?? false }
      try project.folder.write("scripts/a.sh", "echo one >> $1\n")
      let result = live.wait()
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["one"])
      // Both are told: that it is void, and that it counts.
      let events = project.folder.read("events.ndjson") ?? ""
      #expect(events.components(separatedBy: "\"type\":\"approval\"").count == 3, "\(events)")
      #expect(result.stderr.contains("approval:plan: approved by ana"), "\(result)")
    }
  }

  @Test func waitingEnds() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      #expect(try project.run("apply", "--wait-approval=10ms").exit == 4)
      let live = try project.start("apply", "--wait-approval", "--events", "events.ndjson")
      try waitUntil { project.folder.read("events.ndjson")?.contains("\"type\":\"waiting\"") ?? false }
      live.send(signal: SIGINT)
      #expect(live.wait().exit == 130)
      #expect(try project.query("select state from runs") == "interrupted")
      #expect(try project.run("approve", "load", "--continue").exit == 0)
      #expect(project.ledger == ["fetch", "fill"])
    }
  }

  @Test func aKilledWaitGoesOn() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let live = try project.start("apply", "--wait-approval", "--events", "events.ndjson")
      try waitUntil { project.folder.read("events.ndjson")?.contains("\"type\":\"waiting\"") ?? false }
      live.send(signal: SIGKILL)
      _ = live.wait()
      let status = try project.run("status", "load")
      #expect(status.exit == 0 && status.stdout.contains("waiting"), "\(status)")
      #expect(try project.run("approve", "load", "--by", "ana").exit == 0)
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger == ["fetch", "fill"])
    }
  }

  @Test func anApprovalDoesNotMoveASavedPlan() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let saved = try project.run("plan", "load", "--out", "load.saved")
      #expect(saved.exit == 0, "\(saved)")
      // What people are to agree to is shown as what would happen.
      #expect(saved.stdout.contains("fill"), "\(saved)")
      #expect(try project.run("approve", "load", "--by", "ana").exit == 0)
      let applied = try project.run("apply", "load.saved")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.ledger == ["fetch", "fill"])
    }
  }

  @Test func aCalledPlanAsksToo() throws {
    let parent = """
      execplan: 1
      title: Parent
      id: parent
      steps:
        - {id: before, run: "echo before >> $OUT/ledger"}
        - {id: sub, needs: [before], call: {path: sub.execplan.yaml}}
        - {id: after, needs: [sub], run: "echo after >> $OUT/ledger"}

      """
    try withRunProject(parent) { project in
      try project.folder.write(
        "sub.execplan.yaml",
        ApprovalTests.phases().replacingOccurrences(of: "$OUT", with: project.outside.path))
      let first = try project.run("apply", "parent")
      #expect(first.exit == 4, "\(first)")
      #expect(first.stdout.contains("execplan approve p.execplan.yaml sub/approval:extract --continue"), "\(first)")
      let second = try project.run("approve", "parent", "sub/approval:extract", "--continue")
      #expect(second.exit == 4, "\(second)")
      #expect(project.ledger == ["before", "fetch"])
      #expect(try project.run("approve", "parent", "--continue").exit == 0)
      #expect(project.ledger == ["before", "fetch", "fill", "after"])
    }
  }

  @Test func ticksVoidNothing() throws {
    let project = try RunProject("execplan: 1\ntitle: Other\nsteps:\n  - {id: a, run: \"true\"}\n")
    defer { project.remove() }
    try project.folder.write(
      "release.md",
      """
      ---
      execplan: 1
      approval: phases
      ---
      # Release

      ## Progress

      - [ ] `one`: first
      - [ ] `two`: second

      ## Surprises & Discoveries

      ## Phase 1: First

      ### Step `one`: first

          echo one >> \(project.outside.path)/ledger

      ## Phase 2: Second

      ### Step `two`: second

          echo two >> \(project.outside.path)/ledger

      """)
    let approved = try project.run("approve", "release.md", "--by", "ana")
    #expect(approved.exit == 0, "\(approved)")
    let applied = try project.run("apply", "release.md", "--write-back")
    #expect(applied.exit == 0, "\(applied)")
    #expect(project.ledger == ["one", "two"])
    #expect(project.folder.read("release.md")?.contains("- [x] ") ?? false)
  }

  @Test func thePlanShowsWhatWouldHappen() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let plan = try project.run("plan", "load", "--format", "json")
      #expect(plan.exit == 0, "\(plan)")
      #expect(plan.stdout.contains("waits_for_approval"), "\(plan)")
      #expect(!plan.stdout.contains("\"blocked\",") && plan.stdout.contains("first_run"), "\(plan)")
      let show = try project.run("show", "load")
      #expect(show.stdout.contains("execplan approve p.execplan.yaml --phase extract"), "\(show)")
      #expect(show.stdout.contains("execplan approve p.execplan.yaml --reject"), "\(show)")
      #expect(try project.run("graph", "load", "--format", "json").stdout.contains("approval:extract"))
    }
  }
}
