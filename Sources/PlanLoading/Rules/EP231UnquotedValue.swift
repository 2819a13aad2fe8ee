internal import Diagnostics
internal import SourceText

extension Rule {
  static let unquotedValue = Rule(
    "EP231", "unquoted-value", .warning,
    summary: "a value that markdown would change stands without backticks",
    explanation: """
      Outside of backticks, markdown takes *, _, < and \\ for marks: a viewer shows another text than the one that is \
      read, and a formatter writes it anew. In backticks a value stays as it is.
      """,
    bad: """
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

      Outputs: dist/**

          make dist

      """,
    good: """
      # Release

      ## Concrete Steps

      ### Step `build`: Build the binary

      Outputs: `dist/**`

          make dist

      """)
}

/// Looks for values of attributes that markdown would change.
enum UnquotedValueRule {
  static func check(_ attribute: StepAttribute, in source: SourceFile, _ collector: inout DiagnosticCollector) {
    if AttributeNames.sentences.contains(attribute.key) { return }
    for value in attribute.values where !value.isQuoted {
      let written = source.bytes[value.range.lowerBound..<value.range.upperBound]
      guard written.contains(where: { "*_<\\".utf8.contains($0) }) else { continue }
      let isSafe = !value.text.contains("`")
      collector.report(
        .unquotedValue, value.range, "\"\(value.text)\" stands without backticks, and markdown reads marks in it",
        notes: ["write `\(value.text)`"],
        fix: isSafe ? FixIt("put it in backticks", [.init(value.range, with: "`\(value.text)`")]) : nil)
    }
  }
}
