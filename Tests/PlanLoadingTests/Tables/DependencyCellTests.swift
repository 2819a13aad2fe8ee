internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import PlanLoading

/// What cells of dependencies mean.
struct DependencyCellTests {
  /// Rows `T1` to `T6` and `60`, `1.1`, `1.2`; the cell is that of `T6`.
  private static func needs(_ cell: String) -> [String] {
    let example = MarkdownExample.table(
      """
      | ID | Task | Depends on |
      |---|---|---|
      | T1 | a | |
      | T2 | b | |
      | T3 | c | |
      | T-004 | d | |
      | 60 | e | |
      | 1.1 | f | |
      | 1.2 | g | |
      | T6 | h | \(cell) |
      """)
    return example.task("T6")?.needs.map(\.value) ?? ["?"]
  }

  @Test(arguments: [
    ("T1", ["T1"]), ("T1, T2", ["T1", "T2"]), ("T1; T2", ["T1", "T2"]), ("T1 and T2", ["T1", "T2"]),
    ("T1 + T3", ["T1", "T3"]), ("T1/T2", ["T1", "T2"]), ("T1<br>T2", ["T1", "T2"]), ("T1、T2", ["T1", "T2"]),
    ("t1", ["T1"]), ("T4", ["T-004"]), ("EP-60", ["60"]), ("task 60", ["60"]), ("1.1, 1.2", ["1.1", "1.2"]),
    ("T1–T3", ["T1", "T2", "T3"]), ("T1-T3", ["T1", "T2", "T3"]), ("T1-3", ["T1", "T2", "T3"]),
    ("T1..T2", ["T1", "T2"]), ("T1 to T2", ["T1", "T2"]), ("T1 through T2", ["T1", "T2"]), ("1.1–1.2", ["1.1", "1.2"]),
    ("T3–T1", ["T1", "T2", "T3"]), ("**T1**, `T2`", ["T1", "T2"]), ("[T1](t1.md)", ["T1"]),
    ("T1 (the first)", ["T1"]), ("T1, T1", ["T1"]), ("a, T2", ["T2"]), ("parts of T1", []), ("T1 harness", ["T1"]),
    ("—", []), ("–", []), ("-", []), ("None", []), ("none", []), ("无", []), ("N/A", []), ("— (can start early)", []),
    ("#486 done ✅", []), ("human review", []), ("1-2", ["T1", "T2"]),
  ]) func cellsNameTasks(cell: String, expected: [String]) {
    #expect(Self.needs(cell) == expected)
  }

  @Test func theBeginningOfANumberNamesAllBelowIt() {
    let example = MarkdownExample.table(
      "| ID | Task | Depends on |\n|---|---|---|\n| P2.1 | a | |\n| P2.2 | b | P2 |\n| P3 | c | P2 |")
    #expect(example.needs == ["P2.2<P2.1", "P3<P2.1", "P3<P2.2"])
    #expect(example.findings.isEmpty)
  }

  @Test func phasesAreNamedAsAWhole() {
    let example = MarkdownExample(
      """
      # Plan

      ## Phase 0 — Start

      | ID | Task | Depends on |
      |---|---|---|
      | 1 | a | |
      | 2 | b | |

      ## Phase 1 — Middle

      | ID | Task | Depends on |
      |---|---|---|
      | 3 | c | Phase 0 |

      ## Phase 2 — End

      | ID | Task | Depends on |
      |---|---|---|
      | 4 | d | Phases 0-1 |
      | 5 | e | Phases 0, 1 |
      | 6–8 | f | P1 |
      | 9 | g | 7 |
      """)
    #expect(
      example.needs == [
        "3<1", "3<2", "4<1", "4<2", "4<3", "5<1", "5<2", "5<3", "6-8<3", "9<6-8",
      ])
    #expect(example.findings.isEmpty)
  }

  @Test func aFieldWithoutEndIsReadInOneGo() {
    // Each of these would be looked at again and again by a reader that goes back.
    for piece in ["-", "[", "`a", "**a ", "<", "(", "T1-", "&", "_a", "\\|"] {
      let cell = String(repeating: piece, count: 20_000)
      #expect(Self.needs(cell).count <= 1)
    }
  }
}
