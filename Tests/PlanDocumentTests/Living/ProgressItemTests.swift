internal import PlanDocument
internal import SourceText
internal import Testing

struct ProgressItemTests {
  @Test(arguments: [
    ("- [ ] a", ProgressItem.State.open, " "), ("- [x] a", .done, "x"), ("* [X] a", .done, "X"),
    ("1. [x] a", .done, "x"), ("- [~] a", .partial, "~"), ("- [?] a", .unknown, "?"),
    ("- [ ??? ] a", .unknown, " ??? "),
    ("- [] a", .unknown, ""), ("- [completed] a", .done, "completed"), ("- [in_progress] a", .partial, "in_progress"),
    ("- [pending] a", .open, "pending"), ("- ✅ a", .done, "✅"), ("- [ x ] a", .done, " x "), ("- [✅] a", .done, "✅"),
    ("- ⬜ a", .open, "⬜"), ("- [ ]", .open, " "),
  ]) func readsTheStateAndItsPlace(text: String, state: ProgressItem.State, mark: String) throws {
    let (items, source) = LivingText.progress(text)
    let item = try #require(items.first)
    #expect(item.state == state)
    #expect(source.text(item.stateRange) == mark)
    #expect(source.text(item.text) == (text.hasSuffix("a") ? "a" : ""))
  }

  @Test(arguments: [
    "- a", "- [link](x.md) a", "- [1] a", "- [P1] a", "- [x](y) a", "- [a long text in brackets] a", "- [x]a",
  ])
  func readsNoStateWhereThereIsNone(text: String) {
    #expect(LivingText.progress(text).items.isEmpty)
  }

  @Test func knowsNestingAndFurtherLines() throws {
    let (items, source) = LivingText.progress(
      "- [x] (2026-03-01) One that\n  goes on\n  - [ ] inner\n    goes on too\n- [ ] Two\n\n  A second paragraph.\n")
    #expect(items.map(\.depth) == [0, 1, 0])
    #expect(items.map { $0.continuation.map { source.text($0) } } == [["goes on"], ["goes on too"], []])
  }

  @Test func boxesInOtherSectionsAreKeptApart() {
    let (living, _, _) = LivingText.read(
      """
      - [ ] above

      # Plan

      ## Progress

      - [x] a

      ### Later

      - [ ] b

      ## Validation and Acceptance

      - [ ] c
      - ✅ decoration
      """)
    #expect(living.progress.count == 2)
    #expect(living.checkboxesElsewhere.count == 2)
  }

  @Test(arguments: [
    ("- [ ] `build`: b", ItemPrefix.Kind.identifier, "build", "`build`"),
    ("- [x] (2026-03-01 12:00Z) `a.b-c_1` b", .identifier, "a.b-c_1", "`a.b-c_1`"),
    ("- [ ] M1.2 b", .milestone, "1.2", "M1.2"), ("- [ ] **M0** — b", .milestone, "0", "M0"),
    ("- [x] 2026-03-01: Milestone 3: b", .milestone, "3", "Milestone 3"), ("- [ ] phase 2 b", .phase, "2", "phase 2"),
    ("- [ ] Stage A: b", .stage, "A", "Stage A"), ("- [ ] EP-3: b", .plan, "3", "EP-3"),
    ("- [ ] 里程碑 0：b", .milestone, "0", "里程碑 0"), ("- [ ] Work item 4 b", .task, "4", "Work item 4"),
  ]) func readsThePrefix(text: String, kind: ItemPrefix.Kind, name: String, written: String) throws {
    let (items, source) = LivingText.progress(text)
    let prefix = try #require(items.first?.prefix)
    #expect(prefix.kind == kind)
    #expect(prefix.name == name)
    #expect(source.text(prefix.range) == written)
  }

  @Test(arguments: ["- [ ] Make it", "- [ ] `a b` c", "- [ ] Stages", "- [ ] Milestone reached", "- [ ] M", "- [ ] `"])
  func readsNoPrefixWhereThereIsNone(text: String) {
    #expect(LivingText.progress(text).items.first?.prefix == nil)
  }

  /// A long file is read once: nothing here compares timings, but work that grows with the square would not end.
  @Test func readsALongProgressOfLongLines() {
    let line = "- [x] (2026-03-01 12:00Z) `a`: " + String(repeating: "word 2026-03-01 [x] (", count: 250)
    let (items, _) = LivingText.progress(Array(repeating: line, count: 400).joined(separator: "\n"))
    #expect(items.count == 400)
  }
}
