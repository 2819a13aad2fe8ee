internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

/// `foreach` over the values of other steps: the items are there only when those have run (S27).
extension DecodingContext {
  /// The step that shows what each item is like and finds the items, and the one that stands for all of them.
  ///
  /// - Returns: nil if the items are known before the run.
  mutating func expandedLater(_ repetition: Repetition, _ template: Step, _ defaults: StepDefaults) -> [Step]? {
    guard let list = laterList(repetition.items) else { return nil }
    let expansion = expansion(repetition, list, template, defaults)
    guard var step = decoded(repetition, as: .unknown, defaults) else {
      return [Step.standing(for: StepGroup(members: []), of: template, needs: template.needs)]
    }
    if let site = callSite {
      callSite = nil
      report(
        .conflictingKeys, repetition.items.range, "the items of a step that calls a plan must be known before the run",
        notes: [
          "use params, env or a list; or let the called plan work through the items with a \"foreach\" of its own"
        ])
      return [Step.standing(for: StepGroup(members: []), of: site.step, needs: site.step.needs)]
    }
    let id = ForeachItem.templateID(template.id.value)
    step.id = Located(id, template.id.range)
    if let expansion { step.details.part = .template(expansion) }
    var whole = step
    whole.id = template.id
    return [
      step,
      Step.standing(
        for: StepGroup(members: [], expansion: id), of: whole, needs: [Located(id, template.id.range)]),
    ]
  }

  /// What stands for the items, if it reads a step.
  private func laterList(_ node: YAMLNode) -> YAMLNode? {
    var list = node
    if node.kind == .mapping, let items = node["items"] { list = items }
    guard list.kind == .scalar, list.text.contains("steps") else { return nil }
    var ignored = DiagnosticCollector()
    let expression = TemplateParser.parseBare(itemOrigin(list), into: &ignored)
    return expression?.references.contains { $0.value.step != nil } ?? false ? list : nil
  }

  /// - Returns: nil when something is wrong with it, which has been reported.
  private mutating func expansion(
    _ repetition: Repetition, _ list: YAMLNode, _ template: Step, _ defaults: StepDefaults
  ) -> StepExpansion? {
    var key: Expression?
    var isRight = true
    if repetition.items.kind == .mapping {
      let fields = Fields<ForeachKey>(repetition.items, &self, what: "\"foreach\"")
      if let node = fields[.key] {
        key = keyExpression(node)
        isRight = key != nil
      }
    }
    guard let expression = TemplateParser.parseBare(itemOrigin(list), into: &collector) else { return nil }
    let before = collector.diagnostics.count
    let type = checker.check(expression, in: FieldContext("foreach", .steps), into: &collector)
    if collector.diagnostics.count > before { return nil }
    if !type.isCollection, type != .any {
      report(
        .expressionType, list.range, "\"foreach\" needs a list or a map, not \(type.phrase)",
        notes: type == .string ? ["a text is taken apart with split(text, ',') or fromJSON(text)"] : [])
      return nil
    }
    guard isRight else { return nil }
    // Once for all: each copy would gather the names of all steps anew.
    _ = checker.values(ofStep: template.id.value)
    let decoder = ItemDecoder(
      context: forLater, repetition: repetition, defaults: defaults, template: template.id, list: list.range, key: key)
    return StepExpansion(list: rebased(expression), key: key.map { rebased($0) }) {
      value throws(ExpansionProblem) in
      try decoder.items(of: value)
    } steps: { items throws(ExpansionProblem) in
      try decoder.steps(for: items)
    }
  }

  /// The context without what has been gathered so far.
  private var forLater: DecodingContext {
    var context = self
    context.collector = DiagnosticCollector()
    context.repeatedRanges = []
    context.repetition = nil
    context.binding = nil
    context.documents = [:]
    context.parametersInPaths = []
    return context
  }
}

/// Makes the steps of items that a run has found, from the text of the step.
///
/// It is made once and never changed: each use works on a copy of the context, whose only closure was used up before.
private final class ItemDecoder: @unchecked Sendable {
  private let context: DecodingContext
  private let repetition: Repetition
  private let defaults: StepDefaults
  private let template: Located<String>
  private let list: SourceRange
  private let key: Expression?

  init(
    context: DecodingContext, repetition: Repetition, defaults: StepDefaults, template: Located<String>,
    list: SourceRange, key: Expression?
  ) {
    self.context = context
    self.repetition = repetition
    self.defaults = defaults
    self.template = template
    self.list = list
    self.key = key
  }

  func items(of value: Value) throws(ExpansionProblem) -> [ForeachItem] {
    var values: [(key: String?, value: Value, range: SourceRange)]
    switch value {
    case .list(let items): values = items.map { (nil, $0, list) }
    case .map(let entries): values = entries.map { ($0.key, $0.value, list) }
    default:
      throw ExpansionProblem(
        "\"foreach\" needs a list or a map, not \(ExpressionType(of: value).phrase)"
          + (value.isText ? "; a text is taken apart with split(text, ',') or fromJSON(text)" : ""))
    }
    guard values.count <= LoadLimits.items else {
      throw ExpansionProblem(
        "\"foreach\" has \(values.count) items; at most \(LoadLimits.items) are allowed")
    }
    var context = self.context
    guard let items = context.keyed(values, by: key) else {
      throw problem(context.collector) ?? ExpansionProblem("the items have no keys")
    }
    return items
  }

  func steps(for items: [ForeachItem]) throws(ExpansionProblem) -> [Step] {
    var context = self.context
    var steps: [Step] = []
    steps.reserveCapacity(items.count)
    for item in items {
      let step = context.decoded(repetition, as: .item(item), defaults)
      if !context.collector.diagnostics.isEmpty {
        if let problem = problem(context.collector) {
          throw ExpansionProblem("item \"\(item.key)\": \(problem.message)")
        }
        context.collector = DiagnosticCollector()
      }
      guard var step else { throw ExpansionProblem("item \"\(item.key)\": the step can't be read") }
      step.id = Located(ForeachItem.stepID(template.value, key: item.key), template.range)
      step.details.part = .found(of: template.value, item: item)
      steps.append(step)
    }
    return steps
  }

  /// The first error, with its line.
  private func problem(_ collector: DiagnosticCollector) -> ExpansionProblem? {
    guard let first = collector.sorted().first(where: { $0.severity == .error }) else { return nil }
    let line = context.source.location(of: first.range.lowerBound).line
    let note = first.notes.first.map { "; \($0)" } ?? ""
    return ExpansionProblem("line \(line): \(first.message)\(note)")
  }
}

extension Value {
  fileprivate var isText: Bool { if case .string = self { true } else { false } }
}
