internal import Markdown
internal import PlanDocument
internal import SourceText
internal import Testing

@Suite struct PlanPartTests {
  private func plan(_ text: String) -> MarkdownPlan { MarkdownPlan.read(SourceFile(path: "x.md", text: text)) }

  /// One line a part: its heading, `*` for a plan, and the kinds of its sections.
  private func outline(_ headings: String) -> String {
    let plan = plan(headings.split(separator: ";").map { $0 + "\n\ntext\n\n" }.joined())
    return plan.parts.map { part in
      let kinds = part.sections.map { "\(plan.sections[$0].kind)" }.joined(separator: " ")
      return "\(part.heading.map { plan.sections[$0].heading.value } ?? "-")\(part.isPlan ? "*" : ""): \(kinds)"
    }.joined(separator: "; ")
  }

  @Test(arguments: [
    ("", "-: "),
    ("# T;## Progress;## Decision Log;## Outcomes", "T*: progress decisions outcomes"),
    ("## Progress;## Steps;### Validation", "-: progress steps"),
    ("# T;## Part;### Progress;## Steps;## Validation", "T: progress steps validation"),
    (
      "# T;## Goal;## Milestones;### M1;#### Goal;#### Validation;### M2;#### Goal;#### Validation;## Progress",
      "T: purpose progress; M1: purpose validation; M2: purpose validation"
    ),
    (
      "# A;## Progress;## Decision Log;## Outcomes;# B;## Progress;## Decision Log;## Outcomes",
      "A*: progress decisions outcomes; B*: progress decisions outcomes"
    ),
    (
      "# T;## Run 1;### Progress;### Decisions;### Surprises;## Run 2;### Progress;### Decisions;### Surprises",
      "Run 1*: progress decisions surprises; Run 2*: progress decisions surprises"
    ),
    ("# T;## Plan of Work;### M1;#### Steps;#### Validation", "T: work; M1: steps validation"),
    ("# T;# Progress;# Decision Log", "-: progress decisions"),
  ])
  func sectionsBelongToTheirPlan(headings: String, expected: String) {
    #expect(outline(headings) == expected)
  }

  @Test(arguments: [
    ("Progress", SectionKind.progress), ("progress", .progress), ("3. Progress", .progress), ("1) Purpose", .purpose),
    ("2.1 Decision Log:", .decisions), ("Decision Log (what changed, why, date)", .decisions),
    ("Progress (Update First)", .progress), ("Progress / 진행 상황", .progress), ("目的 / Purpose", .purpose),
    ("**Progress**", .progress), ("Outcomes & Retrospective", .outcomes), ("Outcomes and retrospective", .outcomes),
    ("Purpose / Big Picture", .purpose), ("Progress — updated daily", .progress), ("进度（更新）", .progress),
    ("Validation: how to see it", .validation), ("Progress: ", .progress), ("Artefacts and notes", .artifacts),
    ("Milestone 1: Progress", .other), ("Milestone 2 (Validation)", .other), ("Progressive rollout", .other),
    ("", .other), ("Progress of the whole team", .other), ("12 Progress", .progress), ("Suprises", .other),
  ])
  func headingsNameAKind(heading: String, expected: SectionKind) {
    #expect(SectionNames.kind(of: heading.utf8) == expected)
  }

  @Test func headingsInItemsAndCodeAreNoSections() {
    let plan = plan("# T\n\n- a\n\n  ## Progress\n\n```\n## Steps\n```\n\n    ## Validation\n\n> ## Recovery\n")
    #expect(plan.sections.map(\.heading.value) == ["T"])
  }

  @Test func aSectionKnowsWhatStandsInIt() throws {
    let plan = plan("# T\n\n## Progress\n\na\n\n### Deep\n\nb\n\n## Steps\n\nc\n")
    let progress = try #require(plan.ownSection(.progress))
    #expect(plan.markdown.blocks[progress.body].count == 3)
    #expect(plan.ownSection(.recovery) == nil)
  }
}
