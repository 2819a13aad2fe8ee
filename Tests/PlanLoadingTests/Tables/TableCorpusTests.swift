internal import Diagnostics
internal import Foundation
internal import PlanModel
internal import Testing

@testable internal import PlanLoading

/// Plans of public repositories whose tasks stand in tables; read only where `EXECPLAN_CORPUS` names their folder.
struct TableCorpusTests {
  static let folder = ProcessInfo.processInfo.environment["EXECPLAN_CORPUS"]

  /// The rows that each file lists, counted by hand.
  static let rows: [String: Int] = [
    "KooshaPari__Melosviz__WBS.md": 10, "bumpy-croc__ai-trading-bot__docs-refactor-backtest_live_parity_plan.md": 11,
    "pangon__ai-sdlc-scaffold__3-code-tasks.md": 0, "rrva__laban__execplans-README.md": 0,
    "scion-frontiers__farmtable__.design-github-graphql-integration.md": 21,
    "shinzui__seihou__docs-masterplans-7-generate-okf-documentation-bundles-for-seihou-registries.md": 5,
    "travisennis__acai-ts__.agents-.tasks-completed-index.md": 8,
    "zakhar-kogan__sloppy-jobulator__docs-roadmap-IMPLEMENTATION_PLAN_v1.2.md": 36,
  ]

  @Test(.enabled(if: folder != nil)) func everyDependencyTableIsRead() throws {
    let folder = try #require(Self.folder) + "/tables"
    var report = ""
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      let example = MarkdownExample(text, path: name)
      let tasks = example.plan.tasks
      report +=
        "\(name): \(tasks.count) rows, \(tasks.reduce(0) { $0 + $1.needs.count }) needs, "
        + "\(tasks.reduce(0) { $0 + $1.softNeeds.count }) soft, prose: \(tasks.compactMap(\.otherNeeds)), "
        + "findings: \(example.diagnostics.filter { $0.rule.code.hasPrefix("EP32") }.map(\.message))\n"
      #expect(tasks.count == Self.rows[name], "\(name)")
    }
    print(report)
  }
}
