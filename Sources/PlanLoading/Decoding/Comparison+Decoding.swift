internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

/// What the operands of a comparison are written in.
enum ComparisonUnit {
  case none
  /// Milliseconds, written `500ms`.
  case duration
  /// Bytes, written `10KiB`.
  case size
}

extension DecodingContext {
  /// A comparator map `{ge: 1, lt: 5}`; a scalar means `eq`.
  mutating func comparisons(_ node: YAMLNode, _ what: String, unit: ComparisonUnit = .none) -> [Comparison] {
    switch node.kind {
    case .scalar:
      return comparison(.eq, node, what, unit: unit).map { [$0] } ?? []
    case .sequence:
      reportType(node, expected: "a value or comparisons like {ge: 1}", what: what)
      return []
    case .mapping:
      var list: [Comparison] = []
      if node.count == 0 {
        report(.badValue, node.range, "\(what) compares nothing", notes: ["write a value, or {ge: 1}"])
      }
      for (key, value) in node.entries {
        let name = key.text == "equals" ? "eq" : key.text
        guard let op = Comparison.Operator(rawValue: name) else {
          reportUnknownKey(key, allowed: Comparison.Operator.allCases.map(\.rawValue), what: what)
          continue
        }
        if let comparison = comparison(op, value, what, unit: unit) { list.append(comparison) }
      }
      return list
    }
  }

  mutating func comparison(
    _ op: Comparison.Operator, _ node: YAMLNode, _ what: String, unit: ComparisonUnit
  ) -> Comparison? {
    if op == .isIn {
      guard node.kind == .sequence else {
        reportType(node, expected: "a list", what: "\"in\"")
        return nil
      }
      if node.count == 0 {
        report(.badValue, node.range, "\"in\" holds no value", notes: ["write the values that are good"])
      }
      return Comparison(.isIn, .list(node.items.compactMap { template($0, "an item of \"in\"") }), node.range)
    }
    if op == .matches, let text = text(node, "\"matches\""), !text.contains("${{") {
      if let problem = RegularExpression.problem(with: text) {
        report(.badPattern, node.range, "the regular expression can't be read: \(problem)")
        return nil
      }
    }
    if op == .lines || op == .containsLines { return transcript(op, node) }
    return operand(node, what, unit: unit).map { Comparison(op, $0, node.range) }
  }

  /// The lines that an output is to have.
  private mutating func transcript(_ op: Comparison.Operator, _ node: YAMLNode) -> Comparison? {
    let what = "\"\(op.rawValue)\""
    guard let text = text(node, what), let template = template(node, what) else { return nil }
    if let literal = template.literal, let problem = Transcript.problem(with: literal) {
      report(
        .badPattern, lineRange(problem.line, of: text, in: node),
        "the regular expression can't be read: \(problem.message)")
      return nil
    }
    var comparison = Comparison(op, .template(template), node.range)
    // Other texts of several lines are not written line by line.
    if node.style == .literal || !text.utf8.dropLast().contains(0x0A) {
      let start = node.sourceRange(ofText: 0..<min(1, text.utf8.count)).lowerBound
      comparison.firstLine = source.location(of: start).line
    }
    return comparison
  }

  /// The place of a line of a text, counted from 0.
  private func lineRange(_ line: Int, of text: String, in node: YAMLNode) -> SourceRange {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard line < lines.count else { return node.range }
    let start = lines[..<line].reduce(0) { $0 + $1.count + 1 }
    return node.sourceRange(ofText: start..<(start + lines[line].count))
  }

  mutating func operand(_ node: YAMLNode, _ what: String, unit: ComparisonUnit) -> Comparison.Operand? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a value", what: what)
      return nil
    }
    switch unit {
    case .none:
      guard let template = template(node, what) else { return nil }
      guard let literal = template.literal else { return .template(template) }
      switch node.resolved {
      case .string: return .value(.string(literal))
      case .null, .bool, .int, .double: return .value(node.plainValue)
      }
    case .duration:
      return duration(node, what).map { .value(.int($0.wholeMilliseconds)) }
    case .size:
      guard let text = text(node, what) else { return nil }
      switch SizeText.read(text) {
      case .success(let bytes): return .value(.int(bytes))
      case .failure(let problem):
        report(.badSize, node.range, "\(what): \(problem.message)")
        return nil
      }
    }
  }
}
