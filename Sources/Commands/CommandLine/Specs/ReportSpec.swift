extension CommandSpec {
  package static let report = CommandSpec(
    "report", group: .run, summary: "tell a run to people who were not there",
    discussion: [
      "What failed and what that blocks, the graph and a time line, every step with its attempts and the end of its "
        + "output, checks, files that were made with their digests, and the next command. The record alone is read: the "
        + "plan file may have changed, or be gone.",
      "html is one file without scripts that needs no network; junit is for CI; markdown for a comment on a change.",
    ],
    positionals: [.optionalPlan],
    options: [
      .runID, .format("markdown", "html", "json", "junit"),
      OptionSpec("output", short: "o", .required(name: "FILE", .file), help: "write the report to FILE"),
    ],
    examples: [
      CommandExample("report plans/load.execplan.yaml", "the latest run, in markdown"),
      CommandExample("report --format html -o report.html", "a page to open in a browser"),
      CommandExample("report plans/load.execplan.yaml --run 7 --format junit", "an earlier run, for CI"),
    ])
}
