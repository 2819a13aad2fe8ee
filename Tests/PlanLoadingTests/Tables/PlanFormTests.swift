internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import PlanLoading

/// The two forms of plan documents that are older than the standard.
struct PlanFormTests {
  static let summary = """
    # Execution Plan Summary

    Move the order history into the warehouse,
    so that finance sees yesterday's numbers at eight.

    ## Project Overview
    - Total Stories/Tasks: 5
    - Number of Phases: 2

    ## Phase Breakdown

    ### Phase 1: Foundations (Week 1-2)
    **Objective**: Agree on the tables
    - Story/Task 1: Draw the schema - 2 days
    - Story/Task 2: Set up the warehouse - with backups - 3 days

    **Key Deliverables**:
    - `schema.sql`
    - A running warehouse

    **Dependencies**: None

    ### Phase 2: Loading (Week 3–5)
    **Objective**: Fill the tables each night
    - Story/Task 1: Write the loader - 1 week
    - Story/Task 2: Alarm on late loads (0.5 day)
    - Story/Task 3: Agree on names

    **Key Deliverables**: the nightly job, a page of help (in two languages, short)

    **Dependencies**: Phase 1, credentials of the shop

    ## Resource Requirements
    - Team Composition: data engineer (1 FTE), analyst
    - **Infrastructure**: one server, storage (200 GB, mirrored)
    - Estimated Budget: 9,000 EUR

    ## Critical Success Factors
    - Loads end before six
    - Nobody exports by hand

    ## Known Risks
    - The shop changes its schema: read it from the contract tests
    - Nobody has time
    """

  @Test func aSummaryOfAnExecutionPlanIsRead() throws {
    let plan = MarkdownExample(Self.summary).plan
    #expect(plan.title == "Execution Plan Summary")
    #expect(
      plan.notes.purpose
        == "Move the order history into the warehouse, so that finance sees yesterday's numbers at eight.")
    #expect(plan.phases.map(\.id.value) == ["phase-1", "phase-2"])
    let first = try #require(plan.phases.first)
    #expect(first.title == "Foundations" && first.objective == "Agree on the tables")
    #expect(first.estimate == Estimate(text: "Week 1-2", lowMinutes: 4800, highMinutes: 4800))
    #expect(first.deliverables == ["schema.sql", "A running warehouse"])
    #expect(first.needs == [] && first.dependencies == nil)
    let second = plan.phases[1]
    #expect(second.deliverables == ["the nightly job", "a page of help (in two languages, short)"])
    #expect(second.needs?.map(\.value) == ["phase-1"] && second.dependencies == "Phase 1, credentials of the shop")
    #expect(second.estimate?.highMinutes == 7200)
    #expect(
      plan.tasks.map { "\($0.id.value) \($0.title) \($0.estimate?.text ?? "?")" } == [
        "phase-1.1 Draw the schema 2 days", "phase-1.2 Set up the warehouse - with backups 3 days",
        "phase-2.1 Write the loader 1 week", "phase-2.2 Alarm on late loads 0.5 day", "phase-2.3 Agree on names ?",
      ])
    #expect(plan.notes.team == [.init(role: "data engineer", fte: "1"), .init(role: "analyst")])
    #expect(plan.notes.infrastructure == ["one server", "storage (200 GB, mirrored)"])
    #expect(plan.notes.budget == "9,000 EUR")
    #expect(plan.notes.successFactors == ["Loads end before six", "Nobody exports by hand"])
    #expect(
      plan.notes.risks == [
        .init(risk: "The shop changes its schema", mitigation: "read it from the contract tests"),
        .init(risk: "Nobody has time"),
      ])
  }

  static let implementation = """
    ## Implementation Plan: Order Scores

    ### Overview
    | Attribute | Value |
    |-----------|-------|
    | Start Date | 2026-03-02 |
    | Target Completion | 2026-05-29 |
    | Team Size | 4 |
    | Sprints/Iterations | 6 |

    ### Phase Breakdown
    | Phase | Duration | Key Deliverables |
    |-------|----------|------------------|
    | Data Pipeline | 2 sprints | raw tables, quality report |
    | Serving | a while | scoring service |

    ### Component: Loader

    **Owner:** Ines
    **Estimated Effort:** 9 days
    **Dependencies:** None

    #### Tasks
    | ID | Task | Effort | Dependency | Status |
    |----|------|--------|------------|--------|
    | T1 | Read the export | 2d | — | DONE |
    | T2 | Check the columns | 3d | T1 | TODO |

    #### Acceptance Criteria
    - [ ] A day loads in ten minutes

    #### Quality Gates
    - [ ] Code review passed

    ### Component: Scoring service

    **Owner:** Tom
    **Estimated Effort:** 2 sprints
    **Dependencies:** Loader, a contract

    #### Tasks
    | ID | Task | Effort | Dependency | Status |
    |----|------|--------|------------|--------|
    | T1 | Contract | M | Loader | TODO |

    ### Milestones
    | Milestone | Date | Criteria |
    |-----------|------|----------|
    | First scores | 2026-04-10 | on a sample |

    ### Risks
    | Risk | Likelihood | Impact | Mitigation |
    |------|------------|--------|------------|
    | Export is late | M | H | ask for a second feed |

    ### Quality Gates
    | Gate | Timing | Criteria |
    |------|--------|----------|
    | Load review | after Loader | two people read the report |
    | Go live | before Serving | load test passed |
    | Retrospective | in June | |
    """

  @Test func anImplementationPlanIsReadWithAllItsTables() throws {
    let example = MarkdownExample(Self.implementation)
    let plan = example.plan
    #expect(plan.title == "Order Scores")
    #expect(plan.notes.schedule.start == "2026-03-02" && plan.notes.schedule.target == "2026-05-29")
    #expect(plan.notes.schedule.teamSize == "4" && plan.notes.schedule.sprints == "6")
    #expect(plan.phases.map(\.id.value) == ["data-pipeline", "serving", "loader", "scoring-service"])
    #expect(plan.phases.map(\.isComponent) == [false, false, true, true])
    #expect(plan.phases[0].estimate?.highMinutes == 9600 && plan.phases[0].deliverables.count == 2)
    #expect(plan.phases[1].effort == "a while")
    #expect(plan.phases[2].owner == "Ines" && plan.phases[2].needs == [])
    #expect(plan.phases[2].criteria == ["A day loads in ten minutes", "Code review passed"])
    #expect(plan.phases[3].needs?.map(\.value) == ["loader"] && plan.phases[3].dependencies == "Loader, a contract")
    #expect(example.ids == ["loader.T1", "loader.T2", "scoring-service.T1"])
    #expect(
      example.needs == ["loader.T2<loader.T1", "scoring-service.T1<loader.T1", "scoring-service.T1<loader.T2"])
    #expect(plan.notes.milestones == [.init(name: "First scores", date: "2026-04-10", criteria: "on a sample")])
    #expect(plan.notes.risks.first?.likelihood == "M" && plan.notes.risks.first?.impact == "H")
    #expect(
      plan.notes.qualityGates.map(\.place) == [.after(phase: "loader"), .before(phase: "serving"), nil])
    #expect(example.findings.isEmpty)
  }

  @Test func componentsInACircleAreAFinding() {
    let example = MarkdownExample(
      """
      # Plan

      ### Component: A

      **Dependencies:** B

      ### Component: B

      **Dependencies:** A
      """)
    #expect(example.findings == ["EP326@9:19"])
    #expect(example.plan.phases.map { $0.needs?.map(\.value) } == [["b"], []])
  }

  @Test func tasksBecomeStepsOnlyWhenThePlanSaysSo() throws {
    let body = Self.implementation.replacing("### Milestones", with: "### More")
    #expect(MarkdownExample(body).plan.steps.isEmpty)
    let example = MarkdownExample("---\nexecplan: 1\ntasks: manual\n---\n" + body)
    let plan = example.plan
    #expect(
      plan.steps.map(\.id.value) == [
        "loader.T1", "loader.T2", "scoring-service.T1", "loader.acceptance",
      ])
    let acceptance = try #require(plan.steps.last)
    #expect(acceptance.needs.map(\.value) == ["loader.T1", "loader.T2"])
    guard case .manual(let manual) = acceptance.action else {
      Issue.record("not manual")
      return
    }
    #expect(
      manual.acceptance.criteria
        == [
          "A day loads in ten minutes", "Code review passed", "Load review: two people read the report",
        ].map { .text(Template(literal: $0)) })
    #expect(plan.steps[1].estimate?.text == "3d" && plan.steps[1].phase?.value == "loader")
  }

  @Test func whatIsWrongWithManualTasksIsAnError() {
    let text = """
      ---
      execplan: 1
      tasks: manual
      ---
      # Plan

      | ID | Task | Depends on |
      |---|---|---|
      | T1 | a | T7 |
      | T2 | b | T2 |
      """
    let example = MarkdownExample(text)
    #expect(example.findings.contains("EP320@9:12") && example.findings.contains("EP322@10:12"))
    #expect(example.diagnostics.filter { $0.rule.code.hasPrefix("EP32") }.allSatisfy { $0.severity == .error })
    let wrong = MarkdownExample(text.replacing("tasks: manual", with: "tasks: automatic"))
    #expect(wrong.findings.contains("EP204@3:8"))
  }

  @Test(arguments: [
    ("Phase 1: Extract (Week 1-2)", "phase-1", "Extract", "Week 1-2"),
    ("3. Milestone 2 — API", "milestone-2", "API", ""),
    ("Phase 2", "phase-2", "Phase 2", ""), ("Component: Data Loader", "data-loader", "Data Loader", ""),
    ("**Stage 3** - x (2 weeks)", "stage-3", "x", "2 weeks"),
    ("Phase 1 Tasks (GraphQL)", "phase-1", "Tasks (GraphQL)", ""),
    ("Phase Breakdown", "", "", ""), ("Phases", "", "", ""), ("Milestones", "", "", ""), ("Component", "", "", ""),
  ]) func headingsOfPhasesHaveAnID(text: String, id: String, title: String, schedule: String) {
    let label = PhaseLabel(text)
    #expect(label?.id ?? "" == id && label?.title ?? "" == title && label?.schedule ?? "" == schedule)
  }
}
