internal import Executor
internal import Foundation
internal import PlanModel
internal import TestSupport
internal import Testing

/// How programs are started: environment, folder, shell, output.
struct ProgramTests {
  @Test func stepsGetTheirIdentity() throws {
    try TestProject.with(
      """
      steps:
        - id: one.two
          run: env | grep -E '^(EXECPLAN_|TRACEPARENT)' | sort > got; test $EXECPLAN_ATTEMPT = 2
          retry: {times: 1, delay: 1ms}
      """
    ) { project in
      project.environment = ["TRACEPARENT": "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"]
      let applied = try project.apply()
      #expect(applied.exit == .success)
      let pairs = project.lines("got").compactMap { line -> (String, String)? in
        let parts = line.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }
      let got = Dictionary(pairs, uniquingKeysWith: { a, _ in a })
      #expect(got["EXECPLAN_RUN_ID"] == "1")
      #expect(got["EXECPLAN_STEP_ID"] == "one.two")
      #expect(got["EXECPLAN_ATTEMPT"] == "2")
      #expect(got["EXECPLAN_RESUMED"] == "0")
      #expect(got["EXECPLAN_IDEMPOTENCY_KEY"]?.count == 64)
      #expect(got["EXECPLAN_OUTPUT"]?.hasPrefix(project.folder.path) == true)
      #expect(got["EXECPLAN_STATE"]?.hasPrefix(project.folder.path) == true)
      #expect(got["TRACEPARENT"]?.hasPrefix("00-0123456789abcdef0123456789abcdef-") == true)
    }
  }

  @Test func theKeyStaysOverAttemptsAndResumesAndChangesWithTheRun() throws {
    try TestProject.with(
      "steps:\n  - {id: a, run: \"echo $EXECPLAN_IDEMPOTENCY_KEY $EXECPLAN_RESUMED >> keys; test -e ok\", retry: {times: 1, delay: 1ms}}\n"
    ) { project in
      _ = try project.apply()
      try project.write("ok")
      _ = try project.apply()
      _ = try project.apply()
      let lines = project.lines("keys").map { $0.split(separator: " ").map(String.init) }
      #expect(lines.map { $0[1] } == ["0", "0", "1", "0"])
      #expect(Set(lines.prefix(3).map { $0[0] }).count == 1)
      #expect(lines[3][0] != lines[0][0])
    }
  }

  @Test func theEnvironmentOfTheStepCoversThatOfThePlan() throws {
    try TestProject.with(
      """
      env: {A: plan, B: plan}
      steps:
        - {id: a, cwd: sub, env: {B: step}, run: "printf '%s' \\"$A $B $C $PWD\\" > ../got"}
      """
    ) { project in
      try project.write("sub/keep")
      project.environment = ["C": "outer", "A": "outer"]
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.read("got") == "plan step outer \(project.folder.path)/sub")
    }
  }

  @Test func standardInputIsEmptyAndThereIsNoTerminal() throws {
    try TestProject.with("steps:\n  - {id: a, run: \"cat; ! (: < /dev/tty) 2> no-terminal\"}\n") { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
    }
  }

  /// What bash says of a text and what execplan does with it must be one thing.
  @Test(arguments: [
    "printf '%s|' a 'b c' \"d e\" f=g", "echo -n x", "env -i A=1 env", "pwd", "/bin/echo a  b", "test a = b", "false",
    "no-such-program-of-this-name", "echo a # b", "echo ~", "echo a{1,2}", "echo $((1+2))", "cd sub", "./script",
    "sub/script", "ls sub/*", "echo 'it''s'", "true && echo yes", "A=1 printenv A", "exit 3", "echo a; exit 4",
    "printf %s \"$PWD\"", "type echo", "ulimit -n 100",
  ])
  func directStartsAndTheShellAgree(_ text: String) throws {
    let quoted = text.replacingOccurrences(of: "'", with: "''")
    try TestProject.with(
      """
      steps:
        - {id: direct, run: '\(quoted)', allow_failure: true}
        - {id: shell, needs: [direct], shell: "bash -euo pipefail -c", run: '\(quoted)', allow_failure: true}
      """
    ) { project in
      for name in ["script", "sub/script"] {
        try project.write(name, "echo from $0 $PWD\nexit 5\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.folder.path(name))
      }
      let applied = try project.apply()
      let direct = try #require(applied.step("direct"))
      let shell = try #require(applied.step("shell"))
      #expect(direct.exitCode == shell.exitCode)
      let outputs = [direct, shell].map { step in
        step.stdoutPath.flatMap { FileManager.default.contents(atPath: $0) }
      }
      #expect(outputs[0] == outputs[1])
    }
  }

  @Test func longAndMissingOutputIsKept() throws {
    try TestProject.with(
      """
      steps:
        - {id: long, run: head -c 8000000 /dev/zero | tr '\\0' x}
        - {id: none, run: "true"}
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      let sizes = ["long", "none"].map { id -> Int in
        let data = (applied.step(id)?.stdoutPath).flatMap { FileManager.default.contents(atPath: $0) }
        return data?.count ?? -1
      }
      #expect(sizes == [8_000_000, 0])
    }
  }

  @Test func aScriptThatIsTooLongForAnArgumentGoesByFile() throws {
    let comment = String(repeating: "# a comment that makes the script long\n      ", count: 5000)
    try TestProject.with("steps:\n  - id: a\n    run: |\n      \(comment)echo done > got\n") { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("got") == ["done"])
    }
  }

  @Test func anotherInterpreterGetsItsText() throws {
    try TestProject.with(
      """
      steps:
        - id: a
          env: {V: "${{ params.v }}"}
          run: {interpreter: python3, script: "import os\\nopen('got', 'w').write(os.environ['V'])"}
      params: {v: {type: string, default: "$(touch pwned)"}}
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.read("got") == "$(touch pwned)")
    }
  }

  @Test func aStateDirectoryThatCannotBeWrittenIsAClearError() throws {
    try TestProject.with("steps:\n  - {id: a, run: touch ran}\n") { project in
      try project.write(".execplan", "a file")
      do {
        _ = try project.apply()
        Issue.record("it was applied")
      } catch {
        #expect("\(error)".contains(".execplan\" is in the way"))
      }
      #expect(project.read("ran") == nil)
    }
  }
}
