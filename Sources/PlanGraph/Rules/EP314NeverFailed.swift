package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP314: a condition that asks whether a step failed, where a failure would end the run.
  package static let neverFailed = Rule(
    "EP314", "never-failed",
    summary: "a condition asks for a failure after which the step would not be reached",
    explanation: """
      When a step fails, the steps that need it do not run. So outside "finally" a step never sees the status "failed"
      of one that it needs, unless that one has "allow_failure: true". Put the step under "finally", or allow the failure.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: load
          run: make load
        - id: alarm
          needs: [load]
          when: steps.load.status == 'failed'
          run: make alarm
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: load
          run: make load
      finally:
        - id: alarm
          when: steps.load.status == 'failed'
          run: make alarm
      """)
}

extension GraphSubject {
  func checkNeverFailed(into collector: inout DiagnosticCollector) {
    for (node, step) in steps(with: .condition) where node < graph.stepCount && step.closes == nil {
      for (id, range) in step.when?.failureTests ?? [] {
        guard let source = graph.index(of: id), let other = self.step(source), !graph.nodes[source].isFinally,
          !other.allowFailure
        else { continue }
        collector.report(
          .neverFailed, range, "this is never true: if \"\(id)\" fails, \"\(step.id.value)\" is not run",
          notes: ["write \"allow_failure: true\" in \"\(id)\", or put \"\(step.id.value)\" under \"finally\""],
          related: [.init("\"\(id)\" stands here", other.id.range)])
      }
    }
  }
}

extension Expression {
  /// The comparisons `steps.ID.status == 'failed'` in the tree.
  fileprivate var failureTests: [(id: String, range: SourceRange)] {
    switch self {
    case .literal, .reference: []
    case .unary(_, let operand, _): operand.failureTests
    case .binary(.equal, .reference(.stepStatus(let id), _), .literal(.string("failed"), _), let range),
      .binary(.equal, .literal(.string("failed"), _), .reference(.stepStatus(let id), _), let range):
      [(id, range)]
    case .binary(_, let left, let right, _), .index(let left, let right, _): left.failureTests + right.failureTests
    case .call(_, let arguments, _): arguments.flatMap(\.failureTests)
    }
  }
}
