internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText
internal import Testing

struct RepositoryStandardTests {
  private static func read(_ text: String) -> RepositoryStandard {
    RepositoryStandard(reading: SourceFile(path: "PLANS.md", text: text))
  }

  @Test func readsTheListOfRequiredSections() {
    let standard = Self.read(
      """
      # PLANS.md

      ## Required Sections (Mandatory)

      Each plan has:

      1. Purpose / Big Picture
      2. **Progress**: a checklist
         - nested text
      3. `Decision Log` — why
      4. Security Review
      5. Artifacts and Notes (optional)

      ## Skeleton

          # Title

          ## Purpose / Big Picture
          ## Progress
          ## Surprises & Discoveries
          ## Outcomes & Retrospective
      """)
    #expect(standard.sections.map(\.title) == ["Purpose / Big Picture", "Progress", "Decision Log", "Security Review"])
    #expect(standard.sections.map(\.kind) == [.purpose, .progress, .decisions, .other])
    #expect(standard.sections.map(\.line) == [7, 8, 10, 11])
  }

  private static let skeleton = """
    # <title>

    ## Purpose / Big Picture

    Why.

    ## Progress

    - [ ] one

    ## Decision Log

    ### Format

    ## Rollout

    ## Notes (optional)
    """

  @Test func readsAFencedAndAnIndentedSkeleton() {
    let indented = Self.skeleton.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
    for text in ["# PLANS\n\nText.\n\n```md\n\(Self.skeleton)\n```\n", "# PLANS\n\nText.\n\n\(indented)\n\nMore.\n"] {
      #expect(
        Self.read(text).sections.map(\.title) == ["Purpose / Big Picture", "Progress", "Decision Log", "Rollout"])
    }
  }

  @Test func aFileWithoutListAndSkeletonDemandsNothing() {
    #expect(Self.read("# PLANS\n\n## Required tools\n\n- make\n\n    make load\n").sections.isEmpty)
    #expect(Self.read("## Required Sections\n\n- apples\n- pears\n- plums\n").sections.isEmpty)
    #expect(Self.read("").sections.isEmpty)
  }

  @Test func whatTheRepositoryDemandsReplacesTheStandard() {
    let standard = Self.read("## Required sections\n\n- Purpose\n- Progress\n- Decision Log\n- Security Review\n")
    let text = "# Plan\n\nA living document.\n\n## Progress\n\n- [ ] a\n\n## Decision Log\n\nNone yet.\n"
    let found = StandardFindings.of(text, StandardProfile(repository: standard)).filter { $0.rule.code == "EP601" }
    #expect(
      found.map(\.message) == ["the section \"Purpose\" is missing", "the section \"Security Review\" is missing"])
    #expect(found.map(\.notes) == [["\"PLANS.md\" requires it, line 3"], ["\"PLANS.md\" requires it, line 6"]])
    #expect(found.allSatisfy { $0.severity == .warning })
    // Under codex the standard holds as well, and all are errors.
    let strict = StandardFindings.of(text, StandardProfile(level: .codex, repository: standard))
      .filter { $0.rule.code == "EP601" }
    #expect(strict.count == 11)
    #expect(strict.allSatisfy { $0.severity == .error })
  }

  @Test func theIndexIsHeldAgainstThePlan() {
    let standard = Self.read(
      "# PLANS\n\n## Active ExecPlan Index\n\n- `2026-03-01 - Load - status: done - owner: ada`\n- YYYY-MM-DD - x - status: y\n"
    )
    #expect(standard.index.map(\.name) == ["Load"])
    func messages(_ progress: String) -> [String] {
      StandardFindings.of("# Load\n\n## Progress\n\n\(progress)\n", StandardProfile(repository: standard))
        .filter { $0.rule.code == "EP614" }.map(\.message)
    }
    #expect(
      messages("- [ ] a") == ["\"PLANS.md\" says \"done\" of this plan on line 5, but 1 item of Progress is open"])
    #expect(messages("- [x] a").isEmpty)
  }
}
