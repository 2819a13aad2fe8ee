internal import Diagnostics
internal import SourceText

extension Rule {
  static let secondScript = Rule(
    "EP233", "second-script",
    summary: "a declared step holds a second block that looks like a script",
    explanation: """
      A step runs exactly one block. A second one that is neither expected output nor marked as text would never be \
      run, and nobody would notice.
      """,
    bad: """
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

          make dist

      Then look at it.

          ls dist

      """,
    good: """
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

          make dist

      ### Step `look`: Look at it

          ls dist

      """)
}

enum SecondScriptRule {
  static func report(
    step: String, first: SourceRange, second: SourceRange, _ collector: inout DiagnosticCollector
  ) {
    collector.report(
      .secondScript, second, "\"\(step)\" has a script already, so this block would never be run",
      notes: [
        "make it a step of its own",
        "if it is output, write \"Expected output contains:\" above it, or begin it with ```text",
      ], related: [.init("the script", first)])
  }
}
