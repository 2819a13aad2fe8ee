extension CommandSpec {
  package static let runs = CommandSpec(
    "runs", group: .run, summary: "list past runs, the latest first",
    discussion: ["With PLAN only the runs of that plan."],
    positionals: [PositionalSpec("PLAN", optional: true, completion: .plan, help: "a plan's path or id")],
    options: [
      OptionSpec("limit", .required(name: "N", .count(atLeast: 1)), default: "20", help: "list at most N runs"),
      .format("text", "json"),
    ],
    examples: [
      CommandExample("runs", "the last twenty runs"),
      CommandExample("runs plans/load.execplan.yaml --limit 3", "the last three of one plan"),
    ])
}
