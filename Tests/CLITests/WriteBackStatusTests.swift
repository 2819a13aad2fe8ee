internal import Foundation
internal import TestSupport
internal import Testing

/// What a run says of phases, and of the plan in the list of plans.
struct WriteBackStatusTests {
  private static let head = "---\nexecplan: 1\nid: phased\n---\n\n# Phased\n\n## Progress\n\n"
  private static let list =
    "# Plans\n\n## Active ExecPlan Index\n\n- 2026-01-01 - [Phased](plan.md) - status: planned - owner: ana\n"

  private func with(_ text: String, _ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plan.md", Self.head + text)
      try folder.write("PLANS.md", Self.list)
      try body(folder)
    }
  }

  private func apply(_ folder: TemporaryFolder, _ more: String...) throws -> Execplan.Result {
    try Execplan.run(["apply", "plan.md", "--write-back", "--no-input"] + more, in: folder)
  }

  /// `x` or a blank for each item of Progress.
  private func boxes(_ folder: TemporaryFolder) -> String {
    (folder.read("plan.md") ?? "").matches(of: /- \[(.)\]/).map { String($0.output.1) }.joined()
  }

  private func status(_ folder: TemporaryFolder) -> String? {
    folder.read("PLANS.md")?.firstMatch(of: /status: ([a-z_]+)/).map { String($0.output.1) }
  }

  private static let phased = """
    - [ ] `one`: the first phase
    - [ ] `b`: a step of the second
    - [ ] `two`: the second phase

    ## Concrete Steps

    ### Phase `one`: First

    Gate: `{exists: proof}`

    1. `a`: make it. Creates: `out/a`.

           mkdir -p out && touch out/a

    ### Phase `two`: Second

    1. `b`: go on. Creates: `out/b`.

           test -e go && touch out/b

    2. `never`: not here. When: `params.all`.

           touch out/never

    """

  @Test func aPhaseIsTickedWithItsLastStepAndItsGate() throws {
    let text = Self.phased
    try with(text) { folder in
      let plan = try #require(folder.read("plan.md"))
      let parameters = "id: phased\nparams:\n  all: {type: bool, default: false}\n"
      try folder.write("plan.md", plan.replacingOccurrences(of: "id: phased\n", with: parameters))
      let gate = try apply(folder)
      #expect(gate.exit == 7, "\(gate)")
      #expect(boxes(folder) == "   ", "the gate does not hold yet")
      try folder.write("proof", "")
      let failed = try apply(folder)
      #expect(failed.exit == 1, "\(failed)")
      #expect(boxes(folder) == "x  " && status(folder) == "in_progress")
      try folder.write("go", "")
      let done = try apply(folder)
      #expect(done.exit == 0, "\(done)")
      #expect(boxes(folder) == "xxx" && status(folder) == "done", "a step that is not wanted holds no phase up")
      let written = try #require(folder.read("plan.md"))
      #expect(written.contains(/- \[x\] \(20..-..-.. ..:..Z\) `one`: the first phase\n/), "\(written)")
      #expect(written.contains(/- \[x\] \(20..-..-.. ..:..Z\) `two`: the second phase\n/), "\(written)")

      // What was a part of the phase and is wanted now is not done.
      _ = try apply(folder, "-p", "all=true", "--only", "a")
      #expect(boxes(folder) == "xx ", "\(folder.read("plan.md") ?? "")")
      let all = try apply(folder, "-p", "all=true")
      #expect(all.exit == 0 && boxes(folder) == "xxx", "\(all)")
    }
  }

  @Test func aPlanThatWaitsForAPersonIsBlocked() throws {
    let text = """
      - [ ] `look`: somebody looked
      - [ ] `b`: went on

      ## Concrete Steps

      ### Step `look`: Look

      Manual: `Look at it.`

      ### Step `b`: Go on

          touch b

      """
    try with(text) { folder in
      let waiting = try apply(folder)
      #expect(waiting.exit == 4, "\(waiting)")
      #expect(status(folder) == "blocked" && boxes(folder) == "  ")
      #expect(try Execplan.run(["checkpoint", "plan.md", "look", "--by", "ana"], in: folder).exit == 0)
      let done = try apply(folder)
      #expect(done.exit == 0, "\(done)")
      #expect(status(folder) == "done" && boxes(folder) == "xx")
    }
  }

  @Test func aPlanWithAStepInDoubtIsBlockedUntilAPersonDecides() throws {
    let text = """
      - [ ] `a`: the first
      - [ ] `b`: the second

      ## Concrete Steps

      1. `a`: the first.

             touch a

      2. `b`: the second.

             echo $$ > started; while :; do sleep 0.02; done

      """
    try with(text) { folder in
      let program = try Execplan.start(["apply", "plan.md", "--write-back"], in: folder)
      while folder.read("started")?.hasSuffix("\n") != true, program.isRunning { usleep(5_000) }
      program.send(signal: SIGKILL)
      _ = program.wait()
      let pid = try #require(folder.read("started").flatMap { Int32($0.dropLast()) })
      let group = getpgid(pid)
      kill(-group, SIGKILL)
      try waitUntil { !RunProject.isAlive(group: group) }
      let refused = try apply(folder)
      #expect(refused.exit == 5 && refused.stderr.contains("resolve"), "\(refused)")
      #expect(status(folder) == "blocked" && boxes(folder) == "x ", "\(folder.read("plan.md") ?? "")")
      #expect(try Execplan.run(["resolve", "plan.md", "b", "--as", "done"], in: folder).exit == 0)
      let done = try apply(folder)
      #expect(done.exit == 0, "\(done)")
      #expect(status(folder) == "done" && boxes(folder) == "xx", "\(folder.read("plan.md") ?? "")")
    }
  }

  @Test func withoutARunTheListStaysAsItIs() throws {
    try with(Self.phased.replacingOccurrences(of: " When: `params.all`.", with: "")) { folder in
      let refused = try apply(folder, "--resume")
      #expect(refused.exit == 5, "\(refused)")
      #expect(!refused.stderr.contains("warning: nothing was written back"), "\(refused)")
      #expect(status(folder) == "planned" && boxes(folder) == "   ")
    }
  }
}
