extension CommandSpec {
  package static let help = CommandSpec(
    "help", group: .look, summary: "show help of a command or on a topic",
    discussion: ["Topics are options, exit-codes, environment and plan-format."],
    positionals: [
      PositionalSpec(
        "TOPIC", optional: true, completion: .helpTopic, help: "a command or a topic")
    ],
    examples: [
      CommandExample("help apply", "all about one command"),
      CommandExample("help exit-codes", "what the exit codes mean"),
    ],
    hidden: true)
}
