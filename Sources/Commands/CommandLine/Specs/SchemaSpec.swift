extension CommandSpec {
  package static let schema = CommandSpec(
    "schema", group: .look, summary: "print the JSON schema of plans or of outputs",
    discussion: [
      "Schemas are JSON Schema draft-07. With --install the schema of plans is written to "
        + "schemas/execplan.schema.json below the project root, where the first line of a new plan points, so that "
        + "editors complete and check plans."
    ],
    positionals: [
      PositionalSpec(
        "NAME", optional: true, choices: ["plan", "config", "events", "diagnostics", "changeset", "status"],
        help: "plan, config, events, diagnostics, changeset or status; plan if left out")
    ],
    options: [OptionSpec("install", help: "write it where editors find it")],
    examples: [
      CommandExample("schema", "the schema of plans"),
      CommandExample("schema events", "the schema of the event stream"),
      CommandExample("schema plan --install", "writes schemas/execplan.schema.json"),
    ])
}
