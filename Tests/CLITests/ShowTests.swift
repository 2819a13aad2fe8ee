internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan show`, seen from outside.
struct ShowTests {
  static let plan = """
    execplan: 1
    title: Load
    id: load
    purpose: Numbers every morning.
    phases:
      - {id: extract, title: Extract, objective: Get it, deliverables: [raw.txt], gate: [{exists: raw.txt}]}
      - {id: report, title: Report, estimate: 1d}
    steps:
      - {id: fetch, phase: extract, estimate: 2-3h, run: echo 1 > raw.txt, outputs: [raw.txt]}
      - {id: count, phase: extract, needs: [fetch], estimate: 30m, run: wc -l raw.txt}
      - {id: write, phase: report, inputs: [raw.txt], run: cat raw.txt}
    finally:
      - {id: clean, run: "true"}

    """

  @Test func theSummaryHoldsWhatAReviewerNeeds() throws {
    try withTemporaryFolder { folder in
      try folder.write("load.execplan.yaml", Self.plan)
      let text = try Execplan.run(["show"], in: folder)
      #expect(text.exit == 0)
      for expected in [
        "Load\n  Numbers every morning.\n", "  - steps: 4\n", "  - estimate, critical path: 1 d 2 h to 1 d 3 h\n",
        "  - critical path: fetch -> count -> write\n", "Extract (extract)\n  - objective: Get it\n",
        "  - gate: raw.txt exists\n", "  - approve all: execplan apply load.execplan.yaml\n",
        "  clean", "(finally)",
      ] { #expect(text.stdout.contains(expected), "\(expected)\n\(text.stdout)") }
      let markdown = try Execplan.run(["show", "load", "--format", "markdown"], in: folder)
      #expect(markdown.stdout.hasPrefix("# Execution Plan Summary: Load\n\nNumbers every morning.\n\n## Project Overview\n"))
    }
  }

  @Test func gatesAreSaidInWords() throws {
    try withTemporaryFolder { folder in
      let plan = """
        execplan: 1
        title: Gates
        phases:
          - id: p
            gate:
              - exists: {glob: "*.csv", count: {ge: 3}, size: {ge: 4KiB}, age: {le: 2d}}
              - file: {path: out.csv, contains: "id,"}
              - run: |
                  test -s out.csv
                  true
              - {sql: {database: "sqlite:w.db", query: select 1, expect: {value: {in: [1, 2]}}}, severity: warn}
              - {exists: x, title: there is an x}
        steps:
          - {id: a, phase: p, run: "true"}

        """
      let text = try Execplan.run(["show", "-"], in: folder, stdin: plan).stdout
      for gate in [
        "*.csv exists, count at least 3, size at least 4.0 KiB, age at most 2 d 00 h", "out.csv contains \"id,\"",
        "run: test -s out.csv …", "sql: select 1, value is one of 1, 2 (a warning only)", "there is an x",
      ] { #expect(text.contains("  - gate: \(gate)\n"), "\(gate)\n\(text)") }
    }
  }

  @Test func jsonIsOneObjectAndStandardInputIsAPlan() throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run(["show", "-", "--format", "json"], in: folder, stdin: Self.plan)
      #expect(result.exit == 0)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
      let steps = try #require(object["steps"] as? [[String: Any]])
      #expect(steps.map { $0["id"] as? String } == ["fetch", "count", "write", "clean"])
      #expect(steps.map { $0["finally"] as? Bool } == [false, false, false, true])
      #expect(steps[2]["needs"] as? [String] == ["fetch"])
      let path = try #require(object["critical_path"] as? [String: Any])
      #expect(path["ids"] as? [String] == ["fetch", "count", "write"])
      #expect(!(try Execplan.run(["show", "-"], in: folder, stdin: Self.plan).stdout.contains("What is asked")))
    }
  }

  @Test(arguments: ["show", "graph"])
  func aPlanWithErrorsIsNotShown(command: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("bad.execplan.yaml", "execplan: 1\ntitle: Bad\nsteps:\n  - {id: a, ruun: x}\n")
      let text = try Execplan.run([command], in: folder)
      #expect(text.exit == 3 && text.stdout.isEmpty)
      #expect(text.stderr.contains("bad.execplan.yaml:4:13: error: "))
      let machine = try Execplan.run([command, "--format", "json"], in: folder)
      #expect(machine.exit == 3)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(machine.stdout.utf8)) as? [String: Any])
      let error = try #require(object["error"] as? [String: Any])
      #expect(error["exit_code"] as? Int == 3)
      #expect(error["next_commands"] as? [String] == ["execplan validate bad.execplan.yaml"])
      #expect((object["diagnostics"] as? [Any])?.isEmpty == false)
    }
  }

  @Test(arguments: ["show", "graph"])
  func aPlanThatIsNotThereIsAUsageErrorAndStillOneObject(command: String) throws {
    try withTemporaryFolder { folder in
      let result = try Execplan.run([command, "none.yaml", "--format", "json"], in: folder)
      #expect(result.exit == 64)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
      #expect((object["error"] as? [String: Any])?["exit_code"] as? Int == 64)
    }
  }

  @Test func aWrongParameterIsAUsageErrorAndAMissingOneIsNot() throws {
    try withTemporaryFolder { folder in
      let plan =
        "execplan: 1\ntitle: P\nparams: {date: {type: date, required: true}}\nsteps:\n  - {id: a, run: \"echo ${{ params.date }}\"}\n"
      try folder.write("p.execplan.yaml", plan)
      #expect(try Execplan.run(["show"], in: folder).exit == 0)
      #expect(try Execplan.run(["show", "--param", "date=2026-01-02"], in: folder).exit == 0)
      let wrong = try Execplan.run(["show", "--param", "dat=1"], in: folder)
      #expect(wrong.exit == 64 && wrong.stderr.contains("did you mean \"date\"?"))
    }
  }
}
