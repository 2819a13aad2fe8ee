internal import Foundation
internal import TestSupport
internal import Testing

/// The hooks with the real `pre-commit`, which `.ci/tools` installs.
struct PreCommitTests {
  private static let root = CorpusTests.folder.deletingLastPathComponent().deletingLastPathComponent()

  private static func program() -> String? { PythonTool.path("pre-commit") }

  @Test func theManifestIsValid() throws {
    guard let program = Self.program() else { return }
    try withTemporaryFolder { folder in
      let manifest = Self.root.appendingPathComponent(".pre-commit-hooks.yaml").path
      let result = try Execplan.runOther(program, ["validate-manifest", manifest], in: folder)
      #expect(result.exit == 0, "\(result.stdout)\(result.stderr)")
    }
  }

  @Test func aBadPlanBlocksTheCommitAndTheMessageIsTheFinding() throws {
    guard let program = Self.program() else { return }
    try withTemporaryFolder { folder in
      let tools = URL(fileURLWithPath: program).deletingLastPathComponent().path
      let built = URL(fileURLWithPath: Execplan.binary).deletingLastPathComponent().path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let env = [
        "PATH": "\(built):\(tools):\(path)", "PRE_COMMIT_HOME": folder.path("cache"), "HOME": folder.path,
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
      ]
      func sh(_ script: String) throws -> Execplan.Result {
        try Execplan.runOther("/bin/sh", ["-c", "cd repo && " + script], in: folder, env: env)
      }
      let manifest = try String(contentsOf: Self.root.appendingPathComponent(".pre-commit-hooks.yaml"), encoding: .utf8)
      // The repository of the hooks holds nothing but their definition: the installed program is called.
      try folder.write("hooks/.pre-commit-hooks.yaml", manifest)
      try folder.write("repo/x", "")
      let made = try Execplan.runOther(
        "/bin/sh", ["-c", "cd hooks && git init -q && git add -A && git commit -qm hooks && git rev-parse HEAD"],
        in: folder, env: env)
      let revision = made.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
      try folder.write(
        "repo/.pre-commit-config.yaml",
        "repos:\n  - repo: \(folder.path("hooks"))\n    rev: \(revision)\n    hooks:\n      - id: execplan-validate-system\n"
      )
      let plan = "execplan: 1\ntitle: T\nsteps:\n  - id: a\n    run: make\n    timeout: "
      try folder.write("repo/plans/a.execplan.yaml", plan + "90\n")
      let set = try sh("git init -q && pre-commit install && git add -A")
      #expect(set.exit == 0, "\(set.stdout)\(set.stderr)")
      let refused = try sh("git commit -qm plan")
      let said = refused.stdout + refused.stderr
      #expect(refused.exit == 1, "\(said)")
      #expect(said.contains("plans/a.execplan.yaml:6:14: error: \"timeout\": the duration \"90\" has no unit"))
      #expect(try sh("git rev-parse -q --verify HEAD").exit != 0)
      try folder.write("repo/plans/a.execplan.yaml", plan + "90s\n")
      let taken = try sh("git add -A && git commit -qm plan")
      #expect(taken.exit == 0, "\(taken.stdout)\(taken.stderr)")
    }
  }
}
