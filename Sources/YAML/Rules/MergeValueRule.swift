package import Diagnostics

extension YAMLRules {
  package static let mergeValue = Rule(
    "EP110", "merge-value", summary: "a merge key has a value that is no mapping",
    explanation: """
      <<: *name adds the entries of another mapping to this one. It takes a mapping or a list of \
      mappings; nothing else has entries to add.
      """,
    bad: """
      execplan: 1
      title: Sample
      x-env: &env [TZ, UTC]
      steps:
        - id: date
          run: date
          env:
            <<: *env

      """,
    good: """
      execplan: 1
      title: Sample
      x-env: &env {TZ: UTC}
      steps:
        - id: date
          run: date
          env:
            <<: *env

      """)
}
