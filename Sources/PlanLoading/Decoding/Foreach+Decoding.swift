internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum ForeachKey: String, FieldKey {
  case items, key

  static let table = KeyTable<ForeachKey>()
}

/// A step that is to be made several times.
struct Repetition {
  let node: YAMLNode
  /// What stands at `foreach`.
  let items: YAMLNode
}

extension DecodingContext {
  /// The longest key of an item, bytes: it stands in ids, tables and commands.
  private static let keyLimit = 200

  /// The steps that a step with `foreach` becomes, and the one that stands for all of them, last.
  ///
  /// - Parameter template: the step by its id only.
  mutating func expanded(_ repetition: Repetition, _ template: Step, _ defaults: StepDefaults) -> [Step] {
    if let steps = expandedLater(repetition, template, defaults) { return steps }
    repeatedRanges.append(repetition.node.range)
    let items = foreachItems(repetition.items)
    var steps: [Step] = []
    guard let items else {
      // Nothing is known of the items; one step shows what each is like.
      guard let step = decoded(repetition, as: .unknown, defaults) else { return [standing(for: [], of: template)] }
      let member = StepGroup.Member(key: "*", step: "\(template.id.value)[*]")
      append(step, for: ForeachItem(key: "*", value: .null, index: 0), of: template.id.value, to: &steps)
      return steps + [standing(for: [member], of: step, id: template.id)]
    }
    steps.reserveCapacity(items.count + 1)
    var members: [StepGroup.Member] = []
    members.reserveCapacity(items.count)
    var first: Step?
    for item in items {
      guard let step = decoded(repetition, as: .item(item), defaults) else { continue }
      members.append(StepGroup.Member(key: item.key, step: ForeachItem.stepID(template.id.value, key: item.key)))
      first = first ?? step
      append(step, for: item, of: template.id.value, to: &steps)
    }
    if items.isEmpty { first = decoded(repetition, as: .unknown, defaults) }
    steps.append(standing(for: members, of: first ?? template, id: template.id))
    return steps
  }

  /// The step of one item; if it calls a plan, that plan's steps and the one that stands for them.
  private mutating func append(_ step: Step, for item: ForeachItem, of id: String, to steps: inout [Step]) {
    var step = step
    // The key of a step that shows what the items are like is no key.
    step.id = Located(item.key == "*" ? "\(id)[*]" : ForeachItem.stepID(id, key: item.key), step.id.range)
    if var site = callSite {
      callSite = nil
      site.step = step
      steps += called(site)
    } else {
      step.details.part = .member(of: id, item: item)
      steps.append(step)
    }
  }

  mutating func decoded(_ repetition: Repetition, as item: ItemBinding, _ defaults: StepDefaults) -> Step? {
    binding = item
    callSite = nil
    defer { binding = nil }
    return step(repetition.node, defaults: defaults)
  }

  /// Without a member it waits for what the step itself waits for.
  private func standing(
    for members: [StepGroup.Member], of step: Step, id: Located<String>? = nil
  ) -> Step {
    var template = step
    if let id { template.id = id }
    return Step.standing(
      for: StepGroup(members: members), of: template,
      needs: members.isEmpty ? step.needs : members.map { Located($0.step, template.id.range) })
  }

  // MARK: The items

  /// The items, or nil when they are not known, which has been reported unless a parameter without a value is why.
  private mutating func foreachItems(_ node: YAMLNode) -> [ForeachItem]? {
    var list = node
    var key: Expression?
    if node.kind == .mapping, node["items"] != nil {
      let fields = Fields<ForeachKey>(node, &self, what: "\"foreach\"")
      guard let value = fields[.items] else { return nil }
      list = value
      if let value = fields[.key] {
        guard let expression = keyExpression(value) else { return nil }
        key = expression
      }
    }
    guard let values = foreachValues(list) else { return nil }
    if values.count > LoadLimits.items {
      report(
        .badValue, list.range, "\"foreach\" has \(values.count) items; at most \(LoadLimits.items) are allowed",
        notes: ["let one step work through a part of them each"])
      return nil
    }
    return keyed(values, by: key)
  }

  /// The values with their keys, if the list itself gives them, each with its place.
  private mutating func foreachValues(_ node: YAMLNode) -> [(key: String?, value: Value, range: SourceRange)]? {
    switch node.kind {
    case .sequence:
      var values: [(key: String?, value: Value, range: SourceRange)] = []
      for item in node.items {
        guard let value = staticValue(item, "an item of \"foreach\"") else { return nil }
        values.append((nil, value, item.range))
      }
      return values
    case .mapping:
      var values: [(key: String?, value: Value, range: SourceRange)] = []
      for (key, node) in node.entries {
        guard let value = staticValue(node, "an item of \"foreach\"") else { return nil }
        values.append((key.text, value, key.range))
      }
      return values
    case .scalar:
      guard let expression = TemplateParser.parseBare(itemOrigin(node), into: &collector) else { return nil }
      let before = collector.diagnostics.count
      let type = checker.check(expression, in: FieldContext("foreach", .steps), into: &collector)
      if collector.diagnostics.count > before { return nil }
      if let reference = expression.references.first(where: { !$0.value.isStatic }) {
        report(
          .notStatic, reference.range, "\"foreach\" can't depend on \"\(reference.value.text)\"",
          notes: ["the items are known before anything runs: use params, env or a list"])
        return nil
      }
      if !type.isCollection, type != .any {
        report(
          .expressionType, node.range, "\"foreach\" needs a list or a map, not \(type.phrase)",
          notes: type == .string ? ["a text is taken apart with split(text, ',') or fromJSON(text)"] : [])
        return nil
      }
      noteRead(expression.references)
      return computed(expression, node)
    }
  }

  private mutating func computed(
    _ expression: Expression, _ node: YAMLNode
  ) -> [(key: String?, value: Value, range: SourceRange)]? {
    do throws(EvaluationError) {
      switch try expression.evaluate(in: statics) {
      case .list(let items): return items.map { (nil, $0, node.range) }
      case .map(let entries): return entries.map { ($0.key, $0.value, node.range) }
      case let value:
        report(
          .expressionType, node.range, "\"foreach\" needs a list or a map, not \(ExpressionType(of: value).phrase)",
          notes: ["a text is taken apart with split(text, ',') or fromJSON(text)"])
      }
    } catch {
      // A parameter that must be given has no value while a plan is only validated.
      if case .absent = error.kind { return nil }
      report(.badValue, node.range, "\"foreach\": \(error.message)")
    }
    return nil
  }

  /// A value as it stands in the plan; expressions in it must be known before the run.
  ///
  /// - Parameter instead: what to do where it is not known by then.
  mutating func staticValue(
    _ node: YAMLNode, _ what: String, instead: String = "it is known before anything runs: use params, env or plan"
  ) -> Value? {
    switch node.kind {
    case .sequence:
      var items: [Value] = []
      for item in node.items {
        guard let value = staticValue(item, what, instead: instead) else { return nil }
        items.append(value)
      }
      return .list(items)
    case .mapping:
      var entries: [Value.Entry] = []
      for (key, item) in node.entries {
        guard let value = staticValue(item, what, instead: instead) else { return nil }
        entries.append(Value.Entry(key.text, value))
      }
      return .map(entries)
    case .scalar:
      guard node.withUTF8({ TemplateParser.holdsMark($0) }) else { return node.plainValue }
      guard let template = template(node, what, allowsList: true) else { return nil }
      for reference in template.references where !reference.value.isStatic {
        report(
          .notStatic, reference.range, "\(what) can't depend on \"\(reference.value.text)\"", notes: [instead])
        return nil
      }
      noteRead(template.references)
      return try? template.render(in: statics)
    }
  }

  /// Their values stand in the steps, which do not read them any more.
  private mutating func noteRead(_ references: [Located<Reference>]) {
    for case .parameter(let name) in references.map(\.value) { parametersInPaths.insert(name) }
  }

  // MARK: Their keys

  mutating func keyExpression(_ node: YAMLNode) -> Expression? {
    guard node.kind == .scalar else {
      reportType(node, expected: "an expression", what: "\"key\"")
      return nil
    }
    guard let expression = TemplateParser.parseBare(itemOrigin(node), into: &collector) else { return nil }
    let before = collector.diagnostics.count
    let type = checker.check(expression, in: FieldContext("key", .item), into: &collector)
    if collector.diagnostics.count > before { return nil }
    if type.isCollection {
      report(.expressionType, node.range, "a key is a text, not \(type.phrase)")
      return nil
    }
    return expression
  }

  mutating func keyed(
    _ values: [(key: String?, value: Value, range: SourceRange)], by key: Expression?
  ) -> [ForeachItem]? {
    var items: [ForeachItem] = []
    items.reserveCapacity(values.count)
    var seen: [String: SourceRange] = [:]
    for (index, entry) in values.enumerated() {
      var item = ForeachItem(key: entry.key ?? "", value: entry.value, index: index)
      guard let text = keyText(of: item, given: entry.key, by: key, entry.range) else { return nil }
      item.key = text
      if let first = seen.updateValue(entry.range, forKey: text) {
        report(
          .duplicateIdentifier, entry.range, "\"foreach\" gives the key \"\(text)\" twice",
          notes: ["each item needs a key of its own: foreach: {items: …, key: EXPRESSION}"],
          related: first == entry.range ? [] : [.init("the first one", first)])
        return nil
      }
      items.append(item)
    }
    return items
  }

  /// The key of an item: the value of `key`, that of a map, or the item itself.
  private mutating func keyText(
    of item: ForeachItem, given: String?, by key: Expression?, _ range: SourceRange
  ) -> String? {
    var text = given
    if let key {
      binding = .item(item)
      defer { binding = nil }
      do throws(EvaluationError) {
        text = try bound(key).evaluate(in: statics).text
      } catch {
        report(.badValue, key.range, "the key of item \(item.index + 1): \(error.message)")
        return nil
      }
    } else if given == nil {
      text = item.value.text
      if text == nil {
        report(
          .badValue, range, "an item that is \(ExpressionType(of: item.value).phrase) needs a key",
          notes: ["write foreach: {items: …, key: item.NAME}, or a map of keys and items"])
        return nil
      }
    }
    guard let text, !text.isEmpty, text.utf8.count <= DecodingContext.keyLimit else {
      report(
        .badValue, range,
        text?.isEmpty == false
          ? "the key of an item is longer than \(DecodingContext.keyLimit) bytes"
          : "item \(item.index + 1) of \"foreach\" has an empty key",
        notes: ["give a key: foreach: {items: …, key: EXPRESSION}"])
      return nil
    }
    return text
  }

  func itemOrigin(_ node: YAMLNode) -> TextOrigin {
    TextOrigin(text: node.text) { node.sourceRange(ofText: $0) }
  }
}
