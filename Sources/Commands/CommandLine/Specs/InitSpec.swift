extension CommandSpec {
  /// `init` is a word of Swift.
  package static let initialize = CommandSpec(
    "init", group: .write, summary: "prepare a repository for plans",
    discussion: [
      "Adds what is missing: the folder plans/, a PLANS.md that says how plans are written and lists them, an entry in .pre-commit-config.yaml that validates plans before a "
        + "commit, the schema of plans for editors in .vscode/, and a line in AGENTS.md. Other content of these files "
        + "stays as it is.",
      "The changes are shown first as a diff. On a terminal init then asks; elsewhere it writes only with --yes.",
    ],
    options: [
      OptionSpec("yes", short: "y", help: "make the changes without asking"),
      OptionSpec("dry-run", short: "n", help: "show what would be written and write nothing"),
    ],
    examples: [
      CommandExample("init", "shows what it would add and asks"),
      CommandExample("init --yes", "adds it without asking, for scripts"),
      CommandExample("init --dry-run", "only shows it"),
    ])
}
