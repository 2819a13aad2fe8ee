package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP316: `undoes` names a step that does not exist.
  package static let unknownUndoes = Rule(
    "EP316", "unknown-undoes",
    summary: "\"undoes\" names a step that does not exist",
    explanation: """
      A step under "finally" says with "undoes" which steps have to run again after it: it stops what they had started.
      Each entry is the id of a step of the main part.
      """,
    bad: """
      execplan: 1
      title: Tests with a database
      steps:
        - id: start_db
          run: make start-db
        - id: test
          needs: [start_db]
          run: make test
      finally:
        - id: stop_db
          undoes: [start_dbb]
          run: make stop-db
      """,
    good: """
      execplan: 1
      title: Tests with a database
      steps:
        - id: start_db
          run: make start-db
        - id: test
          needs: [start_db]
          run: make test
      finally:
        - id: stop_db
          undoes: [start_db]
          run: make stop-db
      """)
}

extension GraphSubject {
  func checkUndoes(into collector: inout DiagnosticCollector) {
    var suggestions = suggestionBudget
    for (_, step) in steps(with: .details, where: { !$0.undoes.isEmpty }) {
      for name in step.undoes {
        if let node = graph.index(of: name.value), node < graph.stepCount { continue }
        suggestions -= 1
        let nearest = suggestions < 0 ? nil : NearestName.of(name.value, among: plan.steps.lazy.map(\.id.value))
        collector.report(
          .unknownUndoes, name.range,
          "\"\(step.id.value)\" undoes \"\(name.value)\", which is no step of the main part of this plan",
          notes: [nearest.map { "did you mean \"\($0)\"?" } ?? "name a step that stands under \"steps\""],
          fix: nearest.map { FixIt("write \"\($0)\"", [.init(name.range, with: $0)], isSafe: false) })
      }
    }
  }
}
