internal import Reporting
internal import Testing

struct ShowTests {
  @Test func textHasTheSectionsInTheOrderOfTheReview() {
    #expect(
      Fixture.showView.text(.plain) == """
        Demo plan
          Dashboards at six.
          See report.md.

        Project overview
          - plan: demo (yaml)
          - strategy: brownfield
          - steps: 2
          - phases: Extract
          - estimate, summed: 3 d 1 h
          - estimate, critical path: 2 d to 3 d
          - critical path: fetch -> load
          - progress: 1 done, 2 open
          - last activity: 2026-08-30 12:03:44Z
          - not declared: 1 command block (execplan adopt declares them)

        Phases

        Extract (extract)
          - objective: raw data on disk
          - estimate: 3d
          - owner: ann
          - deliverables: data/*.json
          - gate: data/*.json exists
          - steps: fetch (2-3d)

        Resources
          - team: data engineer (1 FTE), reviewer
          - infrastructure: postgres 15
          - budget: 2000 EUR

        Success factors
          - under 500 ms

        Risks
          risk           impact  mitigation
          Schema drifts  high    contract | check

        Milestones
          milestone   date        criteria
          First load  2026-12-01  counts match

        Steps
          step   title        action  phase    estimate  needs
          fetch  Fetch <raw>  run     extract  2-3d
          load                sql                        fetch

        Prose
          - line 9: bash

        What is asked
          - approve all: execplan apply demo
          - modify: edit demo.yaml

        """)
  }

  @Test func markdownEscapesWhatItWouldReadAsMarkup() {
    let text = Fixture.showView.markdown()
    #expect(
      text.hasPrefix(
        "# Execution Plan Summary: Demo plan\n\nDashboards at six.\n\nSee report.md.\n\n## Project Overview\n\n- Plan: demo (yaml)\n"
      ))
    #expect(text.contains("### Phase 1: Extract (3d)\n\n**Objective**: raw data on disk\n"))
    #expect(text.contains("**Key Deliverables**:\n\n- data/\\*.json\n"))
    #expect(
      text.contains(
        "| Risk | Impact | Mitigation |\n| --- | --- | --- |\n| Schema drifts | high | contract \\| check |\n"))
    #expect(text.contains("| fetch | Fetch \\<raw\\> | run | 2-3d | — |\n"))
  }

  @Test func jsonHasEstimatesInMilliseconds() throws {
    let root = try Fixture.parsed(Fixture.showView.json())
    let steps = try #require(root["steps"] as? [[String: Any]])
    #expect(steps[0]["estimate_ms"] as? Int == 1440 * 60_000)
    #expect((steps[0]["estimate"] as? [String: Any])?["low_minutes"] as? Int == 960)
    #expect((root["critical_path"] as? [String: Any])?["ids"] as? [String] == ["fetch", "load"])
    #expect((root["candidates"] as? [[String: Any]])?.first?["line"] as? Int == 9)
    #expect((root["progress"] as? [String: Any])?["last_activity"] as? String == "2026-08-30T12:03:44.250Z")
    #expect((root["sections"] as? [[String: Any]])?.first?["kind"] as? String == "purpose")
    #expect((root["phases"] as? [[String: Any]])?.first?["steps"] as? [String] == ["fetch"])
  }
}
