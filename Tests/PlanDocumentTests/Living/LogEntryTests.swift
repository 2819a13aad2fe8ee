internal import PlanDocument
internal import SourceText
internal import Testing

struct LogEntryTests {
  private static func decisions(_ text: String) -> (entries: [DecisionEntry], source: SourceFile) {
    let (living, _, source) = LivingText.read("# Plan\n\n## Decision Log\n\n\(text)\n")
    return (living.decisions, source)
  }

  @Test(arguments: [
    "- Decision: a\n  Rationale: b\n  Date/Author: c\n",
    "- **Decision:** a\n  **Rationale:** b\n  **Date/Author:** c\n",
    "- Decision: a\n- Rationale: b\n- Date/Author: c\n",
    "- Decision: a\n  - Rationale: b\n  - Date/Author: c\n",
    "- 决策：a\n  理由：b\n  日期/作者：c\n",
    "- Entscheidung: a\n  Begründung: b\n  Datum/Autor: c\n",
    "- 결정: a\n  근거: b\n  날짜/작성자: c\n",
    "Decision: a\nRationale: b\nDate/Author: c\n",
    "### Decision: a\n\nRationale: b\n\nDate / Author: c\n",
    "- _Decision_: a\n  _Rationale_: b\n  _Date/Author_: c\n",
  ]) func readsEachForm(text: String) throws {
    let (entries, source) = Self.decisions(text)
    #expect(entries.count == 1)
    let entry = try #require(entries.first)
    #expect(entry.decision.map { source.text($0.text) } == "a")
    #expect(entry.rationale.map { source.text($0.text) } == "b")
    #expect(entry.date.map { source.text($0.text) } == "c")
  }

  @Test func labelsInTheMiddleOfALineCount() throws {
    let (entries, source) = Self.decisions(
      "- Decision: use a file. Rationale: it is simple. Date/Author: 2026-03-01, ada\n")
    let entry = try #require(entries.first?.entry)
    #expect(entry.fields.map { source.text($0.labelRange) } == ["Decision", "Rationale", "Date/Author"])
  }

  @Test func wordsThatAreNoLabelsDoNotCount() throws {
    let (entries, _) = Self.decisions("- Decision: the reason: unknown, see http://x.y/z: it\n")
    #expect(entries.first?.entry.fields.count == 1)
  }

  @Test func fieldsGoOnOverSeveralLines() throws {
    let (entries, source) = Self.decisions("- Decision: a\n  b\n  Rationale: c\n  d\n")
    let entry = try #require(entries.first)
    #expect(entry.decision.map { source.text($0.text) } == "a\n  b")
    #expect(entry.rationale.map { source.text($0.text) } == "c\n  d")
  }

  @Test func eachEntryStandsForItself() {
    let (entries, _) = Self.decisions(
      "- Decision: a\n  Rationale: b\n\n- Decision: c\n  Date: 2026-03-01\n\n- 2026-03-02: plain\n\n- None yet.\n")
    #expect(entries.count == 4)
    #expect(entries.map { $0.rationale != nil } == [true, false, false, false])
    #expect(entries[2].entry.timestamp != nil)
    #expect(entries.map(\.entry.isPlaceholder) == [false, false, false, true])
  }

  @Test func aHeadingOverAGroupIsNoEntry() {
    let (entries, _) = Self.decisions("### March\n\n- Decision: a\n- Decision: b\n\n### April\n\n- Decision: c\n")
    #expect(entries.count == 3)
  }

  @Test func surprisesHaveAnObservationAndEvidence() throws {
    let (living, _, source) = LivingText.read(
      "## Surprises & Discoveries\n\n- Observation: a\n  Evidence (local): b\n- Observation: c\n")
    #expect(living.surprises.count == 2)
    #expect(living.surprises[0].evidence.map { source.text($0.text) } == "b")
    #expect(living.surprises[1].evidence == nil)
  }

  @Test(arguments: [
    ("", OutcomesText.State.empty), ("None yet.\n", .placeholder),
    ("To be written when the work is done.\n", .placeholder),
    ("(To be completed)\n", .placeholder), ("TBD\n", .placeholder), ("- None yet.\n", .placeholder),
    ("暂无。\n", .placeholder),
    ("The loader runs.\n", .filled), ("- Loaded 3 nights.\n", .filled), ("| a | b |\n|---|---|\n| c | d |\n", .filled),
    ("No regressions: `make test` passes with 12 tests, and the loader runs.\n", .filled), ("```\nout\n```\n", .filled),
  ]) func outcomesAreFilledOrNot(text: String, state: OutcomesText.State) {
    let (living, _, _) = LivingText.read("## Outcomes & Retrospective\n\n\(text)\n## Context and Orientation\n\nx\n")
    #expect(living.outcomes?.state == state)
  }
}
