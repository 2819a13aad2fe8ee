extension CommandSpec {
  package static let note = CommandSpec(
    "note", group: .write, summary: "add an entry to a living section of a markdown plan",
    discussion: [
      "Appends a well-formed entry to Decision Log, Surprises & Discoveries, Progress, or Outcomes & Retrospective, in "
        + "the form and with the line ends of the file. Only the place of the entry is changed, and what others write "
        + "into the file meanwhile stays.",
      "A decision needs --why, a surprise needs --evidence.",
    ],
    positionals: [
      PositionalSpec("PLAN", completion: .plan, help: "the path or id of a markdown plan"),
      PositionalSpec(
        "KIND", choices: ["decision", "surprise", "progress", "outcome"], help: "the section that it belongs to"),
      PositionalSpec("TEXT", help: "what was decided, seen, done or reached"),
    ],
    options: [
      OptionSpec("why", .required(name: "TEXT", .text), help: "decision: the reason"),
      OptionSpec("by", .required(name: "NAME", .text), default: "the user's name", help: "decision: who decided"),
      OptionSpec(
        "evidence", .required(name: "TEXT|-", .text), help: "surprise: what shows it; -: read it from standard input"),
      OptionSpec("done", help: "progress: the item is done, now"),
    ],
    examples: [
      CommandExample("note plans/move.md decision \"Load whole days\" --why \"a part cannot be checked\"", "why, too"),
      CommandExample("note plans/move.md surprise \"The index is unused\" --evidence -", "evidence from a pipe"),
      CommandExample("note plans/move.md progress \"announced the release\" --done", "a ticked item with the time"),
      CommandExample("note plans/move.md outcome \"All of it is on the new server\"", "what came out"),
    ])
}
