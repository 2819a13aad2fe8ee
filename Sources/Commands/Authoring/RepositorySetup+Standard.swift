extension RepositorySetup {
  /// The `PLANS.md` of a repository that has none.
  static let standardPage = """
    # ExecPlans in this repository

    An ExecPlan is a document by which somebody who knows nothing of this project can do a piece of work and prove that
    it is done. It is written before the work, corrected while it goes on, and left behind as its record. `execplan`
    reads it, runs the steps that it declares, and keeps its living sections true.

    Plans live in `plans/`. `execplan new "Title"` writes one to start from.

    ## What every plan is

    - Self-contained. The plan and a clone of the repository are enough.
    - About what can be seen. It begins with what becomes possible, and ends with evidence.
    - Runnable. Commands stand as steps with their working folder and what they must print.
    - Safe to repeat. Each step says why running it twice does no harm, or has a guard, or an undo.
    - Alive. Progress, surprises and decisions are written down when they happen.

    ## Required Sections

    1. Purpose / Big Picture
    2. Progress
    3. Surprises & Discoveries
    4. Decision Log
    5. Outcomes & Retrospective
    6. Context and Orientation
    7. Plan of Work
    8. Concrete Steps
    9. Validation and Acceptance
    10. Idempotence and Recovery
    11. Artifacts and Notes
    12. Interfaces and Dependencies

    They stand as `##` headings in this order.

    ## How a plan is used

    1. `execplan validate` says what is missing.
    2. `execplan show PLAN` is the summary to review, `execplan plan PLAN` says what would run and why.
    3. `execplan apply PLAN --write-back` runs it and ticks Progress. After a failure: repair, then
       `execplan apply PLAN --resume --write-back`.
    4. `execplan note PLAN decision "..." --why "..."` and `execplan note PLAN surprise "..." --evidence -` write down
       what was decided and found.
    5. When everything is ticked, write Outcomes.

    Dates are in UTC. Paths are relative to the root of the repository, and commands run there unless a step says
    otherwise.

    ## Active ExecPlan Index

    One line for each plan: date, name, status (planned, in_progress, blocked, done) and owner, with " - " between them.

    """
}
