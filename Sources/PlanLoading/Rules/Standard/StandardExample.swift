/// A short markdown plan for the examples of rules, with what differs put in.
enum StandardExample {
  static func plan(
    title: String = "# Load the events every night\n\n", head: String = "This ExecPlan is a living document.\n\n",
    more: String = "", progressHeading: String = "Progress",
    progress: String = "- [x] (2026-03-01 12:00Z) Wrote the loader.\n- [ ] Load the first night.\n",
    surprises: String = "None yet.\n", decisions: String = "None yet.\n", outcomes: String = "None yet.\n",
    end: String = ""
  ) -> String {
    """
    \(title)\(head)\(more)## \(progressHeading)

    \(progress)
    ## Surprises & Discoveries

    \(surprises)
    ## Decision Log

    \(decisions)
    ## Outcomes & Retrospective

    \(outcomes)\(end)
    """
  }
}
