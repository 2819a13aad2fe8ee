extension CommandSpec {
  package static let status = CommandSpec(
    "status", group: .run, summary: "show where runs stand and what to do next",
    discussion: [
      "With PLAN: the state of every step in the latest run, and the next command. Without PLAN: every plan of the "
        + "project with its latest run.",
      "With -v: also the CPU time, memory, and traffic of disks of each step's last attempt.",
    ],
    positionals: [PositionalSpec("PLAN", optional: true, completion: .plan, help: "a plan's path or id")],
    options: [.runID, .format("text", "json")],
    examples: [
      CommandExample("status", "all plans"),
      CommandExample("status plans/load.execplan.yaml", "the steps of one plan"),
      CommandExample("status plans/load.execplan.yaml -v", "with what each step used"),
      CommandExample("status plans/load.execplan.yaml --run 7 --format json", "an earlier run, for a program"),
    ])
}
