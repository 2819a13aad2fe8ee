extension CommandSpec {
  package static let checkpoint = CommandSpec(
    "checkpoint", aliases: ["done"], group: .decide, summary: "mark a waiting step as done",
    discussion: [
      "Checks the artifacts and criteria of a step that waits for a person or an agent, and records it as done with the "
        + "evidence: digests and sizes, who said so, and when. "
        + "Without STEP: the one step that waits.",
      "Criteria that are text cannot be checked by a program: on a terminal they are asked one by one, elsewhere "
        + "--met says which hold.",
      "With --all-marked: every waiting step whose row in a task table says that it is done, with one note; with "
        + "--continue also those that wait only for these.",
      "Exit: 0 recorded, 1 a criterion does not hold, 4 an artifact is missing.",
    ],
    positionals: [
      .optionalPlan, PositionalSpec("STEP", optional: true, help: "the id of the waiting step"),
    ],
    options: [
      .values,
      OptionSpec(
        "met", .required(name: "all|N,N", .text), help: "the criteria that hold, by number, or all of them"),
      OptionSpec(
        "evidence", .required(name: "FILE", .file), repeatable: true, help: "a file that shows it; its digest is kept"),
      .note,
      OptionSpec("by", .required(name: "NAME", .text), default: "the user's name", help: "who says so"),
      OptionSpec("all-marked", help: "all waiting steps that the plan's task tables mark as done"),
      OptionSpec("continue", help: "go on with apply afterwards"),
    ],
    examples: [
      CommandExample("done plans/release.md sign --met all", "all criteria hold"),
      CommandExample(
        "checkpoint plans/release.md sign --met 1,2 --evidence proof.txt --by ana",
        "some, with evidence and a name"),
      CommandExample(
        "checkpoint plans/move.md --all-marked --note \"as agreed on Monday\"", "all rows that are marked as done"),
      CommandExample("done --met all --continue", "the one waiting step, then goes on"),
    ])
}
