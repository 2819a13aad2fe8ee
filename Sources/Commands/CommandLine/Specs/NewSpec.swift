extension CommandSpec {
  package static let new = CommandSpec(
    "new", group: .write, summary: "write a new plan that runs as it stands",
    discussion: [
      "Writes a plan with a harmless step, and prints its path: a markdown plan with the twelve sections of an ExecPlan, "
        + "or with --format yaml a short YAML plan with comments. Edit it from there: "
        + "\"execplan validate\" says what is wrong with it, \"execplan plan\" what it would do.",
      "An existing file is never overwritten.",
    ],
    positionals: [PositionalSpec("TITLE", help: "what the plan is about, in a few words")],
    options: [
      .choice(
        "format", ["markdown", "yaml"], default: "what the name of PATH or the configuration says, else markdown",
        help: "the form of the plan"),
      OptionSpec(
        "output", short: "o", .required(name: "PATH", .file), default: "made from TITLE, beside the other plans",
        help: "write the plan here"),
      OptionSpec(
        "id", .required(name: "ID", .text), default: "made from TITLE",
        help: "the name that stays when the file moves"),
    ],
    examples: [
      CommandExample("new \"Nightly load\"", "writes plans/nightly-load.md"),
      CommandExample("new \"Release\" -o release.execplan.yaml --id release", "a YAML plan in this file, with this id"),
    ])
}
