internal import Diagnostics

/// Says that words with a colon are no attribute of a step.
enum UnknownAttributeRule {
  static func report(_ unknown: AttributeReader.Unknown, step: String, _ collector: inout DiagnosticCollector) {
    var notes: [String] = []
    var fix: FixIt?
    if let nearest = unknown.nearest {
      notes.append("did you mean \"\(nearest)\"?")
      fix = FixIt("write \"\(nearest)\"", [.init(unknown.range, with: nearest)], isSafe: false)
    }
    notes.append("above the script of a step, prose that begins with a word and a colon begins with \"Note:\"")
    collector.report(
      .unknownKey, unknown.range, "unknown attribute \"\(unknown.words)\" of the step \"\(step)\"",
      notes: notes, fix: fix)
  }
}
