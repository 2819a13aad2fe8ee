package import Diagnostics

extension YAMLRules {
  package static let duplicateKey = Rule(
    "EP103", "duplicate-key", summary: "a key stands twice in one mapping",
    explanation: """
      Of two equal keys one would be dropped without a word, and readers differ in which. Delete one \
      of them, or rename it.
      """,
    bad: """
      execplan: 1
      title: Sample
      steps:
        - id: build
          run: make
          run: make all

      """,
    good: """
      execplan: 1
      title: Sample
      steps:
        - id: build
          run: make all

      """)
}
