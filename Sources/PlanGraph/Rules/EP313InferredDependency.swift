package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP313: a dependency that was found by files.
  package static let inferredDependency = Rule(
    "EP313", "inferred-dependency", .info,
    summary: "an output of one step is an input of another, so the second waits for the first",
    explanation: """
      Nothing is wrong. The dependency is as good as one under "needs", and it is shown so that nobody is surprised by
      it. Writing it under "needs" makes the plan easier to read.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
          outputs: [data/events.json]
        - id: load
          run: make load
          inputs: [data/events.json]
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
          outputs: [data/events.json]
        - id: load
          needs: [fetch]
          run: make load
          inputs: [data/events.json]
      """)
}

extension GraphSubject {
  /// At most so many are told of one plan; nobody reads more.
  private static var maximumHints: Int { 1000 }

  func checkInferred(into collector: inout DiagnosticCollector) {
    // The order of the list is the author's word already.
    if plan.order == .listed { return }
    var hints = 0
    for edge in graph.edges where edge.kind == .file {
      hints += 1
      if hints > GraphSubject.maximumHints { return }
      collector.report(
        .inferredDependency, edge.range,
        "\"\(name(edge.to))\" waits for \"\(name(edge.from))\", which writes what it reads",
        related: step(edge.from).map { [.init("\"\(name(edge.from))\" stands here", $0.id.range)] } ?? [])
    }
  }
}
