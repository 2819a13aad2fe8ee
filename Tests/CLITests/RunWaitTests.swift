internal import Foundation
internal import TestSupport
internal import Testing

/// `wait` steps, through the program.
struct RunWaitTests {
  private func plan(_ condition: String, _ keys: String = "timeout: 1m", interval: String = "10ms") -> String {
    """
    execplan: 1
    title: Waiting
    id: waiting
    steps:
      - id: up
        \(keys)
        wait:
          for: \(condition)
          interval: \(interval)
      - {id: after, needs: [up], run: echo after >> $OUT/ledger}

    """
  }

  @Test func aPortIsWaitedFor() throws {
    try withWebServer { server in
      try withRunProject(plan("{port: \(server.port)}")) { project in
        let result = try project.run("apply")
        #expect(result.exit == 0 && project.ledger == ["after"], "\(result)")
      }
      try withRunProject(plan("{port: \(server.port), host: localhost}")) { project in
        let result = try project.run("apply")
        #expect(result.exit == 0, "\(result)")
      }
    }
  }

  @Test func aTimeOutNamesWhatWasAwaitedAndWhatWasFound() throws {
    try withLocalSocket { _, address in
      let port = UInt16(bigEndian: address.sin_port)
      try expectTimeOut(
        of: "{port: \(port)}",
        "it ran longer than its timeout: waited for port \(port) of 127.0.0.1: connection refused")
    }
    try expectTimeOut(
      of: "[{exists: ready.txt}, {run: \"false\"}]",
      "waited for exists ready.txt: nothing matches \"ready.txt\" (and 1 more)")
  }

  /// Expects that a condition which never holds is told by this text, given the time for a whole look.
  private func expectTimeOut(of condition: String, _ text: String) throws {
    var last = ""
    let isTold = try withGrowingTimes { milliseconds in
      try withRunProject(plan(condition, "timeout: \(milliseconds)ms")) { project in
        let result = try project.run("apply")
        #expect(result.exit == 1 && project.ledger.isEmpty, "\(result)")
        last = result.stderr
        return last.contains(text)
      }
    }
    #expect(isTold, "\(last)")
  }

  /// The time ends while a check that may fail is made; the one that must hold is not looked at then.
  @Test func aCheckThatWasNotLookedAtDoesNotHold() throws {
    let condition = "[{run: exec sleep 600, severity: warn}, {run: \"false\"}]"
    try withRunProject(plan(condition, "timeout: 500ms")) { project in
      let result = try project.run("apply")
      #expect(result.exit == 1 && project.ledger.isEmpty, "\(result)")
      #expect(result.stderr.contains("it ran longer than its timeout"), "\(result)")
    }
  }

  @Test func filesProgramsAndServersAreWaitedFor() throws {
    try withWebServer { server in
      let condition =
        "[{exists: ready.txt}, {file: {path: ready.txt, contains: go}}, test -s ready.txt, {http: \"\(server.url)/flaky/w?n=2\"}]"
      try withRunProject(plan(condition)) { project in
        let program = try project.start("apply")
        try #require(program.waitForStderr("up: started"))
        try project.folder.write("ready.txt", "go")
        let result = program.wait()
        #expect(result.exit == 0 && project.ledger == ["after"], "\(result)")
        #expect(server.requests.count >= 3)
      }
    }
  }

  @Test func aWaitIsMadeInEveryRun() throws {
    try withRunProject(plan("{exists: ready.txt}")) { project in
      try project.folder.write("ready.txt", "")
      #expect(try project.run("apply").exit == 0)
      let again = try project.run("apply")
      #expect(again.stderr.contains("up: started"), "\(again)")
    }
  }

  /// Runs a program in a terminal of a real size until that shows a text, makes a file then, and says what it showed.
  private static let watching = """
    import fcntl, os, pty, select, struct, sys, termios, time
    text, file, program = sys.argv[1].encode(), sys.argv[2], sys.argv[3:]
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 160, 0, 0))
        os.execv(program[0], program)
    seen = b""
    while True:
        try:
            if select.select([master], [], [], 0.05)[0]:
                seen += os.read(master, 65536)
        except OSError:
            break
        if text in seen and not os.path.exists(file):
            open(file, "w").close()
    os.waitpid(pid, 0)
    print("shown" if text in seen else seen)

    """

  @Test func whatIsWaitedForIsShown() throws {
    try withRunProject(plan("{exists: ready.txt}")) { project in
      try project.outside.write("watching.py", Self.watching)
      let result = try Execplan.runOther(
        "/usr/bin/env",
        [
          "python3", project.outside.path("watching.py"), "waits for exists ready.txt: nothing matches",
          project.folder.path("ready.txt"), Execplan.binary, "apply",
        ], in: project.folder, env: ["TERM": "xterm"])
      #expect(result.stdout == "shown\n", "\(result)")
    }
  }

  // MARK: Kills

  @Test func aWaitGoesOnAfterAKill() throws {
    try withRunProject(plan("{exists: ready.txt}")) { project in
      let program = try project.start("apply")
      try #require(program.waitForStderr("up: started"))
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      try project.folder.write("ready.txt", "")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0 && project.ledger == ["after"], "\(resumed)")
      #expect(resumed.stderr.contains("it only waits"), "\(resumed)")
    }
  }

  /// A kill and a signal: what is left of a duration is counted from the first launch on.
  /// How many legs have begun something: the first slot of their marks is taken.
  private func marks(_ project: RunProject) -> Int {
    let folder = project.folder.path(".execplan/marks")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { name in
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      return bytes.dropFirst(72).prefix(8).contains { $0 != 0 }
    }
  }

  @Test func aDurationGoesOnWithWhatIsLeft() throws {
    let plan = """
      execplan: 1
      title: Waiting
      id: waiting
      steps:
        - id: up
          wait: {for: {duration: 1h}}
        - {id: after, needs: [up], run: echo after >> $OUT/ledger}

      """
    try withRunProject(plan) { project in
      var said = ""
      for (marked, signal) in [(1, SIGKILL), (2, SIGINT)] {
        let program = try project.start("apply", "--drain", "0s")
        // What is told to start is only claimed yet; a claim that was never begun is given back.
        try waitUntil { marks(project) == marked || !program.isRunning }
        program.send(signal: signal)
        said += "\(program.wait())\n"
      }
      let states = try project.query("select group_concat(state) from attempts where step = 'up'")
      #expect(states == "cancelled,cancelled", "\(said)")
      // An hour ago; the second attempt began later.
      _ = try project.query("update attempts set claimed_at = claimed_at - 3600000, started_at = null where number = 1")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0 && project.ledger == ["after"], "\(resumed)")
      #expect(
        try project.query("select reason from attempts where step = 'up' and number = 3").contains(
          "that were left have passed"))
    }
  }

  @Test func anInterruptedWaitEndsAtOnce() throws {
    try withRunProject(plan("{exists: ready.txt}", interval: "1h")) { project in
      let program = try project.start("apply", "--drain", "0s")
      try #require(program.waitForStderr("up: started"))
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 130, "\(result)")
    }
  }
}
