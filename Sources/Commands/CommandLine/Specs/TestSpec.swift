extension CommandSpec {
  package static let test = CommandSpec(
    "test", group: .run, summary: "kill a plan at every step, in copies of the project, and see that it goes on",
    discussion: [
      "The plan is applied in a scratch copy of the project, and applied again: the second run must change nothing. "
        + "Then, in fresh copies, execplan is killed before, during and after every step and goes on with apply --resume, "
        + "and the files and SQLite databases are compared with those of the uninterrupted run. What is not safe is "
        + "named: the step, what differs, why, and what to add. Nothing is run in the project itself.",
      "What a step does outside of its project happens each time, and it is run many times. A plan with http, "
        + "PostgreSQL, external actions or notices is therefore tested only with --allow-outside; what a program does can't "
        + "be known. With --copy-databases the steps of each copy work in a PostgreSQL database of its own, and these are "
        + "compared, too. TMPDIR is a folder of the copy; HOME is yours.",
      "What git ignores is not copied, nor are files that git does not know and that the plan makes; --with and --without "
        + "say otherwise. A step that waits for a person is not tested, nor is what comes behind it. A step of which a "
        + "person is asked what it did is no defect: the table says \"asks\".",
      "Exit codes: 0 all is safe, 1 there are defects or the plan does not succeed without a kill.",
    ],
    positionals: [.optionalPlan],
    options: [
      OptionSpec(
        "steps", .required(name: "STEP[,STEP]", .text), repeatable: true, help: "kill it at these steps only"),
      OptionSpec(
        "jobs", short: "j", .required(name: "N", .count(atLeast: 1)), default: "the number of cores",
        help: "work in N copies at the same time"),
      OptionSpec("with", .required(name: "GLOB", .text), repeatable: true, help: "copy this although git ignores it"),
      OptionSpec("without", .required(name: "GLOB", .text), repeatable: true, help: "do not copy this"),
      OptionSpec(
        "ignore", .required(name: "GLOB", .text), repeatable: true, help: "what is in these files does not count"),
      OptionSpec("allow-outside", help: "test although steps change something outside of the project, each time"),
      OptionSpec(
        "copy-databases",
        help: "give each copy a PostgreSQL database of its own, made from the one that PGDATABASE names"),
      OptionSpec("keep", help: "do not remove the copies"),
      .format("text", "json", "junit"),
    ] + OptionSpec.parameters,
    examples: [
      CommandExample("test plans/load.execplan.yaml", "all steps"),
      CommandExample("test plans/load.execplan.yaml --steps load,report", "two steps, after a correction"),
      CommandExample("test plans/load.execplan.yaml --with .venv --ignore 'logs/**'", "with what the steps need"),
      CommandExample("test plans/load.execplan.yaml --format junit", "for CI"),
    ])
}
