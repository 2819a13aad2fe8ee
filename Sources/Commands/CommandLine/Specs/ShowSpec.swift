extension CommandSpec {
  package static let show = CommandSpec(
    "show", group: .write, summary: "summarise a plan for the person who approves it",
    discussion: [
      "Purpose, phases with objectives, deliverables and estimates, steps, resources, risks, milestones and the "
        + "critical path: what a reviewer needs to say yes or no. Nothing is run.",
      "Of a file that \"plan --out\" saved: when and by whom it was made, its parameters and decisions, and whether it can "
        + "still be applied.",
    ],
    positionals: [.optionalPlanOrSaved],
    options: [.format("text", "markdown", "json")] + OptionSpec.parameters,
    examples: [
      CommandExample("show plans/load.execplan.yaml", "the summary on the terminal"),
      CommandExample("show plans/load.execplan.yaml --format markdown", "the same to paste into a review"),
      CommandExample("show load.saved", "what a saved plan says, and whether it can still be applied"),
    ])
}
