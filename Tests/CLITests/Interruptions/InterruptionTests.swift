internal import Foundation
internal import Synchronization
internal import TestSupport
internal import Testing

/// The table of docs/actions/interruptions.md: what every action does and says in the same run, in a new run, and when
/// execplan was killed before, during and after it; whatever happened, the end is that of a run that nothing interrupted.
///
/// With EXECPLAN_REGENERATE_ACTIONS=1 the rows of the page are written anew instead of compared.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil, "release builds have no points"))
struct InterruptionTests {
  private static let isRegenerating = ProcessInfo.processInfo.environment["EXECPLAN_REGENERATE_ACTIONS"] == "1"
  private static let page = MarkdownPage.root + "/docs/actions/interruptions.md"
  private static let turn = Mutex(())

  @Test(arguments: ActionRow.all)
  func whatAnActionDoesIsWhatTheTableSays(_ row: ActionRow) throws {
    let undisturbed = try SituationTrial.run(row, nil).state
    #expect(undisturbed["run"] == "succeeded")
    var cells = [row.title]
    for situation in Situation.allCases {
      let outcome = try SituationTrial.run(row, situation)
      cells.append(outcome.cell)
      // Another run may do again what is to be done in every run.
      guard situation != .newRun else { continue }
      #expect(outcome.state == undisturbed, "\(row), \(situation.rawValue): \(outcome.cell)")
    }
    let line = "| " + cells.joined(separator: " | ") + " |"
    if Self.isRegenerating {
      try Self.turn.withLock { _ in try Self.replace(row, with: line) }
    } else {
      #expect(try Self.lines().contains(line), "\(line)")
    }
  }

  @Test func theTableHasEveryRowInOrder() throws {
    let titles = try Self.lines().filter { $0.hasPrefix("| `") }.map { $0.split(separator: " | ")[0].dropFirst(2) }
    #expect(titles.map(String.init) == ActionRow.all.map(\.title))
  }

  private static func lines() throws -> [String] {
    let data = try #require(FileManager.default.contents(atPath: page))
    return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// Puts a row in its place among those that are there.
  private static func replace(_ row: ActionRow, with line: String) throws {
    var lines = try lines()
    let titles = ActionRow.all.map(\.title)
    func place(_ line: String) -> Int? { titles.firstIndex { line.hasPrefix("| \($0) |") } }
    lines.removeAll { $0.hasPrefix("| `") && (place($0) == nil || $0.hasPrefix("| \(row.title) |")) }
    guard let head = lines.firstIndex(where: { $0.hasPrefix("|---") }), let own = place(line) else { return }
    let index = lines[(head + 1)...].firstIndex { other in place(other).map { $0 > own } ?? true } ?? lines.count
    lines.insert(line, at: index)
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: page))
  }
}
