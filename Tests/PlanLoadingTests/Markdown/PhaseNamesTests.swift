internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import Testing

/// How steps of a markdown plan name the phases that its headings are.
struct PhaseNamesTests {
  private static func sketch(_ name: String, phases: String) -> MarkdownSketch {
    MarkdownSketch.steps("\(phases)### Step `a`: A\n\nPhase: `\(name)`\n\n    true\n")
  }

  private static let two = "### Milestone 1: The data\n\n### Phase `extract`: Get it\n\n### Other\n\n"

  @Test(arguments: [
    ("milestone-2", "milestone-1"), ("Milestone 1", "milestone-1"), ("milestone1", "milestone-1"),
    ("extrakt", "extract"), ("Milestone 1: The dat", "milestone-1"), ("Get it", "extract"),
  ])
  func aNameThatNoHeadingHasIsAWarningWithTheNearestOne(name: String, nearest: String) throws {
    let sketch = Self.sketch(name, phases: Self.two)
    let findings = sketch.findings.filter { $0.severity != .info }
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.rule.code == "EP235" && finding.severity == .warning)
    #expect(finding.message == "no heading is the phase \"\(name)\", so \"a\" belongs to none")
    #expect(finding.notes == ["did you mean \"\(nearest)\"?"] && finding.related.count == 1)
    #expect(finding.fix?.replacements.map(\.text) == [nearest])
    #expect(sketch.step("a")?.phase == nil && sketch.plan?.phases.count == 2)
  }

  @Test func withoutAHeadingThatIsNearAllAreListed() throws {
    let far = Self.sketch("something-else", phases: Self.two)
    let notes = far.findings.filter { $0.severity != .info }.map(\.notes)
    #expect(notes == [["the phases are \"milestone-1\", \"extract\""]])
    let none = Self.sketch("phase-1", phases: "")
    #expect(none.places == ["EP235@10:9"] && none.step("a") != nil)
    #expect(none.findings.contains { $0.notes.first?.hasPrefix("write a heading for it") == true })
  }

  @Test func whatFollowsAnIdInBackticksIsTheTitle() throws {
    let sketch = MarkdownSketch.steps(
      "### Phase `one`: First\n\n### Phase `two`\n\n### Milestone `three` — Third\n\n### Step `a`: A\n\n    true\n")
    #expect(sketch.plan?.phases.map(\.id.value) == ["one", "two", "three"])
    #expect(sketch.plan?.phases.map(\.title) == ["First", "Phase `two`", "Third"])
  }
}
