internal import Foundation
internal import TestSupport
internal import Testing

/// What a second `apply` does with each kind of step: in the same run, and in a new one.
struct RunSecondApplyTests {
  struct Kind: Sendable, CustomStringConvertible {
    let description: String
    let yaml: String
    /// Whether a new run executes it again.
    let again: Bool
  }

  static let kinds: [Kind] = [
    Kind(description: "none", yaml: "run: MARK", again: true),
    Kind(description: "declared", yaml: "run: MARK\n    idempotent: true", again: true),
    Kind(description: "once", yaml: "run: MARK\n    once: true", again: false),
    Kind(description: "creates", yaml: "run: MARK; touch made\n    creates: made", again: false),
    Kind(description: "unless", yaml: "run: MARK; touch made\n    unless: test -e made", again: false),
    Kind(
      description: "inputs and outputs", yaml: "run: MARK; touch made\n    inputs: [in.txt]\n    outputs: [made]",
      again: false),
    Kind(
      description: "exactly once",
      yaml: "sql: {database: \"sqlite:w.db\", script: insert into t values (1), exactly_once: true}", again: true),
    Kind(
      description: "check with a program", yaml: "check: [{run: MARK}]", again: true),
    Kind(description: "file", yaml: "file: {path: made, content: x}", again: false),
    Kind(
      description: "file with a verify that looks",
      yaml: "file: {path: made, content: x}\n    verify: [{exists: made}]",
      again: false),
  ]

  @Test(arguments: kinds) func aSecondApply(over kind: Kind) throws {
    let plan =
      "execplan: 1\ntitle: Second\nid: second\nsteps:\n  - id: a\n    "
      + kind.yaml.replacingOccurrences(of: "MARK", with: "sh $OUT/mark.sh a")
      + "\n  - id: stop\n    needs: [a]\n    run: test -e well\n"
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "x")
      _ = try project.query("create table t (n)", in: "w.db")
      func times() throws -> Int {
        try project.ledger.count + (Int(project.query("select count(*) from t", in: "w.db")) ?? 0)
      }
      #expect(try project.run("apply").exit == 1)
      let once = try times()
      // The same run: what is done is done.
      try project.folder.write("well", "")
      let same = try project.run("apply")
      #expect(same.exit == 0 && !same.stderr.contains(" a: started"), "\(same)")
      #expect(try times() == once)
      // A new run.
      let new = try project.run("apply")
      #expect(new.exit == 0 && new.stderr.contains(" a: started") == kind.again, "\(new)")
      #expect(try times() == (kind.again ? once * 2 : once))
      // By request always.
      #expect(try project.run("apply", "--rerun", "a").stderr.contains(" a: started"))
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
