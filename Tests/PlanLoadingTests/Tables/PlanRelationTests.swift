internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import PlanLoading

/// What plans say about other plans.
struct PlanRelationTests {
  static let text = """
    ---
    execplan: 1
    depends_on: [plans/1.md, other-plan]
    master_plan: "plans/0-master.md"
    ---
    # Plan

    > **Depends-On:** `docs/a.md`, `b.md` — both
    > **Predecessor:** TBD
    > **Successor:** `plans/next.md`, `later.md`

    Status: open

    ## Registry

    | # | Title | Path | Hard Deps | Soft Deps | Status |
    |---|-------|------|-----------|-----------|--------|
    | EP-1 | One | plans/1.md | None | None | Complete |
    | EP-2 | Two | [two](2.md#top) | EP-1 | — | |
    | EP-3 | Three | `3.md` | None | EP-1, EP-2 | |
    | EP-4 | Code | src/main.py | EP-1 | | |
    """

  @Test func frontMatterLinesAndTablesAreRead() {
    let relations = MarkdownExample(Self.text).plan.relations
    #expect(
      relations.map { "\($0.subject?.value ?? "") \($0.kind.rawValue) \($0.target.value)" } == [
        " depends_on plans/1.md", " depends_on other-plan", " master plans/0-master.md", " depends_on docs/a.md",
        " depends_on b.md", " precedes plans/next.md", " precedes later.md", " lists plans/1.md", " lists 2.md",
        "2.md depends_on plans/1.md", " lists 3.md", "3.md soft plans/1.md", "3.md soft 2.md",
      ])
  }

  @Test func aPlanThatIsNotThereIsAFinding() {
    let example = MarkdownExample(
      Self.text, path: "plans/x.md", exists: ["plans/1.md", "plans/0-master.md", "plans/b.md", "plans/2.md", "3.md"])
    #expect(example.findings == ["EP323@8:19"])
  }

  @Test(arguments: [
    ("a.md", "plans/x.md", ["a.md", "plans/a.md"]), ("../a.md", "plans/x.md", ["../a.md", "a.md"]),
    ("./a.md", "x.md", ["a.md", "a.md"]), ("../../a.md", "plans/x.md", ["../../a.md"]),
  ]) func pathsAreLookedForFromTheRootAndFromThePlan(path: String, plan: String, expected: [String]) {
    #expect(PlanPath.candidates(path, of: plan) == expected)
  }
}
