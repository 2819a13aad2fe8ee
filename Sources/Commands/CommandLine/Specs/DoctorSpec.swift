extension CommandSpec {
  package static let doctor = CommandSpec(
    "doctor", group: .look, summary: "check this machine and this project",
    discussion: [
      "Looks at the programs that steps may call, the state directory with its file system, journal and locks, and "
        + "the terminal. Changes nothing.",
      "Exit: 0, or 1 if something does not work.",
    ],
    options: [.format("text", "json")],
    examples: [
      CommandExample("doctor", "a table"),
      CommandExample("doctor --format json", "the same for a program"),
    ])
}
