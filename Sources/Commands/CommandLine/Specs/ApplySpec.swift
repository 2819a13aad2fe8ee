extension CommandSpec {
  package static let apply = CommandSpec(
    "apply", group: .run, summary: "run a plan; go on where it stopped",
    discussion: [
      "Runs the steps that have something to do, in the order of what they need, and records each one before the next "
        + "starts. After a failure, a kill or a power cut the same command goes on where it stopped; finished steps "
        + "are not run again.",
      "An unfinished run is continued if the parameters are the same, nothing is in doubt and no finished step was "
        + "edited; otherwise apply refuses (exit 5) and prints the commands that decide. --resume insists on "
        + "continuing, --fresh starts anew.",
      "apply asks nothing unless something must be decided; --ask shows the change set first and asks. After a "
        + "failure nothing new is started and running steps are let end; --keep-going also runs what does not depend "
        + "on the failed step, --fail-fast stops the running ones.",
      "A file that a step makes whole, and that is there already without being the plan's, is a conflict: nothing starts "
        + "(exit 5) until --on-conflict, \"on_conflict\" of the step, or an answer at the terminal says what becomes of it. "
        + "What is overwritten is kept, and rollback brings it back.",
      "PLAN may be a file that \"plan --out\" saved: it is applied once, and only while the plan, its parameters, its record and "
        + "every decision are as they were saved; otherwise apply refuses (exit 5) and shows what moved. After it began, "
        + "\"apply PLAN --resume\" goes on.",
      "A selection is shown with what it takes in, stands on and leaves out before anything runs. --rerun-from STEP repeats "
        + "a finished run from STEP on as a new run; what stands before is taken from that run as it is.",
      "Where the plan asks people, apply ends there (exit 4) and names the command that answers, execplan approve; on a "
        + "terminal it shows the plan and asks, and --wait-approval waits for an answer.",
      "Ctrl-C once starts nothing new and stops running steps after the drain time; twice kills them. Both are safe.",
      "A step that still runs although its execplan died is an orphan: apply names it and starts nothing (exit 6); "
        + "--orphans wait waits for its end, --orphans kill ends it.",
      "Exit: 0 done, 1 a step failed, 4 waiting for a person, 5 refused, 6 the plan is held or a step still runs, 7 a gate "
        + "failed; all codes: execplan help exit-codes.",
    ],
    positionals: [.optionalPlanOrSaved],
    options: [
      OptionSpec("resume", help: "go on with the unfinished run, or stop if there is none"),
      OptionSpec("fresh", help: "give the unfinished run up and start anew"),
      OptionSpec(
        "adopt-run", .required(name: "RUN", .count(atLeast: 1)),
        help: "go on with this unfinished run, whose plan was renamed to the one that is given"),
      OptionSpec("dry-run", short: "n", help: "the same as the command plan"),
      OptionSpec(
        "yes", short: "y",
        help: "overwrite what is in conflict, if nothing else is said about it; never answers an approval or a doubt"),
      .onConflict,
      OptionSpec("ask", help: "show the change set and ask before starting"),
      OptionSpec(
        "jobs", short: "j", .required(name: "N", .count(atLeast: 1)), default: "the processors, at most 8",
        help: "run at most N steps at a time"),
      OptionSpec("keep-going", short: "k", help: "after a failure, still run what does not depend on it"),
      OptionSpec("fail-fast", help: "after a failure, stop the running steps"),
    ] + OptionSpec.selection + [
      .orphans,
      OptionSpec("reset-retries", help: "give failed steps all their retries again"),
      OptionSpec("skip-finally", help: "do not run the plan's \"finally\" steps"),
      OptionSpec(
        "trust-effects",
        help: "after a power loss, do not check again that the outputs of finished steps are there"),
      OptionSpec(
        "lock-timeout", .required(name: "DUR", .duration), default: "0s",
        help: "wait this long for another apply of the plan to end"),
      OptionSpec(
        "wait-approval", .optional(name: "DUR", .duration),
        help: "where people are asked, wait for their answer, at most this long"),
      OptionSpec(
        "drain", .required(name: "DUR", .duration), default: "10s",
        help: "after Ctrl-C let running steps go on this long"),
      OptionSpec(
        "grace", .required(name: "DUR", .duration), default: "10s",
        help: "kill a step that is still there this long after SIGTERM"),
      OptionSpec(
        "events", .required(name: "FILE|-", .file), help: "append events to FILE, one JSON object a line"),
      OptionSpec(
        "write-back",
        help: "keep Progress, Surprises and Artifacts of a markdown plan, and the list of plans, up to date"),
      .format("text", "json", help: "json: print the status object at the end"),
    ] + OptionSpec.parameters,
    exclusive: [
      ["resume", "fresh"], ["adopt-run", "fresh"], ["adopt-run", "dry-run"], ["keep-going", "fail-fast"],
      ["rerun-changed", "keep-changed"], ["yes", "ask"], ["yes", "on-conflict"],
      ["rerun-from", "resume"], ["rerun-from", "fresh"], ["rerun-from", "adopt-run"],
      ["write-back", "dry-run"], ["orphans", "dry-run"],
    ] + OptionSpec.exclusiveSelection,
    examples: [
      CommandExample("apply plans/load.execplan.yaml", "runs the plan, or goes on with it"),
      CommandExample("apply load.saved", "what plan --out load.saved has shown, once"),
      CommandExample("apply --resume", "goes on with the one unfinished run"),
      CommandExample("apply plans/load.execplan.yaml -j4 --keep-going --param date=2026-11-01", "four steps at a time"),
      CommandExample("apply plans/load.execplan.yaml --until extract --rerun fetch", "a part, one step by force"),
      CommandExample("apply plans/load.execplan.yaml --rerun-from transform", "the last run again, from a step on"),
      CommandExample("apply plans/load.execplan.yaml --format json --events events.ndjson", "for programs"),
    ])
}
