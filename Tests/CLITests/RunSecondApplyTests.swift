internal import Foundation
internal import TestSupport
internal import Testing

/// What a second `apply` does with each kind of step: in the same run, and in a new one.
struct RunSecondApplyTests {
  /// A row of the table. A cell says what becomes of the step: `runs`, `waits` for a person, or `-`.
  struct Row: Sendable, CustomStringConvertible {
    let description: String
    let cells: [String]
    /// `MARK` writes a line into the ledger.
    let yaml: String
    /// What the definition is changed to at last: a piece of the YAML, and what takes its place.
    let edit: (from: String, to: String)

    init(_ description: String, _ cells: String, _ yaml: String, edit: (from: String, to: String)? = nil) {
      self.description = description
      self.cells = cells.split(separator: " ").map(String.init)
      self.yaml = yaml
      self.edit = edit ?? ("MARK", "MARK more")
    }

    /// Whether a run of it can be counted outside.
    var isCounted: Bool { yaml.contains("MARK") || yaml.contains("insert") }
  }

  enum Column: String, CaseIterable {
    case same, new, fresh, force, edited
  }

  static let rows: [Row] = [
    //                      same new fresh force edited
    Row("none", "            -   runs runs runs runs", "run: MARK"),
    Row("exec", "            -   runs runs runs runs", "exec: [sh, -c, MARK]"),
    Row("declared", "        -   runs runs runs runs", "run: MARK\n    idempotent: true"),
    Row("inputs alone", "    -   runs runs runs runs", "run: MARK\n    inputs: [in.txt]"),
    Row("outputs alone", "   -   runs runs runs runs", "run: MARK; touch made\n    outputs: [made]"),
    Row(
      "inputs and outputs", "- -  runs runs runs", "run: MARK; touch made\n    inputs: [in.txt]\n    outputs: [made]"),
    Row(
      "always", "- runs runs runs runs",
      "run: MARK; touch made\n    inputs: [in.txt]\n    outputs: [made]\n    always: true"),
    Row("once", "            -   -    runs runs runs", "run: MARK\n    once: true"),
    Row("creates", "         -   -    -    runs -", "run: MARK; touch made\n    creates: made"),
    Row("unless", "          -   -    -    runs -", "run: MARK; touch made\n    unless: test -e made"),
    Row(
      "sql", "               -   runs runs runs runs",
      "sql: {database: \"sqlite:w.db\", script: insert into t values (1)}",
      edit: ("insert into", "INSERT INTO")),
    Row(
      "exactly once", "      -   runs runs runs runs",
      "sql: {database: \"sqlite:w.db\", script: insert into t values (1), exactly_once: true}",
      edit: ("insert into", "INSERT INTO")),
    Row(
      "query", "             -   runs runs runs runs", "sql: {database: \"sqlite:w.db\", query: select 1 as n}",
      edit: ("1", "2")),
    Row("file", "            -   -    -    runs runs", "file: {path: made, content: x}", edit: ("x", "y")),
    Row(
      "file with a verify that looks", "- - - runs runs",
      "file: {path: made, content: x}\n    verify: [{exists: made}]", edit: ("x}", "y}")),
    Row("edit", "            -   -    -    runs runs", "edit: {path: in.txt, line: y}", edit: ("line: y", "line: z")),
    Row(
      "check of a file", "   -   -    runs runs runs", "check: [{file: {path: in.txt, contains: x}}]",
      edit: ("contains", "matches")),
    Row("check with a program", "- runs runs runs runs", "check: [{run: MARK}]"),
    Row(
      "manual with artifacts", "- - waits waits waits", "manual: {instructions: Look, artifacts: [in.txt]}",
      edit: ("Look", "See")),
    Row("manual", "          -   waits waits waits waits", "manual: {instructions: Look}", edit: ("Look", "See")),
  ]

  @Test(arguments: rows) func aSecondApply(over row: Row) throws {
    func plan(_ yaml: String) -> String {
      "execplan: 1\ntitle: Second\nid: second\nsteps:\n  - id: a\n    "
        + yaml.replacing("MARK", with: "sh $OUT/mark.sh a") + "\n  - id: stop\n    needs: [a]\n    run: test -e well\n"
    }
    try withRunProject(plan(row.yaml)) { project in
      try project.folder.write("in.txt", "x\n")
      _ = try project.query("create table t (n)", in: "w.db")
      func times() throws -> Int {
        try project.ledger.count + (Int(project.query("select count(*) from t", in: "w.db")) ?? 0)
      }
      /// Applies, answers for the person who is waited for, and says what became of the step.
      func apply(_ words: String..., exit: Int32 = 0) throws -> String {
        let before = try times()
        var result = try Execplan.run(["apply"] + words, in: project.folder)
        let waits = result.exit == 4
        if waits { result = try project.run("checkpoint", "second", "a", "--continue") }
        #expect(result.exit == exit, "\(words) \(result)")
        let runs = result.stderr.contains(" a: started")
        #expect(try times() == before + (runs && row.isCounted ? 1 : 0), "\(words)")
        return waits ? "waits" : runs ? "runs" : "-"
      }
      _ = try apply(exit: 1)
      try project.folder.write("well", "")
      var cells: [String] = []
      for column in Column.allCases {
        switch column {
        case .same, .new: cells.append(try apply())
        case .fresh: cells.append(try apply("--fresh"))
        case .force: cells.append(try apply("--force"))
        case .edited:
          try project.write(plan(row.yaml.replacing(row.edit.from, with: row.edit.to)))
          cells.append(try apply())
        }
      }
      #expect(cells == row.cells)
      // By request always.
      #expect(try apply("--rerun", "a") == (row.yaml.hasPrefix("manual") ? "waits" : "runs"))
    }
  }

  /// What `verify` denies is not done, whatever the file looks like.
  @Test func aFileWhoseVerifyFailsIsNeverTakenAsDone() throws {
    let plan = """
      execplan: 1
      title: Verified
      id: verified
      steps:
        - {id: a, file: {path: made, content: x}, verify: [{exists: well}]}

      """
    try withRunProject(plan) { project in
      for mode in [[], ["--resume"], ["--fresh"]] {
        let result = try Execplan.run(["apply"] + mode, in: project.folder)
        #expect(result.exit == 1, "\(mode) \(result)")
      }
      try project.folder.write("well", "")
      #expect(try project.run("apply").exit == 0)
    }
  }

  @Test func aDryRunSaysTheRefusalAndChangesNothing() throws {
    let plan = "execplan: 1\ntitle: Dry\nid: dry\nsteps:\n  - {id: a, run: \"sh $OUT/mark.sh a; sh $OUT/block.sh\"}\n"
    try withRunProject(plan) { project in
      try #require(try project.killDuringApply("-q"))
      let before = try FolderDigest.of(project.folder.path)
      for command in [["apply", "--dry-run"], ["plan"]] {
        let result = try Execplan.run(command, in: project.folder)
        #expect(result.exit == 0)
        #expect(result.stdout.contains("in doubt") && result.stderr.contains("--as rerun"), "\(result)")
      }
      #expect(try FolderDigest.of(project.folder.path) == before)
    }
  }
}
