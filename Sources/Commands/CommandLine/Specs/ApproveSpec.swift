extension CommandSpec {
  package static let approve = CommandSpec(
    "approve", group: .decide, summary: "agree to a plan, a phase or a step that asks, or reject it",
    discussion: [
      "Records who agrees to what, when and until when, for one run and its resumes; --standing for every run. "
        + "It is a record, not a proof of who somebody is: --by is kept beside the user of the system, the host and the "
        + "e-mail address of git.",
      "Without STEP and --phase: everything that \"approval:\" of the plan asks, or else the one step that waits.",
      "What is approved is what the plan does: its steps, parameters, names of secrets, the files that actions name, and "
        + "the texts that people judge. If that changes, the approval is void, and apply says what changed; ticks and "
        + "living sections change nothing.",
      "Works while the plan is being applied. A step of a plan can't approve anything.",
      "Exit: 0 recorded, 5 the person is no approver, or the run has passed it already.",
    ],
    positionals: [
      .optionalPlan, PositionalSpec("STEP", optional: true, repeating: true, help: "the id of a step that asks"),
    ],
    options: [
      OptionSpec("phase", .required(name: "PHASE", .text), repeatable: true, help: "a phase that is asked about"),
      OptionSpec("step", .required(name: "STEP", .text), repeatable: true, help: "a step that asks, as STEP"),
      OptionSpec("reject", help: "say no: the run fails"),
      .note,
      OptionSpec("by", .required(name: "NAME", .text), default: "the user's name", help: "who says so"),
      OptionSpec(
        "expires", .required(name: "DUR", .duration), help: "it counts only if it is used before this time is over"),
      OptionSpec("standing", help: "for every run, not only for one"),
      OptionSpec("continue", help: "go on with apply afterwards"),
    ] + OptionSpec.parameters,
    exclusive: [["reject", "expires"], ["reject", "continue"]],
    examples: [
      CommandExample("approve plans/load.execplan.yaml", "all that the plan asks for"),
      CommandExample(
        "approve plans/load.execplan.yaml --phase extract --note \"rows look right\"", "one phase, and why"),
      CommandExample("approve plans/load.execplan.yaml publish --by ana --expires 2d --continue", "a step; then go on"),
      CommandExample("approve plans/load.execplan.yaml --phase load --reject --note \"not on a Friday\"", "says no"),
    ])
}
