extension CommandSpec {
  package static let adopt = CommandSpec(
    "adopt", group: .write, summary: "declare the command blocks of a prose plan as steps",
    discussion: [
      "Finds the blocks of commands under Concrete Steps and gives each an id: the text above it becomes an item of a "
        + "numbered list that begins with the id; in a nested list the fence gets it. The change is shown as a diff; "
        + "with --write it is made.",
      "Only blocks whose every line is a command are declared, without the prompts before them. Blocks that mix "
        + "commands with output, hold words to be filled in, take something back, are for another shell, or have effects "
        + "that can't be taken back are left and named. What a step shows beside its commands is marked as text. "
        + "A second call changes nothing.",
    ],
    positionals: [.optionalPlan],
    options: [OptionSpec("write", short: "w", help: "make the change instead of only showing it")],
    examples: [
      CommandExample("adopt plans/move.md", "shows what would be declared"),
      CommandExample("adopt plans/move.md --write", "declares it"),
    ])
}
