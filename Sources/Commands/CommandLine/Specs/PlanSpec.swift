extension CommandSpec {
  package static let plan = CommandSpec(
    "plan", group: .run, summary: "say what apply would do, and why",
    discussion: [
      "For every step: run, skip, wait, blocked, in doubt, unknown or conflict, with the reason. Nothing is run and nothing is "
        + "written. Guards that are programs, such as \"unless\", are run only with --probe; without it their steps "
        + "are \"unknown\".",
      "With a selection: first which steps it takes in and why, what they stand on, and which it leaves out.",
      "With --diff: below the steps what they would change in files, as \"git diff\" writes it. Of long ones the first "
        + "400 lines; values of secrets are masked, those that only a program gives with --probe.",
      "--out FILE saves what is shown, readable for you alone, with an id of its own: \"apply FILE\" does exactly that, once, "
        + "and refuses (exit 5) when the plan, its parameters, its record, or a decision is another by then. FILE holds no "
        + "secret, and of values only digests.",
      "Exit: 0; with --detailed-exitcode 2 if a step is not skipped.",
    ],
    positionals: [.optionalPlan],
    options: [
      .format("text", "json"),
      OptionSpec("detailed-exitcode", help: "exit 2 if there is something to do"),
      OptionSpec("out", .required(name: "FILE", .file), help: "save it in FILE, to be applied by \"apply FILE\""),
      OptionSpec("overwrite", help: "with --out: replace FILE even if it is no saved plan"),
      OptionSpec("diff", help: "show what \"file\" and \"edit\" steps would change, line by line"),
      OptionSpec("probe", help: "run the plan's guards and probes, too; they are programs that the plan names"),
      .onConflict,
    ] + OptionSpec.parameters + OptionSpec.selection,
    exclusive: [["rerun-changed", "keep-changed"]] + OptionSpec.exclusiveSelection,
    examples: [
      CommandExample("plan plans/load.execplan.yaml", "every step with its decision"),
      CommandExample("plan plans/load.execplan.yaml --param date=2026-11-01 --until extract", "a part of the plan"),
      CommandExample("plan plans/load.execplan.yaml --detailed-exitcode -q", "for scripts: 0 nothing to do, 2 changes"),
      CommandExample("plan plans/load.execplan.yaml --out load.saved", "save it, for execplan apply load.saved"),
      CommandExample("plan plans/load.execplan.yaml --diff", "what would change in files"),
      CommandExample("plan plans/load.execplan.yaml --format json", "the change set for a program"),
    ])
}
