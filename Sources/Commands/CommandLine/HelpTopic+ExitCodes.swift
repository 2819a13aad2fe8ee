extension HelpTopic {
  static let exitCodes = HelpTopic(
    name: "exit-codes", summary: "what the exit codes mean",
    blocks: [
      .definitions([
        HelpBlock.Definition("0", "success, or nothing to do"),
        HelpBlock.Definition("1", "findings (validate, doctor), or a step failed"),
        HelpBlock.Definition("2", "only plan --detailed-exitcode: there is something to do"),
        HelpBlock.Definition(
          "3", "the plan or the configuration cannot be read or is not valid (validate itself says 1)"),
        HelpBlock.Definition("4", "waiting for a person; the output names the command that answers"),
        HelpBlock.Definition(
          "5", "refused: a step in doubt, an edited definition of a finished step, a requirement, a rejection"),
        HelpBlock.Definition("6", "another apply holds the plan, or a step still runs although its execplan is dead"),
        HelpBlock.Definition("7", "every failure is a gate of a phase or a check step"),
        HelpBlock.Definition("64", "the command line is wrong, or names something that does not exist"),
        HelpBlock.Definition("70", "an internal error: please report it"),
        HelpBlock.Definition("74", "reading or writing failed, also of the journal"),
        HelpBlock.Definition("129, 130, 143", "stopped by SIGHUP, SIGINT (Ctrl-C), SIGTERM"),
      ]),
      .paragraph(
        "If several hold, the first of these counts: 129, 130 and 143, then 70, 74, 6, 3, 5, 1, 7, 4, 0. The numbers "
          + "are never given another meaning."),
    ])
}
