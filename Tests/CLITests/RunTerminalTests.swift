internal import Foundation
internal import TestSupport
internal import Testing

/// Signals at odd moments, terminals and readers that go away.
struct RunTerminalTests {
  private static func steps(_ text: String) -> String { "execplan: 1\ntitle: T\nid: t\nsteps:\n\(text)\n" }

  private static let two = steps(
    """
      - {id: a, run: "echo a >> $OUT/ledger; sh $OUT/block.sh"}
      - {id: b, needs: [a], run: "echo b >> $OUT/ledger"}
    """)

  /// Opens a terminal, starts a program in it, closes the terminal when a file is there, and lets the step go on.
  private static let closing = """
    import os, pty, select, sys, time
    blocked, go, program = sys.argv[1], sys.argv[2], sys.argv[3:]
    pid, master = pty.fork()
    if pid == 0:
        os.execv(program[0], program)
    while not os.path.exists(blocked):
        if select.select([master], [], [], 0.01)[0]:
            os.read(master, 65536)
    os.close(master)
    time.sleep(0.2)
    open(go, "w").close()
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    """

  @Test func aTerminalThatIsClosedIsAFirstSignal() throws {
    try withRunProject(Self.two) { project in
      try project.outside.write("closing.py", Self.closing)
      let result = try Execplan.runOther(
        "/usr/bin/env",
        [
          "python3", project.outside.path("closing.py"), project.outside.path("blocked"), project.outside.path("go"),
          Execplan.binary, "apply",
        ], in: project.folder)
      #expect(result.stdout == "129\n", "\(result)")
      #expect(
        try project.query("select step, state from attempts; select state from runs") == "a|succeeded\ninterrupted")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger == ["a", "b"])
    }
  }

  @Test(arguments: ["", " --events -", " -q"])
  func aReaderThatGoesAwayStopsNothing(_ option: String) throws {
    try withRunProject(Self.two) { project in
      try project.outside.write("first/x", "")
      let script = "{ '\(Execplan.binary)' apply\(option) 2>&1; echo $? > code; } | head -c 1 > /dev/null"
      _ = try Execplan.runOther("/bin/sh", ["-c", script], in: project.folder)
      #expect(project.ledger == ["a", "b"])
      #expect(try project.query("select state from runs; pragma integrity_check") == "succeeded\nok")
    }
  }

  /// The numbers of closed descriptors are not given to the journal, the locks or the logs.
  @Test func closedDescriptorsLeadNoMessageIntoAFile() throws {
    try withRunProject(Self.two) { project in
      try project.outside.write("first/x", "")
      let script = "'\(Execplan.binary)' apply <&- >&- 2>&-"
      let result = try Execplan.runOther("/bin/sh", ["-c", script], in: project.folder)
      #expect([0, 74].contains(result.exit))
      #expect(project.ledger == ["a", "b"])
      #expect(try project.query("select state from runs; pragma integrity_check") == "succeeded\nok")
      for name in try FileManager.default.subpathsOfDirectory(atPath: project.folder.path(".execplan")) {
        let data = FileManager.default.contents(atPath: project.folder.path(".execplan/" + name)) ?? Data()
        #expect(data.range(of: Data("succeeded in".utf8)) == nil, "\(name)")
      }
    }
  }

  @Test func aSignalEndsTheWaitForARetry() throws {
    let plan = Self.steps(
      "  - {id: a, run: \"echo a >> $OUT/ledger; test -e fixed\", idempotent: true, "
        + "retry: {times: 3, delay: 1h, max_delay: 1h}}")
    try withRunProject(plan) { project in
      let program = try project.start("apply")
      while program.isRunning, !program.stderrSoFar.contains("attempt 2 of 4") { usleep(5_000) }
      program.send(signal: SIGTERM)
      let result = program.wait()
      #expect(result.exit == 143, "\(result)")
      #expect(result.stdout.contains("execplan apply") || result.stderr.contains("execplan apply"), "\(result)")
      let left = try project.query("select state, retry_at > 0 from attempts; select state from runs")
      #expect(left == "failed|1\ninterrupted")
      try project.folder.write("fixed", "")
      #expect(try project.run("apply", "--resume", "--reset-retries").exit == 0)
      #expect(project.ledger == ["a", "a"])
    }
  }

  @Test(arguments: [false, true])
  func aSignalDuringFinallyLetsItEndAndASecondOneDoesNot(_ isTwice: Bool) throws {
    let plan =
      Self.steps("  - {id: a, run: \"echo a >> $OUT/ledger\"}") + """
        finally:
          - {id: z, run: "echo z >> $OUT/ledger; sh $OUT/block.sh; echo end >> $OUT/ledger"}

        """
    try withRunProject(plan) { project in
      let program = try project.start("apply")
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGINT)
      usleep(50_000)
      #expect(program.isRunning)
      if isTwice { program.send(signal: SIGINT) } else { try project.release() }
      #expect(program.wait().exit == 130)
      #expect(!RunProject.isAlive(group: group))
      #expect(project.ledger == ["a", "z"] + (isTwice ? [] : ["end"]))
      #expect(try project.query("select state from runs") == "interrupted")
      try project.release()
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger.filter { $0 == "a" } == ["a"])
    }
  }
}
