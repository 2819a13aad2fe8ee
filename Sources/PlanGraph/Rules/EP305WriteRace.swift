package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP305: two steps that may run at the same time write one path.
  package static let writeRace = Rule(
    "EP305", "write-race",
    summary: "two steps that may run at the same time write one path",
    explanation: """
      What stands in the file afterwards depends on which step ends last. Counted are declared outputs, the path of a
      "file" or "edit" action, and the database of a "sql" action that changes it. Let one of the steps need the
      other, or let them write different paths. Steps with SQL on one database may also share a pool of size 1.
      """,
    bad: """
      execplan: 1
      title: Reports
      order: graph
      steps:
        - id: monthly
          run: make monthly
          outputs: [out/report.csv]
        - id: yearly
          run: make yearly
          outputs: [out/report.csv]
      """,
    good: """
      execplan: 1
      title: Reports
      order: graph
      steps:
        - id: monthly
          run: make monthly
          outputs: [out/monthly.csv]
        - id: yearly
          run: make yearly
          outputs: [out/yearly.csv]
      """)
}

extension GraphSubject {
  /// Reports shown of one plan.
  private static var maximumReports: Int { 200 }
  /// Writers looked at in all groups together; above it the plan is refused as too dense.
  private static var maximumWork: Int { 8_000_000 }

  /// Two writers of one group that stand side by side in an order that respects all edges.
  ///
  /// If all such neighbours are ordered, all writers of the group are: no other pairs need a look.
  private struct Neighbours {
    var first: FileUse
    var second: FileUse
    /// Counts the groups, so that each is reported once.
    var group: Int
  }

  func checkWriteRaces(into collector: inout DiagnosticCollector) {
    var pairs: [Neighbours] = []
    var group = 0
    var work = 0
    func add(_ writers: [FileUse], where counts: (Neighbours) -> Bool = { _ in true }) {
      work += writers.count
      group += 1
      pairs += neighbours(writers, group).filter(counts)
    }
    for pattern in files.patterns.indices where files.writesOf[pattern].count > 1 {
      add(uses(Int32(pattern), takenAwayBy: nil))
    }
    for (a, b) in files.overlaps where !files.writesOf[Int(a)].isEmpty && !files.writesOf[Int(b)].isEmpty {
      if work > GraphSubject.maximumWork { break }
      // Two writers of one pattern have been compared above.
      add(uses(a, takenAwayBy: b) + uses(b, takenAwayBy: a), where: { $0.first.pattern != $0.second.pattern })
    }
    if work > GraphSubject.maximumWork {
      reportDensity("more writers of overlapping paths than can be compared", into: &collector)
    }
    let ordered = areOrdered(pairs.map { (Int($0.first.node), Int($0.second.node)) })
    report(zip(pairs, ordered).filter { !$0.1 }.map(\.0), into: &collector)
  }

  /// The writers of a pattern, without those that take it (or what it shares with another) away again.
  private func uses(_ pattern: Int32, takenAwayBy other: Int32?) -> [FileUse] {
    files.writesOf[Int(pattern)].map { files.writes[Int($0)] }.filter { use in
      !hasBrokenNeed[Int(use.node)] && !files.isTakenAway(other ?? pattern, from: use, by: files.negatedWrites)
    }
  }

  private func neighbours(_ writers: [FileUse], _ group: Int) -> [Neighbours] {
    if writers.count < 2 { return [] }
    let sorted = writers.sorted {
      let (a, b) = (Int($0.node), Int($1.node))
      return (reach.position(a), a) < (reach.position(b), b)
    }
    return zip(sorted, sorted.dropFirst()).filter { $0.node != $1.node && !isHarmless($0, $1) }
      .map { Neighbours(first: $0, second: $1, group: group) }
  }

  /// Whether two writers may be unordered: SQL in turns, the same file twice, or steps of which only one runs.
  private func isHarmless(_ a: FileUse, _ b: FileUse) -> Bool {
    guard let first = step(Int(a.node)), let second = step(Int(b.node)) else { return true }
    if a.origin == .database, b.origin == .database, let pool = first.pool?.value, pool == second.pool?.value {
      if plan.pools.contains(where: { $0.name.value == pool && $0.size == 1 }) { return true }
    }
    if case .file = first.action, first.action.isSameFile(as: second.action) { return true }
    if let one = first.when, let other = second.when { return one.excludes(other) }
    return false
  }

  private func report(_ races: [Neighbours], into collector: inout DiagnosticCollector) {
    var index = 0
    var reports = 0
    while index < races.count {
      let race = races[index]
      let rest = races[index...].prefix { $0.group == race.group }
      index += rest.count
      reports += 1
      if reports > GraphSubject.maximumReports { return }
      let (a, b) = race.first.node < race.second.node ? (race.first, race.second) : (race.second, race.first)
      let (one, other) = (name(Int(a.node)), name(Int(b.node)))
      let (path, otherPath) = (files.patterns[Int(a.pattern)].text, files.patterns[Int(b.pattern)].text)
      var notes = [
        plan.order == .listed
          ? "let them write different paths"
          : "add \"\(one)\" to the needs of \"\(other)\", or let them write different paths"
      ]
      if reports == GraphSubject.maximumReports { notes.append("further races are not shown") }
      collector.report(
        .writeRace, b.range,
        path == otherPath
          ? "\"\(one)\" and \"\(other)\" both write \"\(path)\", and nothing says which comes first"
          : "\"\(other)\" writes \"\(otherPath)\", \"\(one)\" writes \"\(path)\": both may write one path, "
            + "and nothing says which comes first",
        notes: notes,
        related: [.init("\"\(one)\" writes it here", a.range)]
          + rest.dropFirst().prefix(8).map {
            .init("\"\(name(Int($0.second.node)))\" writes it too", $0.second.range)
          })
    }
  }
}

extension Action {
  /// Whether both make one file just the same, so that it does not matter which comes last.
  fileprivate func isSameFile(as other: Action) -> Bool {
    guard case .file(let one) = self, case .file(let second) = other, one.mode == second.mode else { return false }
    switch (one.content, second.content) {
    case (.directory, .directory), (.absent, .absent), (.unchanged, .unchanged): return true
    case (.text(let a), .text(let b)), (.link(let a), .link(let b)): return a.literal != nil && a.literal == b.literal
    case (.source(let a, false), .source(let b, false)): return a.text == b.text
    default: return false
    }
  }
}
