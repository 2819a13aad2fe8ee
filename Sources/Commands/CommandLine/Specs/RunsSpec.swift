extension CommandSpec {
  package static let runs = CommandSpec(
    "runs", group: .run, summary: "list past runs, the latest first, or remove old ones",
    discussion: [
      "With PLAN only the runs of that plan.",
      "--prune removes old runs from the journal, with their output, and makes its file smaller. The latest run of a "
        + "plan, unfinished ones, and those that later runs rest on stay.",
    ],
    positionals: [PositionalSpec("PLAN", optional: true, completion: .plan, help: "a plan's path or id")],
    options: [
      OptionSpec("limit", .required(name: "N", .count(atLeast: 1)), default: "20", help: "list at most N runs"),
      OptionSpec("prune", help: "remove old runs"),
      OptionSpec(
        "keep", .required(name: "N", .count(atLeast: 1)), default: "20, or 1 with --older-than",
        help: "with --prune: leave the newest N runs of each plan"),
      OptionSpec(
        "older-than", .required(name: "DUR", .duration), help: "with --prune: remove only runs that began longer ago"),
      OptionSpec("dry-run", help: "with --prune: say what would be removed"),
      .format("text", "json"),
    ],
    examples: [
      CommandExample("runs", "the last twenty runs"),
      CommandExample("runs plans/load.execplan.yaml --limit 3", "the last three of one plan"),
      CommandExample("runs --prune --older-than 90d --dry-run", "what would be removed"),
    ])
}
