package import Diagnostics

extension YAMLRules {
  package static let severalDocuments = Rule(
    "EP107", "several-documents", summary: "a second document follows in the file",
    explanation: """
      A line --- after the first document begins another one. A plan is one document in one file; what \
      follows would not be read.
      """,
    bad: """
      execplan: 1
      title: Sample
      steps:
        - id: one
          run: ./one.sh
      ---
      execplan: 1
      title: Sample
      steps:
        - id: two
          run: ./two.sh

      """,
    good: """
      execplan: 1
      title: Sample
      steps:
        - id: one
          run: ./one.sh
        - id: two
          run: ./two.sh

      """)
}
