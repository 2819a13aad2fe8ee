package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP317: a need joins a step of the main part and one under `finally`.
  package static let needAcrossFinally = Rule(
    "EP317", "need-across-finally",
    summary: "a need joins a step of the main part and one under finally",
    explanation: """
      The steps under "finally" run at the end of every run, whether the others succeeded or not. They come after all
      other steps by themselves, and no other step can wait for them.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: load
          run: make load
      finally:
        - id: clean
          needs: [load]
          run: make clean
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: load
          run: make load
      finally:
        - id: clean
          run: make clean
      """)
}

extension GraphSubject {
  func reportAcrossFinally(
    _ step: Step, _ need: Located<String>, _ other: Int, into collector: inout DiagnosticCollector
  ) {
    let related = self.step(other).map { [Diagnostic.Related("\"\(need.value)\" stands here", $0.id.range)] } ?? []
    if graph.nodes[other].isFinally {
      collector.report(
        .needAcrossFinally, need.range,
        "\"\(step.id.value)\" needs \"\(need.value)\", which stands under \"finally\" and runs after all other steps",
        notes: ["move \"\(need.value)\" to steps, or remove it from needs"], related: related)
    } else {
      collector.report(
        .needAcrossFinally, need.range,
        "\"\(step.id.value)\" stands under \"finally\" and comes after \"\(need.value)\" by itself",
        notes: [
          "remove it from needs; to run only after a success write \"when: steps.\(need.value).status == 'succeeded'\""
        ], related: related)
    }
  }
}
