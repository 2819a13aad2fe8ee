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
    _ comparisons: [Comparison], _ found: Value, _ what: String, in scope: RunScope
  ) throws(EvaluationError) -> String? {
    for comparison in comparisons where !(try comparison.holds(for: found, in: scope)) {
      let wanted = try comparison.operandValue(in: scope)
      return "\(what) is \(found.shownText), expected \(words(comparison.op)) \(wanted.shownText)"
    }
    return nil
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
    }
  }
}

extension Value {
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
