extension CommandSpec {
  package static let explain = CommandSpec(
    "explain", group: .look, summary: "explain a rule, with a bad and a good example",
    discussion: ["Without CODE: a list of all rules. CODE is a code such as EP201, or the name of a rule."],
    positionals: [PositionalSpec("CODE", optional: true, help: "the code or name of a rule")],
    options: [.format("text", "json", "markdown")],
    examples: [
      CommandExample("explain EP201", "the page of one rule"),
      CommandExample("explain", "all rules, one a line"),
    ])
}
