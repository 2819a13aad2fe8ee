package import Diagnostics

extension YAMLRules {
  package static let unknownAlias = Rule(
    "EP105", "unknown-alias", summary: "an alias refers to no anchor, or to the value that it stands in",
    explanation: """
      *name stands for the value that &name was put before, further up in the file. A value that only \
      looks like an alias, such as the pattern *.csv, has to be quoted.
      """,
    bad: """
      execplan: 1
      title: Sample
      x-limits:
        short: &short 10m
      steps:
        - id: fetch
          run: ./fetch.sh
          timeout: *shrt

      """,
    good: """
      execplan: 1
      title: Sample
      x-limits:
        short: &short 10m
      steps:
        - id: fetch
          run: ./fetch.sh
          timeout: *short

      """)
}
