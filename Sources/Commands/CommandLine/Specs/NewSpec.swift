extension CommandSpec {
  package static let new = CommandSpec(
    "new", group: .write, summary: "write a new plan that runs as it stands",
    discussion: [
      "Writes a short plan with comments and one harmless step, and prints its path. Edit it from there: "
        + "\"execplan validate\" says what is wrong with it, \"execplan plan\" what it would do.",
      "An existing file is never overwritten.",
    ],
    positionals: [PositionalSpec("TITLE", help: "what the plan is about, in a few words")],
    options: [
      .format("yaml", help: "the form of the plan"),
      OptionSpec(
        "output", short: "o", .required(name: "PATH", .file), default: "made from TITLE, beside the other plans",
        help: "write the plan here"),
      OptionSpec(
        "id", .required(name: "ID", .text), default: "made from TITLE",
        help: "the name that stays when the file moves"),
    ],
    examples: [
      CommandExample("new \"Nightly load\"", "writes plans/nightly-load.execplan.yaml"),
      CommandExample("new \"Release\" -o release.execplan.yaml --id release", "chooses the file and the id"),
    ])
}
