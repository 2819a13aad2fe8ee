internal import Diagnostics

extension Rule {
  static let nearMissKey = Rule(
    "EP234", "near-miss-key", .warning,
    summary: "a key of the front matter is nearly one of a plan",
    explanation: """
      The front matter of a markdown file may hold keys of other programs, so an unknown one is left alone. One that \
      differs from a key of a plan by a letter or two is most likely a slip, and has no effect.
      """,
    bad: """
      ---
      execplan: 1
      tiemout: 2h
      ---
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

          make dist

      """,
    good: """
      ---
      execplan: 1
      timeout: 2h
      ---
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

          make dist

      """)
}
