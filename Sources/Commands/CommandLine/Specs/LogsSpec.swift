extension CommandSpec {
  package static let logs = CommandSpec(
    "logs", group: .run, summary: "print what a step wrote",
    discussion: [
      "Prints standard output and standard error of the step's latest attempt. Without STEP: of the failed step, else "
        + "of the last one. A single word is taken as a plan if there is one of that name, else as a step.",
      "With --events: the events of the run instead, one JSON object a line, from the number that --since gives.",
    ],
    positionals: [
      .optionalPlan,
      PositionalSpec("STEP", optional: true, help: "a step's id; may be left out: the failed or last step"),
    ],
    options: [
      OptionSpec(
        "attempt", .required(name: "N", .count(atLeast: 1)), default: "the latest", help: "the attempt with this number"
      ),
      OptionSpec("follow", short: "f", help: "go on printing until the step, or with --events the run, has ended"),
      OptionSpec("stdout", help: "only standard output"),
      OptionSpec("stderr", help: "only standard error"),
      .runID,
      OptionSpec("events", help: "print the events of the run"),
      OptionSpec(
        "since", .required(name: "SEQ", .count(atLeast: 0)), default: "0", help: "only events after this number"),
    ],
    exclusive: [["stdout", "stderr", "events"], ["attempt", "events"]],
    examples: [
      CommandExample("logs", "the output of the step that failed last"),
      CommandExample("logs plans/load.execplan.yaml extract --stderr", "one stream of one step"),
      CommandExample("logs -f plans/load.execplan.yaml extract", "follows a running step"),
      CommandExample("logs plans/load.execplan.yaml --events --since 120", "replays events"),
    ])
}
