internal import Foundation
internal import TestSupport
internal import Testing

/// What `apply` asks on a terminal.
struct ApprovalTerminalTests {
  /// Runs a program on a terminal and types one line after each prompt, once it has run what stands before in `!…`; what
  /// it shows goes to a file, its exit code to standard output.
  private static let typing = """
    import os, pty, select, sys
    screen, lines, program = sys.argv[1], sys.argv[2].split(","), sys.argv[3:]
    pid, master = pty.fork()
    if pid == 0:
        os.execv(program[0], program)
    seen, asked = b"", 0
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
        rest = seen[asked:]
        if lines and (rest.endswith(b"? ") or rest.endswith(b"] ")):
            asked = len(seen)
            while lines[0].startswith("!"):
                os.system(lines.pop(0)[1:])
            os.write(master, (lines.pop(0) + "\\n").encode())
    open(screen, "wb").write(seen)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    """

  /// - Returns: the exit code, and what was shown.
  private func apply(_ project: RunProject, typing lines: String, editor: String = "true", env: [String] = []) throws
    -> (String, String)
  {
    try project.outside.write("typing.py", Self.typing)
    let result = try Execplan.runOther(
      "/usr/bin/env",
      [
        "EDITOR=\(editor)", "VISUAL=", "TERM=dumb",
      ] + env + [
        "python3", project.outside.path("typing.py"),
        project.outside.path("screen"), lines, Execplan.binary, "apply",
      ], in: project.folder)
    let screen = FileManager.default.contents(atPath: project.outside.path("screen")) ?? Data()
    return (result.stdout.trimmingCharacters(in: .whitespacesAndNewlines), String(decoding: screen, as: UTF8.self))
  }

  @Test func everythingIsApproved() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let (exit, screen) = try apply(project, typing: "a")
      #expect(exit == "0", "\(screen)")
      #expect(screen.contains("asked: phase \"extract\"") && screen.contains("Get the rows"), "\(screen)")
      #expect(project.ledger == ["fetch", "fill"])
    }
  }

  @Test func onePhaseIsApprovedAndTheNextIsLeft() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let (exit, screen) = try apply(project, typing: "p,y,n,q")
      #expect(exit == "4", "\(screen)")
      #expect(project.ledger == ["fetch"], "\(screen)")
    }
  }

  @Test func aPersonRejects() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let (exit, screen) = try apply(project, typing: "r,too early")
      #expect(exit == "5", "\(screen)")
      #expect(screen.contains("too early"), "\(screen)")
      #expect(project.ledger.isEmpty)
    }
  }

  @Test func thePlanIsEditedAndLookedAtAgain() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let (exit, screen) = try apply(
        project, typing: "e,a", editor: "sed -i 's/echo fill/echo edited/'")
      #expect(exit == "0", "\(screen)")
      #expect(project.ledger == ["fetch", "edited"], "\(screen)")
    }
  }

  @Test func whatChangesBetweenTheLookAndTheAnswerIsNotApproved() throws {
    let plan = """
      execplan: 1
      title: Script
      id: script
      approval: plan
      steps:
        - {id: a, run: "sh a.sh $OUT/ledger"}

      """
    try withRunProject(plan) { project in
      try project.folder.write("a.sh", "echo one >> $1\n")
      let (exit, screen) = try apply(project, typing: "!echo 'echo two >> $1' > a.sh,a,q")
      #expect(exit == "4", "\(screen)")
      #expect(screen.contains("the plan is not what was shown any more: the file \"a.sh\" changed"), "\(screen)")
      #expect(project.ledger.isEmpty)
      #expect(try project.query("select count(*) from approvals") == "0")
      // Who was told answers about what is there now.
      let (second, shown) = try apply(project, typing: "!echo 'echo three >> $1' > a.sh,a,a")
      #expect(second == "0", "\(shown)")
      #expect(project.ledger == ["three"])
    }
  }

  @Test func aStepOfARunIsNotAsked() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let (exit, screen) = try apply(project, typing: "a", env: ["EXECPLAN_RUN_ID=1"])
      #expect(exit == "4" && !screen.contains("a(pprove"), "\(screen)")
      #expect(project.ledger.isEmpty)
    }
  }

  @Test func nobodyIsAskedWithNoInput() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let result = try project.run("apply", "--no-input")
      #expect(result.exit == 4)
      #expect(!result.stderr.contains("a(pprove"))
    }
  }
}
