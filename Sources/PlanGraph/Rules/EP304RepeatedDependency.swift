package import Diagnostics

extension Rule {
  /// EP304: one step stands twice in a `needs`.
  package static let repeatedDependency = Rule(
    "EP304", "repeated-dependency", .warning,
    summary: "one step stands twice in a list of needs",
    explanation: "The second entry says nothing new. Often another step was meant.",
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetch, fetch]
          run: make load
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
      """)
}
