internal import TestSupport
internal import Testing

/// What `validate` says of markdown plans, through the program.
struct StandardTests {
  private static let plan = """
    # Load

    This ExecPlan is a living document.

    ## Progress Tracking

    - [ ] Load it.

    ## Surprises & Discoveries

    None yet.

    ## Decision Log

    None yet.

    ## Outcomes & Retrospective

    None yet.

    """

  @Test func theStandardIsChosenOnTheCommandLineAndInTheConfiguration() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plans/load.md", Self.plan)
      let lenient = try Execplan.run(["validate", "plans/load.md"], in: folder)
      #expect(lenient.exit == 0)
      #expect(lenient.stdout.contains("0 errors") || lenient.stdout.contains("7 warnings"))
      for options in [["--standard", "codex"], ["--profile", "codex"], ["--strict"]] {
        #expect(try Execplan.run(["validate", "plans/load.md"] + options, in: folder).exit == 1)
      }
      let codex = try Execplan.run(["validate", "plans/load.md", "--standard", "codex"], in: folder)
      #expect(codex.stdout.contains("EP603") && codex.stdout.contains("error: the section \"Artifacts and Notes\""))
      try folder.write("execplan.config.yaml", "standard: codex\nrequire: [Security Review]\n")
      let configured = try Execplan.run(["validate", "plans/load.md"], in: folder)
      #expect(configured.exit == 1 && configured.stdout.contains("EP603") && configured.stdout.contains("EP616"))
      #expect(try Execplan.run(["validate", "plans/load.md", "--standard", "lenient"], in: folder).exit == 0)
      #expect(try Execplan.run(["validate", "plans/load.md", "--standard", "none"], in: folder).exit == 64)
    }
  }

  @Test func theRepositoryDecidesWhichSectionsAreRequired() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plans/load.md", Self.plan)
      try folder.write(
        ".agent/PLANS.md",
        "# PLANS\n\n## Required Sections\n\n- Progress\n- Decision Log\n- Outcomes\n- Security Review\n")
      let result = try Execplan.run(["validate", "plans/load.md"], in: folder)
      #expect(result.stdout.contains("the section \"Security Review\" is missing"))
      #expect(result.stdout.contains("\".agent/PLANS.md\" requires it, line 8"))
      #expect(!result.stdout.contains("Plan of Work"))
    }
  }

  @Test func skeletonsAreInsertedAndThenFilledIn() throws {
    try withTemporaryFolder { folder in
      try folder.write(".git/HEAD", "")
      try folder.write("plans/load.md", Self.plan)
      let fixed = try Execplan.run(["validate", "plans/load.md", "--fix"], in: folder)
      #expect(fixed.exit == 0 && fixed.stdout.contains("EP610") && !fixed.stdout.contains("EP601"))
      let suppressed = "<!-- execplan:ignore EP610 written next week -->\n" + (folder.read("plans/load.md") ?? "")
      try folder.write("plans/load.md", suppressed)
      #expect(try Execplan.run(["validate", "plans/load.md", "--strict"], in: folder).stdout.contains("no problems"))
    }
  }
}
