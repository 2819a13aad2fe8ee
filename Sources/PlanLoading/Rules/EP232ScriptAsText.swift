internal import Diagnostics

extension Rule {
  static let scriptAsText = Rule(
    "EP232", "script-as-text", .warning,
    summary: "the script of a step is not indented enough to be a block of code",
    explanation: """
      Below an item, the columns of a block of code are counted from the text of the item. A script with four columns \
      below "1. " is read here, but GitHub shows it as text, and a formatter joins its lines.
      """,
    bad: """
      # Release

      ## Concrete Steps

      1. `build`: build the binary.

          make dist

      """,
    good: """
      # Release

      ## Concrete Steps

      1. `build`: build the binary.

             make dist

      """)
}
