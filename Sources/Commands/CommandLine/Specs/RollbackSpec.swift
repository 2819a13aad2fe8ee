extension CommandSpec {
  package static let rollback = CommandSpec(
    "rollback", group: .decide, summary: "take back what the latest run of a plan did",
    discussion: [
      "Takes back the steps that the run executed, the one that ended last first. A step says with \"undo\" how; "
        + "\"file\", \"edit\" and \"fetch\" need not: what was there before is put back. The plan counts as it was when "
        + "it ran, not as its file is now.",
      "Each undo is recorded before the next begins. After a failure, a kill or a power cut the same command goes on; "
        + "apply refuses until then. --to STEP keeps that step and what ended before it, and apply goes on from there.",
      "It refuses (exit 5) and names the steps if one can't be taken back (--past-irreversible passes them over), if it "
        + "is in doubt what a step did, and if somebody changed since what would be put back (--dry-run shows the "
        + "difference, --overwrite replaces it).",
      "On a terminal it shows what it will do and asks; --yes answers.",
    ],
    positionals: [.optionalPlan],
    options: [
      OptionSpec(
        "to", .required(name: "STEP", .text), help: "only what ended after this step; the step itself stays"),
      .runID,
      OptionSpec("dry-run", short: "n", help: "show what would be taken back, and what stands against it"),
      OptionSpec("yes", short: "y", help: "do not ask"),
      OptionSpec("past-irreversible", help: "pass over steps that nothing can take back"),
      OptionSpec("overwrite", help: "put back what was there even if somebody changed it since"),
      .orphans,
      OptionSpec(
        "lock-timeout", .required(name: "DUR", .duration), default: "0s",
        help: "wait this long for an apply of the plan to end"),
      OptionSpec(
        "drain", .required(name: "DUR", .duration), default: "10s",
        help: "after Ctrl-C let a running undo go on this long"),
      OptionSpec(
        "grace", .required(name: "DUR", .duration), default: "10s",
        help: "kill an undo that is still there this long after SIGTERM"),
      OptionSpec(
        "events", .required(name: "FILE|-", .file), help: "append events to FILE, one JSON object a line"),
      .format("text", "json", help: "json: print the status object at the end, with --dry-run the undos"),
    ],
    exclusive: [["yes", "dry-run"], ["events", "dry-run"], ["orphans", "dry-run"]],
    examples: [
      CommandExample("rollback plans/rollout.execplan.yaml --dry-run", "what would be taken back"),
      CommandExample("rollback plans/rollout.execplan.yaml", "takes the latest run back, or goes on with that"),
      CommandExample("rollback plans/rollout.execplan.yaml --to place", "what ended after the step place"),
      CommandExample(
        "rollback --yes --past-irreversible", "the one unfinished run, with what can't be taken back left"),
    ])
}
