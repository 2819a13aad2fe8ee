package import Diagnostics
internal import SourceText

extension Rule {
  /// EP303: steps wait for each other in a circle.
  package static let dependencyCycle = Rule(
    "EP303", "dependency-cycle",
    summary: "steps wait for each other in a circle",
    explanation: """
      None of the steps of a cycle can start. Each arrow reads "needs". An arrow may also come from files: an output of
      one step that is an input of another. Remove one of the dependencies; each of them is shown.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          needs: [report]
          run: make fetch
        - id: load
          needs: [fetch]
          run: make load
        - id: report
          needs: [load]
          run: make report
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetch]
          run: make load
        - id: report
          needs: [load]
          run: make report
      """)
}

extension GraphSubject {
  /// Every dependency that lies on a cycle is in at least one report, up to the bound of `CycleSearch`.
  func checkCycles(into collector: inout DiagnosticCollector) {
    let components = StronglyConnected(graph) { $0.kind != .phase }
    var search = CycleSearch(graph, components, where: { $0.kind != .phase })
    for knot in components.knots {
      let found = search.cycles(of: knot)
      for (index, cycle) in found.cycles.enumerated() {
        var notes = ["remove one of these dependencies"]
        if index == found.cycles.count - 1, !found.isComplete {
          notes.append("there are more cycles through these steps")
        }
        collector.report(
          .dependencyCycle, cycle[0].range, "these steps wait for each other: \(path(cycle))", notes: notes,
          related: cycle.map { .init(reason($0), $0.range) })
      }
    }
  }

  /// `a -> b -> c -> a`; only the ends of a very long one.
  func path(_ cycle: [GraphEdge]) -> String {
    var names = cycle.map { name($0.to) }
    if names.count > 24 { names.replaceSubrange(12..<(names.count - 11), with: ["… \(names.count - 23) more …"]) }
    return (names + [name(cycle[0].to)]).joined(separator: " -> ")
  }

  /// Why an edge is there.
  func reason(_ edge: GraphEdge) -> String {
    switch edge.kind {
    case .needs: "\"\(name(edge.to))\" needs \"\(name(edge.from))\" here"
    case .file: "\"\(name(edge.to))\" reads what \"\(name(edge.from))\" writes"
    case .order: "\"\(name(edge.to))\" is listed after \"\(name(edge.from))\""
    case .end: "\"\(name(edge.to))\" comes at the end of the plan of \"\(name(edge.from))\""
    case .approval: "\"\(name(edge.to))\" waits for the \(name(edge.from))"
    case .gate: "\"\(name(edge.to))\" is a gate and waits for all steps that are none"
    case .phase:
      if graph.nodes[edge.to].isGate {
        "the \(name(edge.to)) waits for \"\(name(edge.from))\""
      } else {
        "\"\(name(edge.to))\" waits for the \(name(edge.from)), a phase before its own"
      }
    }
  }
}
