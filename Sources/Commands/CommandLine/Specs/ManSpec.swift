extension CommandSpec {
  package static let man = CommandSpec(
    "man", group: .look, summary: "print the manual page",
    discussion: ["The source of execplan(1), made from the same table as the help."],
    examples: [CommandExample("man", "the page in roff; read it with: execplan man | man -l -")],
    hidden: true)
}
