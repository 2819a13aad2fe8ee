extension CommandSpec {
  package static let validate = CommandSpec(
    "validate", group: .write, summary: "find everything that is wrong with plans",
    discussion: [
      "Reports all problems of all plans in one go, each with its file, line and column, a stable code such as "
        + "EP201, and what to do. Nothing is run and nothing is written, except by --fix.",
      "PATH is a plan, or a folder that is searched for plans. Without PATH every plan of the project is read: files "
        + "named *.execplan.yaml, .yml or .json, others with a top-level \"execplan:\" key, and those that "
        + "execplan.config.yaml declares; git decides what belongs to the project. \"-\" reads one plan from standard "
        + "input. A named file that is no plan is skipped with a note; one that is excluded is read.",
      "A comment \"# execplan:ignore EP401 reason\" on the line, or the line above, silences a finding.",
      "Exit: 0 without errors, 1 with errors (with --strict also for warnings), 3 if no plan was found.",
    ],
    positionals: [
      PositionalSpec("PATH", optional: true, repeating: true, completion: .plan, help: "plans, or folders with plans")
    ],
    options: [
      .format("text", "json", "sarif", "github", "junit", help: "how to write the findings"),
      OptionSpec("fix", help: "repair what can be repaired safely, then report the rest"),
      OptionSpec("strict", help: "count warnings as errors"),
      .choice(
        "standard", ["lenient", "codex"], default: nil,
        help: "hold markdown plans to the ExecPlan standard leniently, or to the letter"),
      OptionSpec("select", .required(name: "RULE", .text), repeatable: true, help: "report only this rule or family"),
      OptionSpec("ignore", .required(name: "RULE", .text), repeatable: true, help: "do not report this rule or family"),
      OptionSpec(
        "stdin-filename", .required(name: "PATH", .file), help: "the name under which standard input is reported"),
    ] + OptionSpec.parameters,
    examples: [
      CommandExample("validate", "checks every plan of the project"),
      CommandExample("validate plans/load.execplan.yaml --strict", "checks one plan, warnings count"),
      CommandExample("validate --format sarif plans", "writes SARIF 2.1.0 for a code scanning service"),
      CommandExample("validate --standard codex plans", "holds markdown plans to the ExecPlan standard to the letter"),
      CommandExample("validate --ignore EP8 --ignore EP401 plans", "leaves a family and a rule out"),
      CommandExample("validate --stdin-filename plans/load.execplan.yaml -", "checks what an editor sends"),
    ])
}
