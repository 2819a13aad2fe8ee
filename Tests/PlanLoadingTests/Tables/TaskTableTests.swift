internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import PlanLoading

/// Tables that list tasks.
struct TaskTableTests {
  /// Header rows in the shapes that plans in public repositories have, each with two rows of which the second needs the
  /// first.
  static let shapes: [(header: String, first: String, second: String)] = [
    ("| ID | Task | Effort | Dependency | Status |", "| T1 | Dig | 2h | - | TODO |", "| T2 | Fill | 1h | T1 | TODO |"),
    ("| ID | Title | depends_on | ac |", "| 1 | Dig | — | x |", "| 2 | Fill | 1 | x |"),
    ("| # | Task | Estimate | Dependencies |", "| 1.1 | Dig | S | — |", "| 1.2 | Fill | M | 1.1 |"),
    ("| Order | ID | Task | Priority | Depends On |", "| 1 | A1 | Dig | P0 | - |", "| 2 | A2 | Fill | P0 | A1 |"),
    (
      "| # | Title | Path | Hard Deps | Soft Deps | Status |", "| 60 | Dig | a.md | None | None | Done |",
      "| 61 | Fill | b.md | EP-60 | None | |"
    ),
    (
      "| Task | Title | Status | Effort | Depends on |", "| [001](001.md) | Dig | Done | S | - |",
      "| [002](002.md) | Fill | | S | 001 |"
    ),
    (
      "| Phase | PRs (est.) | Depends on |", "| P0 harness (small) | 2 | — (can start) |",
      "| P1 drivers | 3 | P0 harness |"
    ),
    ("| Task | Depends on |", "| Dig | none |", "| Fill | Dig |"),
    ("| Step | Description | Deps |", "| 1 | Dig | |", "| 2 | Fill | 1 |"),
    ("| Task ID | Description | Depends | Owner |", "| T-001 | Dig | None | ana |", "| T-002 | Fill | T-001 | ben |"),
    ("| ID | Task | Blocked By | Status |", "| **D-1** | Dig | - | ✅ |", "| **D-2** | Fill | D-1 | ⬜ Pending |"),
    ("| ID | Task | Blocks |", "| A | Dig | B |", "| B | Fill | - |"),
    ("| ID | Task | Enables |", "| S1 | Dig | S2 |", "| S2 | Fill | — |"),
    ("| 编号 | 任务 | 依赖 | 状态 |", "| 1 | 挖 | 无 | ✅ 已完成 |", "| 2 | 填 | 1 | ⏳ 待开始 |"),
    ("| Milestone | Dependencies | Status |", "| M1 — dig | none | done |", "| M2 — fill | M1 | open |"),
    ("| Ticket | Summary | Prerequisites |", "| X-7 | Dig | n/a |", "| X-8 | Fill | X-7 |"),
    ("| Time | Task | Depends on |", "| 9:00-10:00 | Dig | - |", "| 10:00-11:00 | Fill | Dig |"),
    ("| Work item | Size | Hard Dependencies |", "| W1: Dig | S | — |", "| W2: Fill | S | W1 |"),
    ("| `ID` | **Task** | *Depends on* |", "| `T1` | Dig | - |", "| `T2` | Fill | `T1` |"),
  ]

  @Test(arguments: shapes.indices) func headersInManyShapesAreRead(index: Int) {
    let shape = Self.shapes[index]
    let rule = "|" + String(repeating: "---|", count: shape.header.count { $0 == "|" } - 1)
    let example = MarkdownExample.table([shape.header, rule, shape.first, shape.second].joined(separator: "\n"))
    #expect(example.plan.tasks.count == 2)
    #expect(example.plan.tasks.last?.needs.map(\.value) == [example.plan.tasks.first?.id.value ?? ""])
    #expect(example.findings.isEmpty)
  }

  @Test(arguments: [
    "| Package | Version | License |\n|---|---|---|\n| a | 1 | MIT |",
    "| Module | Depends on |\n|---|---|\n| a | b |",
    "| Phase | Tasks | Outcome |\n|---|---|---|\n| 0 | 1-5 | x |",
    "| ID | Decision | Phase |\n|---|---|---|\n| D1 | x | P1 |",
    "| Field | Type | Status |\n|---|---|---|\n| id | int | required |",
  ]) func otherTablesListNoTasks(table: String) {
    #expect(MarkdownExample.table(table).plan.tasks.isEmpty)
  }

  @Test func aRowKeepsWhatItsCellsSay() throws {
    let example = MarkdownExample.table(
      """
      | ID | Task | Effort | Owner | Status | Depends on | Soft deps |
      |----|------|--------|-------|--------|------------|-----------|
      | A | Read `x.md` \\| y, **now** | 2-3d | ana & ben | done (2025-09-22) | — | |
      | B | [Write](w.md) it | ~0.5 day (guess) | — | ⏳ in progress | A; the keys of the vault | A |
      | C | Send | XL | | SUPERSEDED by B | human review | |
      """)
    let a = try #require(example.task("A"))
    #expect(a.title == "Read x.md | y, now")
    #expect(a.estimate == Estimate(text: "2-3d", lowMinutes: 960, highMinutes: 1440))
    #expect(a.owner == "ana & ben" && a.status == "done (2025-09-22)" && a.state == .done)
    let b = try #require(example.task("B"))
    #expect(b.title == "Write it" && b.estimate?.highMinutes == 240 && b.owner == nil && b.state == .active)
    #expect(b.needs.map(\.value) == ["A"] && b.softNeeds.map(\.value) == ["A"])
    #expect(b.otherNeeds == "the keys of the vault")
    let c = try #require(example.task("C"))
    #expect(c.estimate == nil && c.effort == "XL" && c.state == .dropped && c.otherNeeds == "human review")
    #expect(example.findings.isEmpty)
    #expect(example.source.text(a.id.range) == "A")
  }

  @Test func anotherTableMaySayTheStates() {
    let example = MarkdownExample.table(
      """
      | ID | Task | Depends on |
      |---|---|---|
      | A1 | Dig | - |
      | A2 | Fill | A1 |

      | ID | Status | Notes |
      |---|---|---|
      | A1 | done | x |
      | A2 | in_progress | y |
      """)
    #expect(example.plan.tasks.map(\.state) == [.done, .active])
  }

  @Test(arguments: [
    ("done", TaskState.done), ("Complete (TLS deferred)", .done), ("✅ 已完成", .done), ("✅", .done), ("[x]", .done),
    ("In Progress", .active), ("in_progress", .active), ("⏳ 待开始", .open), ("⬜ Pending", .open), ("TODO", .open),
    ("Not started", .open), ("blocked on keys", .blocked), ("SUPERSEDED by T-010", .dropped), ("NEEDS-PLAYTEST", .open),
    ("Not done", .open), ("❌", .dropped), ("🚧", .active), ("", .open),
  ]) func wordsOfAStatusHaveAMeaning(text: String, state: TaskState) {
    #expect(TaskStatus.state(text) == state)
  }

  @Test func idsOfSeveralTablesGetTheIdOfTheirPhase() {
    let example = MarkdownExample(
      """
      # Plan

      ### Phase 1: Dig

      | ID | Task | Depends on |
      |---|---|---|
      | T1 | Mark | - |
      | T2 | Dig | T1 |

      ### Phase 2: Fill

      | ID | Task | Depends on |
      |---|---|---|
      | T1 | Carry | Phase 1 |
      | T3 | Fill | T1, phase-1.T2 |
      """)
    #expect(example.ids == ["phase-1.T1", "phase-1.T2", "phase-2.T1", "phase-2.T3"])
    #expect(
      example.needs == [
        "phase-1.T2<phase-1.T1", "phase-2.T1<phase-1.T1", "phase-2.T1<phase-1.T2", "phase-2.T3<phase-2.T1",
        "phase-2.T3<phase-1.T2",
      ])
    #expect(example.plan.phases.map(\.id.value) == ["phase-1", "phase-2"])
    #expect(example.plan.phases.map(\.title) == ["Dig", "Fill"])
    #expect(example.plan.tasks[2].localID == "T1")
  }

  @Test func whatIsWrongWithIdsIsAFindingAtItsPlace() {
    let example = MarkdownExample.table(
      """
      | ID | Task | Depends on |
      |---|---|---|
      | T1 | Dig | T9 |
      | T1 | Dig again | - |
      | T3 | Fill | T3 |
      | T4 | a | T5 |
      | T5 | b | T4 |
      """)
    #expect(example.findings == ["EP320@7:14", "EP321@8:3", "EP322@9:15", "EP326@11:12"])
    #expect(example.diagnostics.allSatisfy { $0.severity == .warning })
    #expect(example.ids == ["T1", "T1~2", "T3", "T4", "T5"])
    // The circle is cut, so that the rest has an order.
    #expect(example.needs == ["T4<T5"])
  }

  @Test func aLargeTableIsReadInOneGo() {
    var text = "| ID | Task | Depends on |\n|---|---|---|\n"
    for number in 1...5_000 { text += "| T\(number) | Task \(number) | T1–T\(number) |\n" }
    let example = MarkdownExample.table(text)
    #expect(example.plan.tasks.count == 5_000)
    #expect(example.plan.tasks.reduce(0) { $0 + $1.needs.count } <= 200_000)
    #expect(example.diagnostics.contains { $0.message.contains("more than 200000") })
  }
}
