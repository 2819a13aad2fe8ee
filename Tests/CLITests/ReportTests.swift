internal import Foundation
internal import TestSupport
internal import Testing

/// `report`, through the binary.
struct ReportTests {
  private static let plan = """
    execplan: 1
    title: Nightly <load>
    id: nightly
    params: {day: {type: string, default: monday}}
    secrets: {token: {env: NIGHTLY_TOKEN}}
    phases:
      - {id: get, title: Get the data, objective: all of it, deliverables: [raw.csv], gate: [{exists: raw.csv}]}
      - {id: put, title: Put it away}
    steps:
      - id: fetch
        title: Fetch everything
        phase: get
        env: {TOKEN: "${{ secrets.token }}"}
        run: |
          echo "id,v" > raw.csv
          echo "rows=1" >> "$EXECPLAN_OUTPUT"
          echo "with $TOKEN"
        outputs: [raw.csv]
      - id: look
        phase: get
        needs: [fetch]
        check: [{exists: raw.csv}, {file: {path: raw.csv, contains: nothing like it}, severity: warn}]
      - id: load
        phase: put
        needs: [look]
        retry: {times: 1, delay: 1ms}
        run: echo "no room"; echo "disk <full>" >&2; test -e room
      - {id: tell, phase: put, needs: [load], run: "true"}
    finally:
      - {id: clean, run: "true"}

    """

  private static let token = "correct-horse-battery"

  private static func withFailedRun(_ body: (RunProject) throws -> Void) throws {
    try withRunProject(plan) { project in
      #expect(try project.run("apply", env: ["NIGHTLY_TOKEN": token]).exit == 1)
      try body(project)
    }
  }

  @Test func aReportTellsWhatFailedAndWhatIsNext() throws {
    try Self.withFailedRun { project in
      let result = try project.run("report")
      #expect(result.exit == 0, "\(result)")
      #expect(result.stdout.hasPrefix("# Nightly \\<load\\>: run 1 failed\n"), "\(result)")
      #expect(result.stdout.contains("### load: exit 1\n"), "\(result)")
      #expect(result.stdout.contains("disk <full>\n"), "\(result)")
      #expect(result.stdout.contains("Blocked by it: `tell`"), "\(result)")
      #expect(result.stdout.contains("| fetch: Fetch everything | Get the data | succeeded | 1 |"), "\(result)")
      #expect(result.stdout.contains("| load | Put it away | failed | 2 |"), "\(result)")
      #expect(result.stdout.contains("execplan apply p.execplan.yaml --resume"), "\(result)")
      #expect(!result.stdout.contains(Self.token))
    }
  }

  /// The journal tells everything: the file may be gone.
  @Test func thePlanFileIsNotNeeded() throws {
    try Self.withFailedRun { project in
      let before = try project.run("report", "nightly").stdout
      try FileManager.default.removeItem(atPath: project.folder.path + "/p.execplan.yaml")
      let after = try project.run("report", "nightly")
      #expect(after.exit == 0, "\(after)")
      #expect(after.stdout == before)
    }
  }

  @Test func everyFormHoldsNoSecret() throws {
    try Self.withFailedRun { project in
      for format in ["markdown", "html", "json", "junit"] {
        let result = try project.run("report", "--format", format, "-o", "out/../report.\(format)")
        #expect(result.exit == 0 && result.stdout.isEmpty, "\(result)")
        let text = try #require(project.folder.read("report.\(format)"))
        // The markdown shows one stream, the others both.
        #expect(text.contains(format == "markdown" ? "disk <full>" : "no room"), "\(format)")
        #expect(!text.contains(Self.token), "\(format)")
      }
    }
  }

  @Test func jsonFitsItsSchema() throws {
    try Self.withFailedRun { project in
      let result = try project.run("report", "--format", "json")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
      #expect((object["run"] as? [String: Any])?["state"] as? String == "failed")
      let steps = try #require(object["steps"] as? [[String: Any]])
      #expect(steps.map { $0["id"] as? String } == ["fetch", "look", "load", "tell", "gate:get", "clean"])
      #expect((steps[0]["values"] as? [String: Any])?["rows"] as? String == "1")
      #expect(steps[3]["blocked_by"] as? String == "load")
      let outputs = try #require(steps[0]["outputs"] as? [[String: Any]])
      #expect((outputs.first?["sha256"] as? String)?.count == 64)
    }
  }

  @Test func aSecondLegIsTold() throws {
    try Self.withFailedRun { project in
      try project.folder.write("room", "")
      #expect(try project.run("apply", "--resume", env: ["NIGHTLY_TOKEN": Self.token]).exit == 0)
      let result = try project.run("report")
      #expect(result.stdout.contains("run 1 succeeded\n") && result.stdout.contains("in 2 parts"), "\(result)")
      #expect(!result.stdout.contains("## What failed") && !result.stdout.contains("## Next"), "\(result)")
    }
  }

  @Test func whatIsNotThereIsSaid() throws {
    try withRunProject(Self.plan) { project in
      let never = try project.run("report")
      #expect(never.exit == 64 && never.stderr.contains("\"nightly\" was never run"), "\(never)")
      #expect(try project.run("apply", env: ["NIGHTLY_TOKEN": Self.token]).exit == 1)
      let other = try project.run("report", "--run", "9")
      #expect(other.exit == 64 && other.stderr.contains("there is no run 9 of \"nightly\""), "\(other)")
    }
  }
}
