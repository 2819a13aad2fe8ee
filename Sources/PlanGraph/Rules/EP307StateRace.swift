package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP307: two steps that may run at the same time write one state key.
  package static let stateRace = Rule(
    "EP307", "state-race",
    summary: "two steps that may run at the same time write one state key",
    explanation: """
      State values survive the run; the last writer wins. Without an order between the writers nobody knows which one
      that is. Let one of the steps need the other, or give them different keys.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      order: graph
      steps:
        - id: users
          run: make users
          state: {watermark: "${{ run.date }}"}
        - id: tasks
          run: make tasks
          state: {watermark: "${{ run.date }}"}
      """,
    good: """
      execplan: 1
      title: Nightly load
      order: graph
      steps:
        - id: users
          run: make users
          state: {users_watermark: "${{ run.date }}"}
        - id: tasks
          run: make tasks
          state: {tasks_watermark: "${{ run.date }}"}
      """)
}

extension GraphSubject {
  func checkStateRaces(into collector: inout DiagnosticCollector) {
    var writers: [String: [(node: Int, range: SourceRange)]] = [:]
    for (node, step) in steps(with: .details, where: { !$0.state.isEmpty }) where !hasBrokenNeed[node] {
      for write in step.state { writers[write.name.value, default: []].append((node, write.name.range)) }
    }
    for key in writers.keys.sorted() {
      guard let list = writers[key], list.count > 1 else { continue }
      let sorted = list.sorted { (reach.position($0.node), $0.node) < (reach.position($1.node), $1.node) }
      let pairs = zip(sorted, sorted.dropFirst()).filter { $0.node != $1.node }
      let ordered = areOrdered(pairs.map { ($0.node, $1.node) })
      let race = zip(pairs, ordered).first { pair, isOrdered in
        guard !isOrdered, let a = step(pair.0.node)?.when, let b = step(pair.1.node)?.when else { return !isOrdered }
        return !a.excludes(b)
      }?.0
      guard let race else { continue }
      let (a, b) = race.0.node < race.1.node ? race : (race.1, race.0)
      collector.report(
        .stateRace, b.range,
        "\"\(name(a.node))\" and \"\(name(b.node))\" both write the state \"\(key)\", and nothing says which comes first",
        notes: ["add \"\(name(a.node))\" to the needs of \"\(name(b.node))\", or use two keys"],
        related: [.init("\"\(name(a.node))\" writes it here", a.range)])
    }
  }
}
