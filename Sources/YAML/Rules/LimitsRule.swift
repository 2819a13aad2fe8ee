package import Diagnostics

extension YAMLRules {
  package static let limits = Rule(
    "EP106", "limits", summary: "the file passes a limit of size, depth or expansion",
    explanation: """
      A file may have 64 MiB, a value 8 MiB, collections may be nested 64 levels deep, and aliases and \
      merge keys may add a million values to those that are written. The limits keep a broken or \
      hostile file from using up memory and time. Split the plan, or move long texts to files of their \
      own.
      """,
    bad: """
      execplan: 1
      title: Sample
      x-deep: \(String(repeating: "[", count: 70))\(String(repeating: "]", count: 70))
      steps:
        - id: build
          run: make

      """,
    good: """
      execplan: 1
      title: Sample
      x-flat: []
      steps:
        - id: build
          run: make

      """)
}
