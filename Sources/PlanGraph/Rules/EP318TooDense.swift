package import Diagnostics
internal import SourceText

extension Rule {
  /// EP318: files join so many steps that their order can't be inferred.
  package static let tooDense = Rule(
    "EP318", "too-dense",
    summary: "inputs and outputs join more steps than can be worked out",
    explanation: """
      Every step that reads a path waits for every step that writes it. Where thousands of steps read and write what
      matches the same globs, that makes millions of dependencies. Use narrower globs or plain paths, or put a step
      between that gathers the outputs. The limit is 1,000,000 dependencies, and some millions of comparisons of globs.
      The bad example stands for thousands of such steps.
      """,
    bad: """
      execplan: 1
      title: Wide
      steps:
        - id: write-0001
          run: make part-0001
          outputs: ["**/*.json"]
        - id: read-0001
          run: make report-0001
          inputs: ["**/*"]
      """,
    good: """
      execplan: 1
      title: Wide
      steps:
        - id: write-0001
          run: make part-0001
          outputs: [parts/0001.json]
        - id: read-0001
          run: make report-0001
          inputs: [parts/0001.json]
      """)
}

extension GraphSubject {
  func checkDensity(into collector: inout DiagnosticCollector) {
    if graph.isTooDense { reportDensity("more dependencies than can be worked out", into: &collector) }
  }

  func reportDensity(_ what: String, into collector: inout DiagnosticCollector) {
    collector.report(
      .tooDense, .fileStart, "the inputs and outputs of these steps make \(what)",
      notes: ["use narrower globs or plain paths"])
  }
}
