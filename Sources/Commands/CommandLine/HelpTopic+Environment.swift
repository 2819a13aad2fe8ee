extension HelpTopic {
  static let environment = HelpTopic(
    name: "environment", summary: "environment variables that are read and set",
    blocks: [
      .heading("Read by execplan"),
      .definitions([
        HelpBlock.Definition("EXECPLAN_STATE_DIR", "where the journal is kept; --state-dir wins"),
        HelpBlock.Definition("NO_COLOR", "if not empty, no colours; --color wins"),
        HelpBlock.Definition("TERM", "\"dumb\": no colours and no live display"),
      ]),
      .heading("Set for the program of every step"),
      .definitions([
        HelpBlock.Definition("EXECPLAN_RUN_ID", "the number of the run"),
        HelpBlock.Definition("EXECPLAN_STEP_ID", "the id of the step"),
        HelpBlock.Definition("EXECPLAN_ATTEMPT", "1 at the first try, 2 at the next"),
        HelpBlock.Definition("EXECPLAN_RESUMED", "1 if the run was stopped and continued"),
        HelpBlock.Definition("EXECPLAN_OUTPUT", "a file: KEY=VALUE lines written to it become values of the step"),
        HelpBlock.Definition(
          "EXECPLAN_STATE", "a file: KEY=VALUE lines are kept for the next run if this one succeeds"),
        HelpBlock.Definition(
          "EXECPLAN_IDEMPOTENCY_KEY", "the same in all attempts of a step in a run; send it to services"),
        HelpBlock.Definition("TRACEPARENT", "the W3C trace context, handed on"),
      ]),
    ])
}
