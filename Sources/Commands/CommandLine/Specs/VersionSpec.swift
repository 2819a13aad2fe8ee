extension CommandSpec {
  package static let version = CommandSpec(
    "version", group: .look, summary: "print the version",
    discussion: ["The same as the option --version."],
    examples: [CommandExample("version", "execplan and its version")],
    hidden: true)
}
