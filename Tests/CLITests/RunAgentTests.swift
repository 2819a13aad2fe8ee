internal import Foundation
internal import TestSupport
internal import Testing

/// `agent` steps through the binary: those that wait, and those with a program.
struct RunAgentTests {
  static let waiting = """
    execplan: 1
    title: Agent
    id: agent
    steps:
      - {id: prep, run: 'echo rows=7 >> "$EXECPLAN_OUTPUT"'}
      - id: data
        title: Make the data
        needs: [prep]
        agent:
          role: data
          prompt: "Make data for ${{ steps.prep.values.rows }} rows."
          context: [docs/stack.md]
          prompt_to: out/prompt.md
          artifacts: ["src/**/*.json", docs/data.md]
          criteria: [the totals agree, {exists: {glob: "src/**/*.json", min_count: 2}}]
          values: {tables: {type: int, description: How many}}
      - {id: tell, needs: [data], run: "echo ${{ steps.data.values.tables }} >> $OUT/ledger"}

    """

  @Test func theRunPausesWithThePromptAndGoesOnAfterTheCheckpoint() throws {
    try withRunProject(Self.waiting) { project in
      let paused = try project.run("apply")
      #expect(paused.exit == 4)
      #expect(
        paused.stdout.contains(
          """
          waiting: data: Make the data
            prompt: .execplan/logs/1/prompts/data.md
            artifacts: src/**/*.json, docs/data.md
            criterion 1: the totals agree
            criterion 2: exists src/**/*.json
            execplan checkpoint p.execplan.yaml data --met all --value tables=INT --continue

          """), "\(paused)")
      let prompt = try #require(project.folder.read(".execplan/logs/1/prompts/data.md"))
      #expect(
        prompt == """
          Make data for 7 rows.

          ## Read first

          - `docs/stack.md`

          ## Required artifacts

          - `src/**/*.json`
          - `docs/data.md`

          ## Acceptance criteria

          1. the totals agree
          2. exists src/**/*.json

          ## Values to give

          - `tables` (int): How many

          ## When the work is done

              execplan checkpoint p.execplan.yaml data --met all --value tables=INT --continue

          """)
      #expect(project.folder.read("out/prompt.md") == prompt)
      let mode = try FileManager.default.attributesOfItem(
        atPath: project.folder.path(".execplan/logs/1/prompts/data.md"))[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o600)

      func checkpoint(_ more: String...) throws -> Execplan.Result {
        try Execplan.run(["checkpoint", "p.execplan.yaml", "data"] + more, in: project.folder)
      }
      let early = try checkpoint("--met", "all", "--value", "tables=3")
      #expect(early.exit == 4 && early.stderr.contains("nothing matches \"src/**/*.json\""), "\(early)")
      try project.folder.write("src/a/one.json", "{}")
      try project.folder.write("docs/data.md", "# Data\n")
      let few = try checkpoint("--met", "all", "--value", "tables=3")
      #expect(few.exit == 1 && few.stderr.contains("2. exists src/**/*.json: the number of matches is 1"), "\(few)")
      try project.folder.write("src/b.json", "{}")
      #expect(try checkpoint("--met", "2", "--value", "tables=3").stderr.contains("1. not confirmed: the totals agree"))
      let lacking = try checkpoint("--met", "all")
      #expect(lacking.exit == 64 && lacking.stderr.contains("--value tables=INT"), "\(lacking)")
      let wrong = try checkpoint("--met", "all", "--value", "tables=many")
      #expect(wrong.exit == 64 && wrong.stderr.contains("\"tables\" must be a whole number"), "\(wrong)")
      #expect(try checkpoint("--met", "all", "--value", "tables=3", "--value", "rows=1").exit == 64)
      #expect(try checkpoint("--met", "3", "--value", "tables=3").stderr.contains("there is no criterion 3"))
      #expect(
        try project.run("status", "agent").stdout.contains("\nprompt of data: .execplan/logs/1/prompts/data.md\n"))
      // Resuming meanwhile changes nothing: the path that was told stays right.
      #expect(try project.run("apply", "--resume").exit == 4)
      #expect(project.folder.read(".execplan/logs/1/prompts/data.md") == prompt)

      let done = try checkpoint(
        "--met", "all", "--value", "tables=3", "--evidence", "docs/data.md", "--by", "the data agent", "--continue")
      #expect(done.exit == 0, "\(done)")
      #expect(project.ledger == ["3"])
      let evidence = try project.query(
        "select payload from events where kind = 'step_finished' and step = 'data' order by seq desc limit 1")
      #expect(evidence.contains("\"by\":\"the data agent\"") && evidence.contains("\"user\":\""), "\(evidence)")
      #expect(evidence.contains("{\"path\":\"docs/data.md\",\"sha256\":\"") && evidence.contains("\"bytes\":7}"))
    }
  }

  @Test func aNewRunWaitsAgainOnlyWhenPromptOrArtifactsHaveChanged() throws {
    let plan = """
      execplan: 1
      title: Again
      id: again
      steps:
        - id: data
          agent: {prompt_file: prompts/data.md, artifacts: [data.md]}

      """
    try withRunProject(plan) { project in
      try project.folder.write("prompts/data.md", "Make ${{ plan.title }}.\n")
      #expect(try project.run("apply").exit == 4)
      #expect(project.folder.read(".execplan/logs/1/prompts/data.md")?.hasPrefix("Make Again.\n") == true)
      try project.folder.write("data.md", "1")
      #expect(try project.run("checkpoint", "data", "--continue").exit == 0)
      let same = try project.run("apply")
      #expect(same.exit == 0 && same.stdout.contains("1 skipped"), "\(same)")
      try project.folder.write("prompts/data.md", "Make ${{ plan.title }} better.\n")
      let changed = try project.run("apply")
      #expect(changed.exit == 4, "\(changed)")
      try project.folder.write("data.md", "2")
      #expect(try project.run("checkpoint", "data", "--continue").exit == 0)
      try project.folder.write("data.md", "3")
      #expect(try project.run("plan").stdout.contains("waits for an agent: output altered"))
      #expect(try project.run("apply").exit == 4)
    }
  }

  static func program(_ fields: String, _ more: String = "") -> String {
    """
    execplan: 1
    title: Program
    id: program
    steps:
      - {id: prep, run: 'echo rows=7 >> "$EXECPLAN_OUTPUT"'}
      - id: data
        needs: [prep]
        \(more)
        agent:
          prompt: "Make data for ${{ steps.prep.values.rows }} rows."
          \(fields)
      - {id: tell, needs: [data], run: "echo ${{ steps.data.values.tables }} >> $OUT/ledger"}

    """
  }

  @Test func theProgramGetsThePromptAndItsWorkIsVerified() throws {
    let plan = Self.program(
      """
      command: [sh, $OUT/agent.sh, "${{ steps.prep.values.rows }}"]
            artifacts: [data.md]
            criteria: {run: grep -q 7 data.md}
            values: {tables: int}
      """)
    try withRunProject(plan) { project in
      try project.outside.write(
        "agent.sh", "cat > \"${0%/*}/got\"; echo \"$1\" > data.md; echo tables=3 >> \"$EXECPLAN_OUTPUT\"; echo did it\n"
      )
      let done = try project.run("apply")
      #expect(done.exit == 0, "\(done)")
      #expect(project.ledger == ["3"])
      let got = try #require(project.outside.read("got"))
      #expect(got.hasPrefix("Make data for 7 rows.\n\n## Required artifacts\n\n- `data.md`\n"))
      #expect(got.contains("Append a line `NAME=value` for each to the file `$EXECPLAN_OUTPUT`."))
      #expect(!got.contains("checkpoint"))
      #expect(try project.run("logs", "data").stdout == "did it\n")
      // What it was to make is there and nothing has changed, so it is not asked again.
      let again = try project.run("apply")
      #expect(again.exit == 0 && again.stdout.contains("up to date since run 1") || again.stderr.contains("up to date"))
      try project.folder.write("data.md", "by hand 7")
      #expect(try project.run("apply").exit == 0)
      #expect(project.folder.read("data.md") == "7\n")
    }
  }

  @Test(arguments: [
    ("artifacts: [data.md]", "artifact missing: nothing matches \"data.md\""),
    ("criteria: [{exists: data.md}]", "criterion 1. exists data.md: nothing matches \"data.md\""),
    ("values: {tables: int}", "value missing: it did not write \"tables=…\" to $EXECPLAN_OUTPUT"),
  ]) func whatTheProgramLeftOutMakesItTryAgain(field: String, reason: String) throws {
    let plan = Self.program("command: sh $OUT/agent.sh\n      \(field)", "retry: {times: 1, delay: 1ms}")
    try withRunProject(plan) { project in
      try project.outside.write(
        "agent.sh",
        """
        cat > /dev/null
        here="${0%/*}"
        if mkdir "$here/tried" 2> /dev/null; then exit 0; fi
        echo x > data.md; echo tables=3 >> "$EXECPLAN_OUTPUT"

        """)
      let done = try project.run("apply")
      #expect(done.exit == 0, "\(done)")
      #expect(project.ledger == ["3"])
      #expect(
        try project.query("select state, reason from attempts where step = 'data' order by id")
          .hasPrefix("failed|\(reason)\nsucceeded|"))
    }
  }

  @Test func aProgramThatTakesTooLongIsEndedAndARefusedPromptIsSaid() throws {
    let slow = Self.program("command: [sh, -c, \"cat; sleep 600\"]", "timeout: 300ms")
    try withRunProject(slow) { project in
      let late = try project.run("apply")
      #expect(late.exit == 1 && late.stdout.contains("it ran longer than its timeout"), "\(late)")
      #expect(try project.run("logs", "data").stdout == "Make data for 7 rows.\n")
    }
    let made = Self.program("command: [cat]", "outputs: []").replacingOccurrences(
      of: "prompt: \"Make data for ${{ steps.prep.values.rows }} rows.\"", with: "prompt_file: made.md"
    ).replacingOccurrences(of: "EXECPLAN_OUTPUT\"'}", with: "EXECPLAN_OUTPUT\"', outputs: [made.md]}")
    // What a step makes is read when it is there, with the values of the steps before.
    try withRunProject(made) { project in
      #expect(try project.run("apply").stdout.contains("output missing: nothing matches \"made.md\""))
      try project.folder.write("made.md", "Rows: ${{ steps.prep.values.rows }}\n")
      #expect(try project.run("apply", "--resume").exit == 1)
      #expect(try project.run("logs", "data").stdout == "Rows: 7\n")
      try FileManager.default.removeItem(atPath: project.folder.path("made.md"))
      let gone = try project.run("apply", "--resume", "--rerun", "data")
      #expect(gone.stdout.contains("\"made.md\": the prompt is not there"), "\(gone)")
    }
  }

  /// Nobody knows what an agent did when execplan was killed while it worked; so a person is asked.
  @Test func aKillInTheMiddleIsAskedAboutAndTheAnswerGoesOn() throws {
    let plan = Self.program("command: sh $OUT/agent.sh\n      artifacts: [data.md]")
    try withRunProject(plan) { project in
      try project.outside.write(
        "agent.sh", "cat > got; sh \"${0%/*}/block.sh\"; echo x > data.md; echo tables=3 >> \"$EXECPLAN_OUTPUT\"\n")
      try #require(try project.killDuringApply("-q"))
      let asked = try project.run("apply", "--resume")
      #expect(asked.exit == 5 && asked.stderr.contains("execplan resolve p.execplan.yaml data --as rerun"), "\(asked)")
      #expect(try project.run("resolve", "data", "--as", "rerun").exit == 0)
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(project.ledger == ["3"])
      #expect(try project.query("select count(*) from attempts where step = 'prep'") == "1")
    }
  }

  /// With a secret in the plan the program runs under a keeper, which must hand it the prompt, too.
  @Test func aProgramUnderAKeeperGetsThePromptAndNoSecretIsWritten() throws {
    let plan = """
      execplan: 1
      title: Kept
      id: kept
      secrets: {KEY: {env: KEY}}
      steps:
        - id: data
          secrets: [KEY]
          agent:
            prompt: Use the key.
            command: 'cat > got; echo "key $KEY"'

      """
    try withRunProject(plan) { project in
      let done = try project.run("apply", env: ["KEY": "sesame-opens"])
      #expect(done.exit == 0, "\(done)")
      #expect(project.folder.read("got") == "Use the key.\n")
      #expect(try project.run("logs", "data", env: ["KEY": "sesame-opens"]).stdout == "key ***\n")
      try project.write(plan.replacingOccurrences(of: "prompt: Use the key.", with: "prompt_file: key.md"))
      try project.folder.write("key.md", "It is sesame-opens.\n")
      let refused = try project.run("apply", env: ["KEY": "sesame-opens"])
      #expect(
        refused.exit == 1 && refused.stdout.contains("the prompt holds the value of the secret \"KEY\""), "\(refused)")
      let found = try Execplan.runOther("/bin/sh", ["-c", "grep -r sesame-opens .execplan"], in: project.folder)
      #expect(found.stdout.isEmpty, "\(found)")
    }
  }
}
