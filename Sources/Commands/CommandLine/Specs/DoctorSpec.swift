extension CommandSpec {
  package static let doctor = CommandSpec(
    "doctor", group: .look, summary: "check this machine and this project",
    discussion: [
      "Looks at the programs that steps may call, the state directory with its file system, journal and locks, and "
        + "the terminal. Changes nothing without --repair.",
      "--repair makes a new journal of what can be read of a damaged one. The old files are kept below "
        + ".execplan/damaged. What nobody knows any more is never taken for done: such steps are asked for, or run "
        + "again where that does no harm.",
      "--action NAME holds the program execplan-action-NAME against the protocol of external actions: what it says of "
        + "itself, and what it must refuse. With --with it is also given something to do, in an empty folder.",
      "Exit: 0, or 1 if something does not work or a repair lost something; 6 while a plan is being applied.",
    ],
    options: [
      OptionSpec("repair", help: "save what can be read of a damaged journal"),
      OptionSpec("action", .required(name: "NAME", .text), help: "check the program of an external action"),
      OptionSpec(
        "with", .required(name: "JSON|FILE", .text), help: "with --action: what the action is to do, in an empty folder"
      ),
      OptionSpec("describe", help: "with --action: print what the action says of itself, and check nothing"),
      .format("text", "json"),
    ],
    examples: [
      CommandExample("doctor", "a table"),
      CommandExample("doctor --format json", "the same for a program"),
      CommandExample("doctor --action s3-sync", "an external action"),
      CommandExample("doctor --repair", "a new journal from a damaged one"),
    ])
}
