extension CommandSpec {
  package static let doctor = CommandSpec(
    "doctor", group: .look, summary: "check this machine and this project",
    discussion: [
      "Looks at the programs that steps may call, the state directory with its file system, journal and locks, and "
        + "the terminal. Changes nothing without --repair.",
      "--repair makes a new journal of what can be read of a damaged one. The old files are kept below "
        + ".execplan/damaged. What nobody knows any more is never taken for done: such steps are asked for, or run "
        + "again where that does no harm.",
      "Exit: 0, or 1 if something does not work or a repair lost something; 6 while a plan is being applied.",
    ],
    options: [
      OptionSpec("repair", help: "save what can be read of a damaged journal"), .format("text", "json"),
    ],
    examples: [
      CommandExample("doctor", "a table"),
      CommandExample("doctor --format json", "the same for a program"),
      CommandExample("doctor --repair", "a new journal from a damaged one"),
    ])
}
