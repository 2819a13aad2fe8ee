internal import PlanModel

extension CommandSpec {
  package static let runs = CommandSpec(
    "runs", group: .run, summary: "list past runs, the latest first, or remove old ones",
    discussion: [
      "With PLAN only the runs of that plan.",
      "--steps tells instead how long each step of the plan took, over the newest attempts that succeeded with the "
        + "definition of the last one.",
      "--prune removes old runs from the journal, with their output, and makes its file smaller. The latest run of a "
        + "plan, unfinished ones, and those that later runs rest on stay.",
    ],
    positionals: [PositionalSpec("PLAN", optional: true, completion: .plan, help: "a plan's path or id")],
    options: [
      OptionSpec(
        "limit", .required(name: "N", .count(atLeast: 1)), default: "20",
        help: "list at most N runs, or look at N attempts of each step"),
      OptionSpec(
        "state", .required(name: "STATE", .choice(RunState.allCases.map(\.rawValue))), repeatable: true,
        help: "only runs in this state"),
      OptionSpec("steps", help: "last, median, shortest and longest time of each step of the plan"),
      OptionSpec("prune", help: "remove old runs"),
      OptionSpec(
        "keep", .required(name: "N", .count(atLeast: 1)), default: "20, or 1 with --older-than",
        help: "with --prune: leave the newest N runs of each plan"),
      OptionSpec(
        "older-than", .required(name: "DUR", .duration), help: "with --prune: remove only runs that began longer ago"),
      OptionSpec("dry-run", help: "with --prune: say what would be removed"),
      .format("text", "json"),
    ],
    exclusive: [["steps", "prune"], ["steps", "state"], ["state", "prune"]],
    examples: [
      CommandExample("runs", "the last twenty runs"),
      CommandExample("runs plans/load.execplan.yaml --limit 3", "the last three of one plan"),
      CommandExample("runs --state failed --limit 5", "the last five that failed"),
      CommandExample("runs plans/load.execplan.yaml --steps", "how long its steps took"),
      CommandExample("runs --prune --older-than 90d --dry-run", "what would be removed"),
    ])
}
