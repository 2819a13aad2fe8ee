internal import PlanModel
internal import Planner
internal import Subprocess

/// Compares what was found with what is expected, in words.
enum ExpectationCheck {
  static func mismatch(_ expect: Expectation, status: ExitStatus) -> String? {
    switch status {
    case .exited(let code):
      if expect.exit.contains(code) { return nil }
      return expect.exit == [0]
        ? "exit \(code)" : "exit \(code), expected \(expect.exit.map(String.init).joined(separator: " or "))"
    case .signalled(let signal): return "ended by signal \(signal)"
    }
  }

  static func mismatch(
    _ comparisons: [Comparison], _ found: Value, _ what: String, in scope: some EvaluationScope,
    masker: StreamMasker = .none
  ) throws(EvaluationError) -> String? {
    for comparison in comparisons where !(try comparison.holds(for: found, in: scope)) {
      // As a whole, before a line of it is shown or a part is cut off: half a secret would not be found.
      let found = found.masked(by: masker)
      if let mismatch = try comparison.mismatch(with: found, in: scope) {
        return words(mismatch, what, comparison)
      }
      let wanted = try comparison.operandValue(in: scope)
      return "\(what) is \(found.shownText), expected \(words(comparison.op)) \(wanted.shownText)"
    }
    return nil
  }

  /// `line 3 of stdout is "5 failed", expected "0 failed" (line 28 of the plan)`.
  private static func words(_ mismatch: Transcript.Mismatch, _ what: String, _ comparison: Comparison) -> String {
    let found = mismatch.found.map { Value.string($0).shownText }
    guard let line = mismatch.expectedLine, let expected = mismatch.expected else {
      return "\(what) goes on after what is expected: line \(mismatch.foundLine ?? 0) is \(found ?? "")"
    }
    let place = comparison.firstLine.map { " (line \($0 + line - 1) of the plan)" } ?? ""
    let wanted = Value.string(expected).shownText + place
    if let found, let number = mismatch.foundLine {
      return "line \(number) of \(what) is \(found), expected \(wanted)"
    }
    if !mismatch.isSearched { return "\(what) ends before \(wanted)" }
    return comparison.op == .lines ? "no line of \(what) is \(wanted)" : "no line of \(what) holds \(wanted)"
  }

  private static func words(_ op: Comparison.Operator) -> String {
    switch op {
    case .eq: "exactly"
    case .ne: "anything but"
    case .lt: "less than"
    case .le: "at most"
    case .gt: "more than"
    case .ge: "at least"
    case .isIn: "one of"
    case .contains: "something that contains"
    case .matches: "something that matches"
    case .lines, .containsLines: "the lines"
    }
  }
}

extension Value {
  /// A text without secrets; other values are shown as a whole and masked then.
  func masked(by masker: StreamMasker) -> Value {
    if case .string(let text) = self { .string(masker.masked(text)) } else { self }
  }

  /// Short and in quotes where it is a text, for messages.
  var shownText: String {
    switch self {
    case .null: return "nothing"
    case .string(let text):
      let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
      let cut = line.count > 60 || line.count < text.count
      return "\"\(line.prefix(60))\(cut ? "…" : "")\""
    case .bool, .int, .double: return text ?? ""
    case .list, .map: return JSONWriter.compact(self)
    }
  }
}
