extension CommandSpec {
  package static let why = CommandSpec(
    "why", group: .look, summary: "say why a step will run, or will not",
    discussion: [
      "The decision of \"execplan plan\" for one step with all its reasons: what changed since its last success, field "
        + "by field, and the steps that it waits for."
    ],
    positionals: [.optionalPlan, PositionalSpec("STEP", help: "a step's id")],
    options: [
      .format("text", "json"),
      OptionSpec("probe", help: "run the plan's guards and probes, too; they are programs that the plan names"),
    ] + OptionSpec.parameters,
    examples: [
      CommandExample("why plans/load.execplan.yaml extract", "the reasons for one step"),
      CommandExample("why extract", "the same if there is one plan"),
    ])
}
