internal import SourceText

/// Holds what a plan says against a schema.
///
/// Before a run the values of expressions are not known, and nothing is said about them; when they are known the same check
/// is made with `StructuredTemplate.evaluated(in:)`.
package struct SchemaCheck {
  /// More is too much to read.
  package static let findingLimit = 100

  private let what: String
  private var findings: [SchemaFinding] = []

  private init(what: String) { self.what = what }

  /// - Parameter what: how the whole is called in messages: `"with"`.
  package static func findings(
    in tree: StructuredTemplate, against schema: JSONSchema, what: String
  ) -> [SchemaFinding] {
    var check = SchemaCheck(what: what)
    check.check(tree, schema, at: "")
    return check.findings
  }

  private mutating func report(
    _ kind: SchemaFinding.Kind, _ range: SourceRange, _ pointer: String, _ message: String, name: String? = nil
  ) {
    guard findings.count < SchemaCheck.findingLimit else { return }
    findings.append(SchemaFinding(kind: kind, range: range, pointer: pointer, message: message, name: name))
  }

  /// `"count"`, or the name of the whole.
  private func named(_ pointer: String) -> String {
    guard !pointer.isEmpty else { return "\"\(what)\"" }
    return "\"\(pointer.dropFirst().replacing("/", with: ".").replacing("~1", with: "/").replacing("~0", with: "~"))\""
  }

  private mutating func check(_ tree: StructuredTemplate, _ schema: JSONSchema, at pointer: String) {
    let rules: JSONSchema.Rules
    switch schema {
    case .anything: return
    case .nothing: return report(.badValue, tree.range, pointer, "\(named(pointer)) can't have a value")
    case .rules(let found): rules = found
    }
    switch tree {
    case .text(let template):
      if let literal = template.literal { return check(.string(literal), rules, tree.range, pointer) }
      // One expression alone may come to anything; with text around it the value is a text.
      if template.soleExpression == nil, !rules.allows(.string) {
        reportKind(.string, rules, tree.range, pointer, "a text")
      }
    case .value(let value, let range): check(value, rules, range, pointer)
    case .list(let items, let range):
      guard rules.allows(.array) else { return reportKind(.array, rules, range, pointer, "a list") }
      check(count: items.count, rules.itemCount, "item", range, pointer)
      if rules.areItemsUnique { checkUnique(items.map(\.literalValue), range, pointer) }
      checkAllowed(tree.literalValue, rules, range, pointer)
      for (index, item) in items.enumerated() { check(item, rules.items, at: "\(pointer)/\(index)") }
    case .map(let entries, let range):
      guard rules.allows(.object) else { return reportKind(.object, rules, range, pointer, "a mapping") }
      checkAllowed(tree.literalValue, rules, range, pointer)
      check(entries, rules, range, pointer)
    }
  }

  private mutating func check(
    _ entries: [StructuredTemplate.Entry], _ rules: JSONSchema.Rules, _ range: SourceRange, _ pointer: String
  ) {
    check(count: entries.count, rules.propertyCount, "field", range, pointer)
    for name in rules.required where !entries.contains(where: { $0.name.value == name }) {
      report(.missingField, range, pointer, "\(named(pointer)) needs \"\(name)\"", name: name)
    }
    for entry in entries {
      let inner = "\(pointer)/\(JSONSchema.escaped(entry.name.value))"
      if let property = rules.properties.first(where: { $0.name == entry.name.value }) {
        check(entry.value, property.schema, at: inner)
      } else if rules.additional == .nothing {
        report(
          .unknownField(known: rules.properties.map(\.name)), entry.name.range, inner,
          "unknown field \"\(entry.name.value)\" in \(named(pointer))", name: entry.name.value)
      } else {
        check(entry.value, rules.additional, at: inner)
      }
    }
  }

  private mutating func check(_ value: Value, _ rules: JSONSchema.Rules, _ range: SourceRange, _ pointer: String) {
    let kind = JSONSchema.Kind(of: value)
    guard rules.allows(kind) else {
      return reportKind(kind, rules, range, pointer, SchemaCheck.shown(value))
    }
    checkAllowed(value, rules, range, pointer)
    switch value {
    case .int(let number): check(Double(number), rules.range, range, pointer)
    case .double(let number): check(number, rules.range, range, pointer)
    case .string(let text): check(text, rules, range, pointer)
    // What an expression came to stands as a whole where the expression stands.
    case .list(let items):
      check(.list(items.map { .value($0, range) }, range), .rules(rules.withoutAllowed), at: pointer)
    case .map(let entries):
      let located = entries.map {
        StructuredTemplate.Entry(name: Located($0.key, range), value: .value($0.value, range))
      }
      check(.map(located, range), .rules(rules.withoutAllowed), at: pointer)
    case .null, .bool: break
    }
  }

  private mutating func reportKind(
    _ kind: JSONSchema.Kind, _ rules: JSONSchema.Rules, _ range: SourceRange, _ pointer: String, _ found: String
  ) {
    let wanted = rules.kinds.map(\.phrase).joined(separator: " or ")
    report(.wrongType, range, pointer, "\(named(pointer)) must be \(wanted), not \(found)")
  }

  private mutating func checkAllowed(
    _ value: Value?, _ rules: JSONSchema.Rules, _ range: SourceRange, _ pointer: String
  ) {
    guard let allowed = rules.allowed, let value, !allowed.contains(where: { SchemaCheck.areEqual($0, value) }) else {
      return
    }
    let names = allowed.prefix(20).map { SchemaCheck.shown($0) }.joined(separator: ", ")
    let rest = allowed.count > 20 ? ", …" : ""
    report(
      .badValue, range, pointer,
      allowed.count == 1
        ? "\(named(pointer)) must be \(names), not \(SchemaCheck.shown(value))"
        : "\(named(pointer)) must be one of \(names)\(rest), not \(SchemaCheck.shown(value))")
  }

  private mutating func check(
    _ number: Double, _ bounds: JSONSchema.Range, _ range: SourceRange, _ pointer: String
  ) {
    if let least = bounds.minimum, bounds.isMinimumExcluded ? number <= least : number < least {
      let words = bounds.isMinimumExcluded ? "more than" : "at least"
      report(.badValue, range, pointer, "\(named(pointer)) must be \(words) \(SchemaCheck.shown(.double(least)))")
    }
    if let most = bounds.maximum, bounds.isMaximumExcluded ? number >= most : number > most {
      let words = bounds.isMaximumExcluded ? "less than" : "at most"
      report(.badValue, range, pointer, "\(named(pointer)) must be \(words) \(SchemaCheck.shown(.double(most)))")
    }
  }

  private mutating func check(_ text: String, _ rules: JSONSchema.Rules, _ range: SourceRange, _ pointer: String) {
    check(count: text.unicodeScalars.count, rules.length, "character", range, pointer)
    guard let pattern = rules.pattern else { return }
    do throws(EvaluationError) {
      guard try RegularExpression.matches(pattern, in: text) else {
        return report(
          .badValue, range, pointer,
          "\(named(pointer)) must match \"\(pattern)\", not \(SchemaCheck.shown(.string(text)))")
      }
    } catch {
      report(.badValue, range, pointer, "\(named(pointer)): \(error.message)")
    }
  }

  private mutating func check(
    count: Int, _ bounds: JSONSchema.Bounds, _ thing: String, _ range: SourceRange, _ pointer: String
  ) {
    func things(_ count: Int) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
    if let least = bounds.least, count < least {
      report(.badValue, range, pointer, "\(named(pointer)) must have at least \(things(least)), not \(count)")
    }
    if let most = bounds.most, count > most {
      report(.badValue, range, pointer, "\(named(pointer)) must have at most \(things(most)), not \(count)")
    }
  }

  private mutating func checkUnique(_ values: [Value?], _ range: SourceRange, _ pointer: String) {
    var seen: Set<String> = []
    for value in values {
      guard let value else { continue }
      guard seen.insert(JSONWriter.compact(value)).inserted else {
        return report(.badValue, range, pointer, "\(named(pointer)) holds \(SchemaCheck.shown(value)) twice")
      }
    }
  }

  /// A number is the same however it is written; the fields of a mapping have no order.
  private static func areEqual(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.int(let a), .double(let b)), (.double(let b), .int(let a)): Double(a) == b
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
    case (.map(let a), .map(let b)):
      a.count == b.count
        && a.allSatisfy { entry in b.first { $0.key == entry.key }.map { areEqual(entry.value, $0.value) } ?? false }
    default: a == b
    }
  }

  private static func shown(_ value: Value) -> String {
    switch value {
    case .string(let text): return "\"\(text.prefix(60))\(text.count > 60 ? "…" : "")\""
    case .double(let number) where number == number.rounded() && abs(number) < 1e15: return String(Int(number))
    default:
      let text = JSONWriter.compact(value)
      return text.count > 60 ? text.prefix(60) + "…" : text
    }
  }
}

extension JSONSchema.Rules {
  func allows(_ kind: JSONSchema.Kind) -> Bool {
    kinds.isEmpty || kinds.contains(kind) || kind == .integer && kinds.contains(.number)
  }

  /// The same without the list of allowed values, which is held against the whole.
  fileprivate var withoutAllowed: JSONSchema.Rules {
    var rules = self
    rules.allowed = nil
    return rules
  }
}

extension JSONSchema.Kind {
  init(of value: Value) {
    self =
      switch value {
      case .null: .null
      case .bool: .boolean
      case .int: .integer
      case .double(let number): number == number.rounded() && abs(number) < 1e15 ? .integer : .number
      case .string: .string
      case .list: .array
      case .map: .object
      }
  }
}

extension StructuredTemplate {
  /// The value, if no expression is in it.
  package var literalValue: Value? {
    switch self {
    case .value(let value, _): return value
    case .text(let template): return template.literal.map(Value.string)
    case .list(let items, _):
      let values = items.compactMap(\.literalValue)
      return values.count == items.count ? .list(values) : nil
    case .map(let entries, _):
      let values = entries.compactMap { entry in entry.value.literalValue.map { Value.Entry(entry.name.value, $0) } }
      return values.count == entries.count ? .map(values) : nil
    }
  }

  /// The same with all expressions evaluated, each value at its place in the plan.
  package func evaluated(in scope: some EvaluationScope) throws(EvaluationError) -> StructuredTemplate {
    switch self {
    case .value: return self
    case .text(let template): return .value(try template.render(in: scope), template.range)
    case .list(let items, let range):
      var values: [StructuredTemplate] = []
      for item in items { values.append(try item.evaluated(in: scope)) }
      return .list(values, range)
    case .map(let entries, let range):
      var values: [Entry] = []
      for entry in entries { values.append(Entry(name: entry.name, value: try entry.value.evaluated(in: scope))) }
      return .map(values, range)
    }
  }
}
