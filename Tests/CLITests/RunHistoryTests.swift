internal import Foundation
internal import TestSupport
internal import Testing

/// What is told of earlier runs: which there were, and how long their steps took.
struct RunHistoryTests {
  private static let plan = """
    execplan: 1
    title: History
    id: history
    steps:
      - {id: fetch, run: "echo fetch >> $OUT/ledger"}
      - {id: load, needs: [fetch], run: "test ! -e $OUT/broken && echo load >> $OUT/ledger"}

    """

  @Test func runsAreFoundByPlanStateAndNumber() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try project.outside.write("broken", "")
      #expect(try project.run("apply", "-q").exit == 1)
      #expect(try project.run("apply", "-q", "--fresh").exit == 1)
      func ids(_ arguments: String...) throws -> [Int] {
        let result = try Execplan.run(["runs", "--format", "json"] + arguments, in: project.folder)
        let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
        return (object?["runs"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
      }
      #expect(try ids() == [3, 2, 1])
      #expect(try ids("history") == [3, 2, 1])
      #expect(try ids("--state", "succeeded") == [1])
      #expect(try ids("--state", "succeeded", "--state", "failed") == [3, 1])
      #expect(try ids("--state", "abandoned", "--limit", "1") == [2])
      #expect(try ids("--state", "waiting").isEmpty)
      #expect(try project.run("runs", "--state", "nonsense").exit == 64)
      #expect(try project.run("status", "history", "--run", "1").stdout.contains("run 1 succeeded"))
      // A run that was killed is recorded as running.
      _ = try project.query("update runs set state = 'running', finished_at = null where id = 3")
      #expect(try ids("--state", "interrupted") == [3])
      #expect(try ids("--state", "running").isEmpty)
    }
  }

  @Test func stepsTellHowLongTheyTook() throws {
    try withRunProject(Self.plan) { project in
      for _ in 1...5 { #expect(try project.run("apply", "-q").exit == 0) }
      for (run, length) in [(1, 9000), (2, 1000), (3, 2000), (4, 4000), (5, 3000)] {
        _ = try project.query(
          "update attempts set ended_at = started_at + \(length) where run_id = \(run) and step = 'fetch'")
      }
      let text = try project.run("runs", "history", "--steps").stdout
      #expect(text.contains("step   attempts"), "\(text)")
      #expect(
        text.split(separator: "\n").first { $0.hasPrefix("fetch") }?.split(separator: " ").joined(separator: " ")
          == "fetch 5 3.0 s 3.0 s 1.0 s 9.0 s", "\(text)")
      let json = try project.run("runs", "history", "--steps", "--limit", "4", "--format", "json").stdout
      #expect(
        json.contains(
          #"{"id":"fetch","attempts":4,"last_ms":3000,"median_ms":2500,"min_ms":1000,"max_ms":4000,"durations_ms":[1000,2000,4000,3000]}"#
        ),
        "\(json)")
      // Another definition begins anew.
      try project.write(Self.plan.replacingOccurrences(of: "echo fetch", with: "echo fetched"))
      #expect(try project.run("apply", "-q").exit == 0)
      let changed = try project.run("runs", "history", "--steps", "--format", "json").stdout
      #expect(changed.contains(#"{"id":"fetch","attempts":1,"#) && changed.contains(#"{"id":"load","attempts":6,"#))
    }
    try withRunProject(Self.plan) { project in
      let text = try project.run("runs", "p.execplan.yaml", "--steps").stdout
      #expect(text.contains("no step of \"history\" has succeeded"))
    }
  }

  /// Shows what the display of a run on a terminal says until it speaks of the time that is left, or the step is let go.
  private static let watching = """
    import fcntl, os, pty, struct, sys, termios
    wanted, go, program = sys.argv[1], sys.argv[2], sys.argv[3:]
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        os.execv(program[0], program)
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if wanted.encode() in said:
            open(go, "w").close()
    sys.stdout.write(said.decode(errors="replace"))
    print("exit", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    """

  private func watch(_ project: RunProject, until wanted: String) throws -> String {
    try project.outside.write("watching.py", Self.watching)
    let result = try Execplan.runOther(
      "/usr/bin/env",
      [
        "python3", project.outside.path("watching.py"), wanted, project.outside.path("go"), Execplan.binary, "apply",
        "--color", "never",
      ], in: project.folder)
    return result.stdout + result.stderr
  }

  @Test func theDisplayKnowsWhatIsLeftOnceThereWasARun() throws {
    let plan = """
      execplan: 1
      title: Left
      id: left
      steps:
        - {id: hold, run: "while ! test -e $OUT/go; do sleep 0.05; done"}
        - {id: after, needs: [hold], run: "true"}

      """
    try withRunProject(plan) { project in
      let first = try watch(project, until: "1 running")
      #expect(first.hasSuffix("exit 0\n") && !first.contains(" left"), "\(first)")
      _ = try project.query("update attempts set ended_at = started_at + 60000 where step = 'hold'")
      _ = try project.query("update attempts set ended_at = started_at + 3600000 where step = 'after'")
      try FileManager.default.removeItem(atPath: project.outside.path("go"))
      let second = try watch(project, until: " left")
      #expect(second.hasSuffix("exit 0\n") && second.contains(", about 1 h 0"), "\(second)")
    }
  }
}
