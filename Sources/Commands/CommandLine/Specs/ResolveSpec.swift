extension CommandSpec {
  package static let resolve = CommandSpec(
    "resolve", group: .decide, summary: "decide what became of a step in doubt",
    discussion: [
      "A step is in doubt if a crash hit between its start and its recorded end: nobody knows whether its effect "
        + "happened. Look, then say: done (it happened; later steps may rely on it), failed (it did not and it counts "
        + "as a failure) or rerun (running it again is safe).",
      "A step that still runs although its execplan died is not in doubt yet: resolve refuses (exit 6), --orphans wait "
        + "waits for its end, --orphans kill ends it.",
      "Works even if the plan can no longer be read.",
    ],
    positionals: [.optionalPlan, PositionalSpec("STEP", help: "the id of the step in doubt")],
    options: [
      .choice("as", ["done", "failed", "rerun"], required: true, default: nil, help: "what became of the step"),
      .note, .values, .orphans,
    ],
    examples: [
      CommandExample("resolve plans/load.execplan.yaml publish --as done --note \"seen on the server\"", "it happened"),
      CommandExample("resolve plans/load.execplan.yaml publish --as rerun", "it is safe to run it again"),
      CommandExample("resolve publish --as done --value url=https://example.org/1", "with a value for later steps"),
    ])
}
