internal import Foundation
internal import TestSupport
internal import Testing

/// Where the record of approvals and of phases is shown.
struct ApprovalRecordTests {
  private static let plan = """
    execplan: 1
    title: Load
    id: load
    approval: phases
    phases:
      - {id: extract, objective: Get the rows, deliverables: ["data/*.csv", a report]}
      - {id: load}
    steps:
      - {id: fetch, phase: extract, run: "mkdir -p data; echo 1 > data/a.csv", outputs: [data/a.csv]}
      - {id: fill, phase: load, run: "true"}

    """

  @Test func reportsAndStatusHoldTheAuditTrail() throws {
    try withRunProject(Self.plan) { project in
      let approved = try project.run("approve", "load", "--by", "ana <b>", "--note", "a | b", "--expires", "1h")
      #expect(approved.exit == 0, "\(approved)")
      #expect(try project.run("apply", "-q").exit == 0)
      let status = try project.run("status", "load", "--format", "json")
      #expect(status.stdout.contains("\"step_id\":\"approval:extract\",\"decision\":\"approved\",\"by\":\"ana <b>\""))
      let markdown = try project.run("report", "load")
      #expect(markdown.stdout.contains("## Approvals") && markdown.stdout.contains("a \\| b"), "\(markdown)")
      let html = try project.run("report", "load", "--format", "html")
      #expect(html.stdout.contains("<h2>Approvals</h2>") && html.stdout.contains("ana &lt;b&gt;"))
      let json = try project.run("report", "load", "--format", "json")
      #expect(json.stdout.contains("\"approvals\":[{\"step_id\":\"approval:extract\""), "\(json)")
      let junit = try project.run("report", "load", "--format", "junit")
      #expect(junit.stdout.contains("name=\"approval:load\""), "\(junit)")
    }
  }

  /// Maintenance copies and replaces the journal: what was said meanwhile would be lost.
  @Test func nothingIsRecordedDuringMaintenance() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply").exit == 4)
      let refused = try project.whileMaintained { try project.run("approve", "load", "--by", "ana") }
      #expect(refused.exit == 6, "\(refused)")
      #expect(refused.stderr.contains("the state directory is being maintained"), "\(refused)")
      #expect(try project.query("select count(*) from approvals") == "0")
      #expect(try project.run("approve", "load", "--by", "ana").exit == 0)
      #expect(try project.query("select count(*) from approvals") == "2")
    }
  }

  @Test func phasesAreAnnouncedWithWhatTheyMade() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("approve", "load").exit == 0)
      let run = try project.run("apply", "--events", "events.ndjson")
      #expect(run.exit == 0, "\(run)")
      #expect(run.stderr.contains("phase extract: begins: Get the rows (1 step)"), "\(run)")
      #expect(run.stderr.contains("phase extract: done: 1 step; data/a.csv "), "\(run)")
      #expect(run.stderr.contains("; a report; next: phase load, once it is approved"), "\(run)")
      let events = project.folder.read("events.ndjson") ?? ""
      let types = events.split(separator: "\n").compactMap { line -> String? in
        let value = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return value?["type"] as? String
      }
      #expect(
        types == [
          "version", "run_started", "planned", "approval", "step_finished", "phase_started", "step_started",
          "step_finished", "phase_finished", "approval", "step_finished", "phase_started", "step_started",
          "step_finished", "phase_finished", "run_finished",
        ], "\(types)")
      // What is up to date is nothing to announce, and a phase that goes on has begun already.
      #expect(try project.query("select count(*) from events where kind = 'phase_started'") == "2")
    }
  }
}

extension RunProject {
  /// Does something while the state directory is locked as `prune` and `doctor --repair` lock it.
  fileprivate func whileMaintained<Answer>(_ body: () throws -> Answer) throws -> Answer {
    let file = unsafe open(folder.path(".execplan/locks/state"), O_RDWR | O_CLOEXEC)
    defer { close(file) }
    var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    // F_OFD_SETLK, which the importer does not show under the default feature macros.
    try #require(unsafe fcntl(file, 37, &lock) == 0)
    return try body()
  }
}
