internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan test`: what is not safe to resume is named, by step and defect, and what is safe passes.
struct PlanCrashTests {
  /// A plan with one defect, and what must be said of it.
  struct Planted: CustomTestStringConvertible, Sendable {
    var defect: String
    var step: String
    var path: String
    /// The step before it is safe.
    var yaml: String

    var testDescription: String { "\(defect) at \(path)" }

    var plan: String {
      """
      execplan: 1
      title: Planted
      id: planted
      order: graph
      steps:
        - id: ground
          file: {path: ground.txt, content: "firm\\n"}
        - id: \(step)
          needs: [ground]
      \(yaml.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        - id: behind
          needs: [\(step)]
          file: {path: behind.txt, content: "done\\n"}

      """
    }
  }

  static let planted: [Planted] = [
    Planted(
      defect: "append", step: "tally", path: "tally.log", yaml: "idempotent: true\nrun: echo one more >> tally.log"),
    // A name that is no text.
    Planted(
      defect: "append", step: "record", path: #"caf\xE9/\xFFtally.log"#,
      yaml: """
        idempotent: true
        run: |
          folder=$(printf 'caf\\351')
          mkdir -p "$folder"
          echo one more >> "$(printf '%s/\\377tally.log' "$folder")"
        """),
    Planted(
      defect: "left_behind", step: "sort", path: "work.",
      yaml: """
        idempotent: true
        run: |
          work=$(mktemp work.XXXXXX)
          echo b > "$work"
          sleep 0.2
          echo a >> "$work"
          mv "$work" sorted.txt
        """),
    Planted(
      defect: "half_written", step: "export", path: "export.csv",
      yaml: """
        unless: test -e export.csv
        run: |
          echo id,name > export.csv
          sleep 0.2
          echo 1,a >> export.csv
        """),
    Planted(
      defect: "half_written", step: "fetch", path: "got.txt",
      yaml: """
        creates: got.txt
        run: |
          echo first > got.txt
          sleep 0.2
          echo last >> got.txt
        """),
    Planted(
      defect: "undeclared_output", step: "build", path: "build.map",
      yaml: """
        inputs: [ground.txt]
        outputs: [build.bin]
        run: |
          cp ground.txt build.bin
          cp ground.txt build.map
        """),
    Planted(
      defect: "wrong_guard", step: "unpack", path: "lib/.unpacked",
      yaml: """
        creates: lib/.unpacked
        run: mkdir -p lib && echo x > lib/code.txt
        """),
    Planted(
      defect: "wrong_guard", step: "install", path: "tool",
      yaml: """
        creates: tool
        run: |
          mkdir tool
          sleep 0.2
          echo x > tool/program
        """),
    Planted(
      defect: "unstable", step: "stamp", path: "stamp.txt", yaml: "idempotent: true\nrun: date +%s%N > stamp.txt"),
  ]

  @Test(arguments: planted)
  func aPlantedDefectIsNamed(_ planted: Planted) throws {
    try withRunProject(planted.plan) { project in
      let result = try project.run("test", "-q", "--format", "json", "-j", "2")
      #expect(result.exit == 1, "\(result)")
      let report = try Report(result)
      #expect(
        report.defects.contains { defect in
          defect.kind == planted.defect && defect.step == planted.step && defect.path?.hasPrefix(planted.path) == true
        }, "\(result.stdout)")
      #expect(report.defects.allSatisfy { $0.step == planted.step }, "\(result.stdout)")
      #expect(report.defects.allSatisfy { !$0.fix.isEmpty && !$0.why.isEmpty })
    }
  }

  @Test func aSafePlanPassesAndItsProjectIsLeftAlone() throws {
    let plan = """
      execplan: 1
      title: Safe
      id: safe
      order: listed
      steps:
        - id: folder
          run: mkdir -p made
        - id: text
          file: {path: made/text, content: "a\\n"}
        - id: copy
          inputs: [made/text]
          outputs: [made/copy]
          run: cp made/text made/copy
        - id: table
          sql: {database: "sqlite:w.db", script: "create table if not exists t (n integer)"}
          idempotent: true
        - id: rows
          sql: {database: "sqlite:w.db", exactly_once: true, script: "delete from t; insert into t values (1)"}
        - id: look
          check: [{exists: made/copy}]

      """
    try withRunProject(plan) { project in
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      let result = try project.run("test", env: ["TMPDIR": scratch.path])
      #expect(result.exit == 0, "\(result)")
      #expect(result.stdout.contains("safe to resume"), "\(result)")
      #expect(result.stdout.contains("no defects"), "\(result)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: project.folder.path) == ["p.execplan.yaml"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }
  }

  @Test func whatAPersonIsAskedAboutIsNoDefect() throws {
    let plan = """
      execplan: 1
      title: Asks
      id: asks
      steps:
        - {id: charge, run: "sleep 0.1"}
        - {id: sign, needs: [charge], manual: {instructions: Sign it}}
        - {id: send, needs: [sign], run: "true"}

      """
    try withRunProject(plan) { project in
      let result = try project.run("test", "-q", "--format", "json")
      #expect(result.exit == 0, "\(result)")
      let report = try Report(result)
      #expect(report.steps["charge"]?["during"] == "asks", "\(result.stdout)")
      #expect(report.steps["charge"]?["before"] == "same", "\(result.stdout)")
      #expect(report.steps["sign"]?["reason"] == "needs a person", "\(result.stdout)")
      #expect(report.steps["send"]?["reason"] == "behind a step that needs a person", "\(result.stdout)")
    }
  }

  @Test func whereNothingCanBeTestedNothingIsCalledSafe() throws {
    let plan = """
      execplan: 1
      title: Waits
      id: waits
      steps:
        - {id: sign, manual: {instructions: Sign it}}
        - {id: send, needs: [sign], run: "true"}

      """
    try withRunProject(plan) { project in
      let result = try project.run("test")
      #expect(result.exit == 1, "\(result)")
      #expect(result.stdout.contains("can't be tested\n  no step of it can be tested: \"sign\" needs a person\n"))
    }
  }

  /// In a copy nothing has been recorded, so what the plan made looks like somebody else's.
  @Test func whatIsThereAlreadyIsWrittenOver() throws {
    let plan = """
      execplan: 1
      title: There
      id: there
      steps:
        - {id: conf, file: {path: app.conf, content: "port = 80"}}

      """
    try withRunProject(plan) { project in
      try project.folder.write("app.conf", "port = 8080")
      let result = try project.run("test")
      #expect(result.exit == 0 && result.stdout.contains("safe to resume"), "\(result)")
      #expect(project.folder.read("app.conf") == "port = 8080")
    }
  }

  @Test func rowsThatAreInsertedTwiceAreSeen() throws {
    let plan = """
      execplan: 1
      title: Rows
      id: rows
      order: listed
      steps:
        - id: table
          sql: {database: "sqlite:w.db", script: "create table if not exists t (n integer)"}
          idempotent: true
        - id: rows
          sql: {database: "sqlite:w.db", script: "insert into t values (7)"}
          idempotent: true

      """
    try withRunProject(plan) { project in
      let result = try project.run("test", "-q", "--format", "json", "--steps", "rows")
      #expect(result.exit == 1, "\(result)")
      let report = try Report(result)
      #expect(report.defects.map(\.kind) == ["append"] && report.defects[0].step == "rows", "\(result.stdout)")
      #expect(report.steps["rows"]?["after"] == "differs", "\(result.stdout)")
      #expect(report.steps["table"]?["reason"] == "not chosen", "\(result.stdout)")
      let junit = try project.run("test", "-q", "--format", "junit", "--steps", "rows")
      #expect(junit.stdout.contains("type=\"append\""), "\(junit)")
    }
  }

  @Test func whatIsOutsideIsNotTouchedUnasked() throws {
    let plan = """
      execplan: 1
      title: Outside
      id: outside
      steps:
        - {id: call, http: "http://127.0.0.1:9/x"}

      """
    try withRunProject(plan) { project in
      let result = try project.run("test")
      #expect(result.exit == 5, "\(result)")
      #expect(result.stderr.contains("execplan test p.execplan.yaml --allow-outside"), "\(result)")
    }
  }

  @Test(arguments: [
    "sql: {database: \"sqlite:/srv/app.db\", script: \"select 1\"}",
    "sql: {database: \"sqlite:../shared.db\", script: \"select 1\"}",
    "{run: \"true\", outputs: [../out.txt]}", "{run: \"true\", creates: /srv/made}",
    "{run: \"true\", cwd: /srv}", "{run: \"true\", cwd: a/../..}",
  ])
  func pathsOutsideAreNotTouchedUnasked(_ fields: String) throws {
    let step = fields.hasPrefix("{") ? String(fields.dropFirst()) : fields + "}"
    try withRunProject("execplan: 1\ntitle: O\nsteps:\n  - {id: out, \(step)\n") { project in
      let result = try project.run("test")
      #expect(result.exit == 5 && result.stderr.contains("--allow-outside"), "\(result)")
      #expect(result.stderr.contains("out: w"), "\(result)")
    }
  }

  @Test func scratchFoldersWithinTheProjectAreNotCopied() throws {
    let plan = "execplan: 1\ntitle: S\nsteps:\n  - {id: a, file: {path: a, content: x}}\n"
    try withRunProject(plan) { project in
      try project.folder.write("tmp/x", "")
      let inside = try project.run("test", env: ["TMPDIR": project.folder.path("tmp")])
      #expect(inside.exit == 0, "\(inside)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: project.folder.path("tmp")) == ["x"])
      #expect(try Execplan.runOther("/bin/sh", ["-c", "git init -q ."], in: project.folder).exit == 0)
      let refused = try project.run("test", env: ["TMPDIR": project.folder.path("tmp")])
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("set TMPDIR to a folder outside of the project"), "\(refused)")
    }
  }

  @Test func aPlanThatFailsByItselfIsNotTested() throws {
    try withRunProject("execplan: 1\ntitle: F\nsteps:\n  - {id: no, run: \"exit 3\"}\n") { project in
      let result = try project.run("test", "-q")
      #expect(result.exit == 1, "\(result)")
      #expect(result.stdout.contains("can't be tested") && result.stdout.contains("\"no\" failed"), "\(result)")
    }
  }

  @Test func unknownStepsAreRefused() throws {
    try withRunProject("execplan: 1\ntitle: F\nsteps:\n  - {id: a, run: \"true\"}\n") { project in
      let result = try project.run("test", "--steps", "b")
      #expect(result.exit == 64 && result.stderr.contains("there is no step \"b\""), "\(result)")
    }
  }

  @Test func anInterruptedTestLeavesNothing() throws {
    let plan = """
      execplan: 1
      title: Long
      id: long
      steps:
        - {id: long, idempotent: true, run: "touch $OUT/begun; sleep 600"}

      """
    try withRunProject(plan) { project in
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      let program = try project.start("test", env: ["TMPDIR": scratch.path])
      try waitUntil { project.outside.read("begun") != nil }
      program.send(signal: SIGINT)
      #expect(program.wait().exit == 130)
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }
  }

  /// It has no variable of the test any more, and no `TMPDIR` that is the test's.
  @Test func anInterruptedTestEndsProgramsWithOtherVariables() throws {
    let plan = """
      execplan: 1
      title: Long
      id: long
      steps:
        - id: long
          idempotent: true
          run: |
            TMPDIR=/ setsid sh -c 'echo $$ > $OUT/apart; exec sleep 600' &
            while ! test -s $OUT/apart; do sleep 0.1; done
            exec env -i sh -c 'echo $$ > '$OUT'/begun; exec sleep 600'

      """
    try withRunProject(plan) { project in
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      let program = try project.start("test", "--keep", env: ["TMPDIR": scratch.path])
      try waitUntil { project.outside.read("begun")?.hasSuffix("\n") == true }
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 130 && result.stderr.contains("copies are left in \(scratch.path)"), "\(result)")
      for name in ["begun", "apart"] {
        let text = try #require(project.outside.read(name)).trimmingCharacters(in: .whitespacesAndNewlines)
        let pid = try #require(Int32(text))
        try waitUntil { kill(pid, 0) != 0 || Self.isZombie(pid) }
      }
    }
  }

  private static func isZombie(_ pid: Int32) -> Bool {
    (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") ?? true
  }

  @Test func whatGitIgnoresIsCopiedOnlyIfWanted() throws {
    let plan = """
      execplan: 1
      title: Git
      id: git
      steps:
        - id: use
          idempotent: true
          run: |
            git rev-parse HEAD > head.txt
            git remote > remotes.txt
            cat cache/data > out.txt

      """
    try withRunProject(plan) { project in
      try project.folder.write(".gitignore", "cache/\n")
      try project.folder.write("cache/data", "x\n")
      let set = """
        git init -q . && git add . && git -c user.name=a -c user.email=a@b commit -q -m a && \
        git remote add origin /nowhere
        """
      #expect(try Execplan.runOther("/bin/sh", ["-c", set], in: project.folder).exit == 0)
      let without = try project.run("test")
      #expect(without.exit == 1 && without.stderr.contains("for git ignores it: cache"), "\(without)")
      let with = try project.run("test", "--with", "cache", "--keep")
      #expect(with.exit == 0, "\(with)")
      let line = try #require(with.stdout.split(separator: "\n").first { $0.hasPrefix("copies: ") })
      let kept = String(line.dropFirst(8))
      defer { try? FileManager.default.removeItem(atPath: kept) }
      let name = URL(fileURLWithPath: project.folder.path).lastPathComponent
      let copy = "\(kept)/00001/\(name)"
      #expect(try String(contentsOfFile: "\(copy)/remotes.txt", encoding: .utf8).isEmpty)
      #expect(try String(contentsOfFile: "\(copy)/head.txt", encoding: .utf8).utf8.count == 41)
    }
  }

  @Test func theWordOfATrialIsNoCommand() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let result = try Execplan.run(["on-trial", "apply"], in: folder)
    #expect(result.exit == 64 && result.stderr.contains("it is no command"), "\(result)")
  }

  // MARK: Reading

  /// What `--format json` says.
  private struct Report {
    struct Defect {
      var kind: String
      var step: String
      var path: String?
      var why: String
      var fix: String
    }

    var defects: [Defect]
    var steps: [String: [String: String]] = [:]

    init(_ result: Execplan.Result) throws {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any], "\(result)")
      let defects = try #require(object["defects"] as? [[String: Any]])
      self.defects = defects.map { defect in
        Defect(
          kind: defect["kind"] as? String ?? "", step: defect["step"] as? String ?? "",
          path: defect["path"] as? String, why: defect["why"] as? String ?? "", fix: defect["fix"] as? String ?? "")
      }
      for step in try #require(object["steps"] as? [[String: Any]]) {
        steps[step["id"] as? String ?? ""] = step.compactMapValues { $0 as? String }
      }
    }
  }
}
