internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

extension DecodingContext {
  /// A mapping, or a report that it is none.
  ///
  /// - Parameter other: what it could be instead.
  mutating func mapping(_ node: YAMLNode, _ what: String, or other: String? = nil) -> Bool {
    if node.kind == .mapping { return true }
    reportType(node, expected: other.map { "\($0) or a mapping" } ?? "a mapping", what: what)
    return false
  }

  /// A text. Numbers, booleans and null are refused where a text is due only when they are not plain words:
  /// `title: 5` is the text `5`.
  mutating func text(_ node: YAMLNode, _ what: String) -> String? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a text", what: what)
      return nil
    }
    return node.text
  }

  mutating func located(_ node: YAMLNode, _ what: String) -> Located<String>? {
    text(node, what).map { Located($0, node.range) }
  }

  mutating func bool(_ node: YAMLNode, _ what: String) -> Bool? {
    if node.kind == .scalar, case .bool(let value) = node.resolved { return value }
    // YAML 1.2 takes the words of YAML 1.1 for texts.
    let meant: Bool? =
      switch node.kind == .scalar ? node.text.lowercased() : "" {
      case "yes", "on", "y", "true": true
      case "no", "off", "n", "false": false
      default: nil
      }
    reportType(
      node, expected: "true or false", what: what,
      fix: meant.map { FixIt("write \($0)", [FixIt.Replacement(node.range, with: "\($0)")]) })
    return nil
  }

  mutating func int(_ node: YAMLNode, _ what: String, in allowed: ClosedRange<Int>) -> Int? {
    guard node.kind == .scalar, case .int(let value) = node.resolved else {
      reportType(node, expected: "a whole number", what: what)
      return nil
    }
    guard allowed.contains(value) else {
      report(
        .badValue, node.range, "\(what) must be between \(allowed.lowerBound) and \(allowed.upperBound), not \(value)")
      return nil
    }
    return value
  }

  mutating func number(_ node: YAMLNode, _ what: String) -> Double? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a number", what: what)
      return nil
    }
    switch node.resolved {
    case .int(let value): return Double(value)
    case .double(let value) where value.isFinite: return value
    default:
      reportType(node, expected: "a number", what: what)
      return nil
    }
  }

  /// One of the raw values of an enum.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ node: YAMLNode, _ what: String, _: Choice.Type
  ) -> Choice? {
    guard let text = text(node, what) else { return nil }
    if let value = Choice(rawValue: text) { return value }
    let names = Choice.allCases.map(\.rawValue)
    var notes = ["allowed: \(names.joined(separator: ", "))"]
    if let near = NearestName.of(text, among: names) { notes.insert("did you mean \"\(near)\"?", at: 0) }
    report(.badValue, node.range, "\(what) can't be \"\(text)\"", notes: notes)
    return nil
  }

  /// A list whose items are scalars; one scalar is a list of one.
  mutating func scalarList(_ node: YAMLNode, _ what: String) -> [YAMLNode] {
    scalarList(node, what) { $0 }
  }

  mutating func textList(_ node: YAMLNode, _ what: String) -> [Located<String>] {
    scalarList(node, what) { Located($0.text, $0.range) }
  }

  private mutating func scalarList<Item>(_ node: YAMLNode, _ what: String, _ read: (YAMLNode) -> Item) -> [Item] {
    switch node.kind {
    case .scalar:
      return node.isNull ? [] : [read(node)]
    case .mapping:
      reportType(node, expected: "a text or a list of texts", what: what)
      return []
    case .sequence:
      var items: [Item] = []
      items.reserveCapacity(node.count)
      for item in node.items {
        if item.kind == .scalar {
          items.append(read(item))
        } else {
          reportType(item, expected: "a text", what: "an item of \(what)")
        }
      }
      return items
    }
  }

  /// `10m`, `1h30m`.
  mutating func duration(_ node: YAMLNode, _ what: String) -> Duration? {
    guard let text = text(node, what) else { return nil }
    switch DurationText.read(text) {
    case .success(let value): return value
    case .failure(let problem):
      let fix = problem.replacement.map {
        FixIt("write \"\($0)\"", [FixIt.Replacement(node.range, with: $0)], isSafe: true)
      }
      report(.badDuration, node.range, "\(what): \(problem.message)", fix: fix)
      return nil
    }
  }

  mutating func estimate(_ node: YAMLNode, _ what: String) -> Estimate? {
    guard let text = text(node, what) else { return nil }
    switch EstimateText.read(text, calendar: calendar) {
    case .success(let value): return value
    case .failure(let problem):
      report(.badEstimate, node.range, "\(what): \(problem.message)")
      return nil
    }
  }
}
