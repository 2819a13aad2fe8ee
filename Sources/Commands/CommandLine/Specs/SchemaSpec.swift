extension CommandSpec {
  package static let schema = CommandSpec(
    "schema", group: .look, summary: "print the JSON schema of plans, of the configuration or of outputs",
    discussion: [
      "Schemas are JSON Schema draft-07. With --install the schema is written into .vscode/ at the "
        + "project root, where the first line of a new plan points, so that editors complete and check plans; init does "
        + "the same for the schema of plans."
    ],
    positionals: [
      PositionalSpec(
        "NAME", optional: true,
        choices: ["plan", "config", "events", "diagnostics", "changeset", "saved", "status", "report", "test"],
        help: "plan, config, events, diagnostics, changeset, saved, status, report or test; plan if left out")
    ],
    options: [OptionSpec("install", help: "write it where editors find it")],
    examples: [
      CommandExample("schema", "the schema of plans"),
      CommandExample("schema config --install", "writes .vscode/execplan.config.schema.json"),
      CommandExample("schema events", "the schema of the event stream"),
      CommandExample("schema plan --install", "writes .vscode/execplan.schema.json"),
    ])
}
