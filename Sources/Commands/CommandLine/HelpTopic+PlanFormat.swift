extension HelpTopic {
  static let planFormat = HelpTopic(
    name: "plan-format", summary: "what stands in a plan",
    blocks: [
      .paragraph(
        "A plan is a YAML file named *.execplan.yaml, or any YAML or JSON file with a top-level \"execplan:\" key. "
          + "\"execplan schema\" prints its JSON schema; \"execplan new\" writes one to start from."),
      .literal([
        "execplan: 1                     # the version of the format, required",
        "title: Nightly load             # required",
        "params:",
        "  date: {type: date, required: true}",
        "phases:",
        "  - {id: extract, title: Extract, estimate: 1d}",
        "steps:",
        "  - id: fetch",
        "    phase: extract",
        "    run: python3 fetch.py --date \"${{ params.date }}\"",
        "    outputs: [data/events.json] # made by this step",
        "  - id: load",
        "    needs: [fetch]",
        "    retry: 2",
        "    timeout: 10m",
        "    sql: {database: \"sqlite:w.db\", file: load.sql, exactly_once: true}",
        "  - id: test",
        "    needs: [load]",
        "    check: [{exists: w.db}]",
      ]),
      .heading("Actions, exactly one a step"),
      .definitions([
        HelpBlock.Definition("run", "a shell script"),
        HelpBlock.Definition("exec", "a program and its arguments, without a shell"),
        HelpBlock.Definition("file", "a file, folder or link that is to be there, or not"),
        HelpBlock.Definition("edit", "a line, block or replacement in a file"),
        HelpBlock.Definition("sql", "statements on a database"),
        HelpBlock.Definition("http", "a request to a server; its answer becomes values"),
        HelpBlock.Definition("fetch", "a file that is got from a server"),
        HelpBlock.Definition("wait", "a port, a duration or checks that are waited for"),
        HelpBlock.Definition("check", "conditions that must hold"),
        HelpBlock.Definition("manual", "something that a person does"),
        HelpBlock.Definition("agent", "something that an agent does: its program gets a prompt, or the run waits"),
        HelpBlock.Definition("uses, with", "an external action and what it takes"),
        HelpBlock.Definition("call", "another plan as a part of this one"),
      ]),
      .heading("Other keys of a step"),
      .definitions([
        HelpBlock.Definition("needs", "steps that must be done before"),
        HelpBlock.Definition("inputs, outputs", "file patterns; the step is skipped while they are unchanged"),
        HelpBlock.Definition("creates, unless", "guards: a path that exists, a script that succeeds; then skip"),
        HelpBlock.Definition("when", "an expression; the step is skipped if it is false"),
        HelpBlock.Definition("foreach", "a list or map: one step for each item, fetch[eu]"),
        HelpBlock.Definition("expect, verify", "what the program must answer; what must hold afterwards"),
        HelpBlock.Definition("retry, timeout", "more tries after a failure; the longest time of one try"),
        HelpBlock.Definition(
          "on_conflict", "what to do if what it makes is there already: adopt, overwrite, stop"),
        HelpBlock.Definition(
          "on_interrupt", "what to do if a crash hit while it ran: ask, rerun, verify, reattach, fail"),
      ]),
    ])
}
