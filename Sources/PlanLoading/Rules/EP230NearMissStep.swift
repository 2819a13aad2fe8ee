internal import Diagnostics

extension Rule {
  static let nearMissStep = Rule(
    "EP230", "near-miss-step", .warning,
    summary: "something looks like a part of a declared step and is not read as one",
    explanation: """
      Steps of a markdown plan are declared, never guessed, so what misses the form by a little would silently be \
      prose. A heading is a step when its id stands in backticks; an item of a numbered list is one when it begins \
      with an id in backticks and a colon, and holds one block of code. Attributes stand above the script.
      """,
    bad: """
      ---
      execplan: 1
      ---
      # Release

      ## Concrete Steps

      ### Step build: Build the binary

          make

      """,
    good: """
      ---
      execplan: 1
      ---
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

          make

      """)
}
