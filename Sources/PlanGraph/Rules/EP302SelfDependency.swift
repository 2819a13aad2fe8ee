package import Diagnostics

extension Rule {
  /// EP302: a step needs itself.
  package static let selfDependency = Rule(
    "EP302", "self-dependency",
    summary: "a step needs itself",
    explanation: "A step that waits for its own end never starts.",
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: load
          needs: [load]
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: load
          run: make load
      """)
}
