extension CommandSpec {
  /// `init` is a word of Swift.
  package static let initialize = CommandSpec(
    "init", group: .write, summary: "prepare a repository for plans",
    discussion: [
      "Makes PLANS.md (how plans are written and run here), the folder plans/ with a first plan, and an entry in "
        + ".pre-commit-config.yaml that validates plans before a commit. What is there already is left as it is.",
      "On a terminal the changes are shown first.",
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
