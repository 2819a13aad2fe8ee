extension CommandSpec {
  package static let graph = CommandSpec(
    "graph", group: .write, summary: "draw the steps and what they wait for",
    discussion: [
      "The critical path is marked, and each step has the colour of its state in the latest run. Nothing is run.",
      "With --all: every plan of the project, and which of them wait for others or list them.",
    ],
    positionals: [.optionalPlan],
    options: [
      .format("text", "dot", "mermaid", "json"),
      OptionSpec("all", help: "draw the plans of the project instead of the steps of one"),
    ] + OptionSpec.parameters,
    examples: [
      CommandExample("graph plans/load.execplan.yaml", "a text drawing"),
      CommandExample("graph plans/load.execplan.yaml --format mermaid", "a drawing for a markdown page"),
      CommandExample("graph --all", "which plan waits for which"),
      CommandExample("graph plans/load.execplan.yaml --format dot", "input for the program dot of Graphviz"),
    ])
}
