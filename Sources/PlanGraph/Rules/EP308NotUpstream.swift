package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP308: an expression reads a step that need not be done by then.
  package static let notUpstream = Rule(
    "EP308", "not-upstream",
    summary: "an expression reads a step that need not be done by then",
    explanation: """
      The values and the status of a step are known when it has ended. So a step can only read those of steps that it
      waits for, directly or through others. Add the step to "needs". Steps under "finally" may read all steps of the
      main part.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      order: graph
      steps:
        - id: count
          run: echo "rows=7" >> "$EXECPLAN_OUTPUT"
        - id: report
          run: echo ${{ steps.count.values.rows }}
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: count
          run: echo "rows=7" >> "$EXECPLAN_OUTPUT"
        - id: report
          needs: [count]
          run: echo ${{ steps.count.values.rows }}
      """)
}

extension GraphSubject {
  /// One reading of one step.
  private struct Read {
    var reader: Int
    var source: Int
    var reference: Located<Reference>
  }

  func checkReads(into collector: inout DiagnosticCollector) {
    var reads: [Read] = []
    for (node, step) in steps(with: [.details, .condition, .expressions]) where !hasBrokenNeed[node] {
      collect(step.allReferences, by: node, into: &reads)
    }
    for (index, phase) in plan.phases.enumerated() where !phase.gate.isEmpty {
      collect(phase.gate.flatMap(\.references), by: graph.gate(ofPhase: index), into: &reads)
    }
    let answers = reach.isUpstream(reads.map { (upstream: $0.source, of: $0.reader) })
    for (read, isUpstream) in zip(reads, answers) {
      if isUpstream, read.source != read.reader { continue }
      report(read, into: &collector)
    }
  }

  /// Unknown steps are the business of the rule about names.
  private func collect(_ references: [Located<Reference>], by reader: Int, into reads: inout [Read]) {
    for reference in references {
      guard let id = reference.value.step, let source = graph.index(of: id) else { continue }
      if graph.nodes[reader].isFinally, !graph.nodes[source].isFinally { continue }
      reads.append(Read(reader: reader, source: source, reference: reference))
    }
  }

  private func report(_ read: Read, into collector: inout DiagnosticCollector) {
    let (reader, source) = (name(read.reader), name(read.source))
    let text = read.reference.value.text
    let related = step(read.source).map { [Diagnostic.Related("\"\(source)\" stands here", $0.id.range)] } ?? []
    if read.source == read.reader {
      collector.report(
        .notUpstream, read.reference.range, "\"\(reader)\" reads \"\(text)\", which is known only when it has ended",
        notes: ["read the values of another step; in \"state:\" and \"undo:\" write \"values.NAME\" for the step's own"]
      )
    } else if graph.nodes[read.source].isFinally, !graph.nodes[read.reader].isFinally {
      collector.report(
        .notUpstream, read.reference.range,
        "\"\(reader)\" reads \"\(text)\", but \"\(source)\" stands under \"finally\" and runs after all other steps",
        notes: ["move \"\(source)\" to steps"], related: related)
    } else {
      let note =
        if graph.nodes[read.reader].isGate {
          "read only steps of this phase or of those before it"
        } else {
          plan.order == .listed ? "move \"\(source)\" above \"\(reader)\"" : "add \"\(source)\" to needs"
        }
      collector.report(
        .notUpstream, read.reference.range, "\"\(reader)\" reads \"\(text)\", but does not wait for \"\(source)\"",
        notes: [note], related: related)
    }
  }
}
