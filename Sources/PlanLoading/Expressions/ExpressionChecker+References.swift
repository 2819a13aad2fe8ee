internal import Diagnostics
internal import PlanModel
internal import SourceText

extension ExpressionChecker {
  mutating func check(
    _ reference: Reference, _ range: SourceRange, in field: FieldContext, into collector: inout DiagnosticCollector
  ) -> ExpressionType {
    switch reference {
    case .parameter(let name):
      if let kind = names.parameters[name] { return ExpressionType(kind) }
      unknown("param", name, range, among: names.parameters.keys, "declare it under \"params:\"", &collector)
      return .any
    case .environment(let name):
      if names.secretEnvironment.contains(name) {
        collector.report(
          .expressionNotAllowed, range, "\"env.\(name)\" holds a secret, so no expression can read it",
          notes: ["write secrets.NAME where a secret may stand; the programs of the steps have the variable"])
        return .string
      }
      if names.environment.contains(name) { return .string }
      unknown(
        "env", name, range, among: names.environment,
        "declare it under \"env:\"; expressions do not see the environment of the process", &collector)
      return .any
    case .secret(let name):
      guard allow(.secrets, "secrets", range, in: field, &collector) else { return .string }
      checkSecret(name, range, &collector)
      return .string
    case .item(let member):
      _ = allow(.item, "item", range, in: field, &collector)
      switch member {
      case .key: return .string
      case .index: return .int
      case .value: return .any
      }
    case .stepValue(let step, let key):
      guard allow(.steps, "steps", range, in: field, &collector) else { return .any }
      checkStep(step, key: key, range, &collector)
      return .any
    case .stepStatus(let step):
      guard allow(.steps, "steps", range, in: field, &collector) else { return .string }
      checkStep(step, key: nil, range, &collector)
      return .string
    case .state:
      _ = allow(.state, "state", range, in: field, &collector)
      return .any
    case .ownValue:
      _ = allow(.ownValues, "values", range, in: field, &collector)
      return .any
    case .run(let member):
      _ = allow(.run, "run", range, in: field, &collector)
      switch member {
      case .id: return .int
      case .date: return .date
      case .resumed: return .bool
      case .startedAt, .state: return .string
      }
    case .plan:
      return .string
    }
  }

  mutating func checkStep(
    _ step: String, key: String?, _ range: SourceRange, _ collector: inout DiagnosticCollector
  ) {
    guard let values = values(ofStep: step) else {
      if let open = step.firstIndex(of: "["), values(ofStep: String(step[..<open])) != nil {
        note(itemRead: step, range)
        return
      }
      unknown("step", step, range, among: names.steps.keys, nil, &collector)
      return
    }
    if let key, key.hasPrefix(Handoff.prefix) {
      return checkHandoff(step, to: String(key.dropFirst(Handoff.prefix.count)), values, range, &collector)
    }
    guard let key, case .keys(let known) = values, !known.contains(key) else { return }
    var notes: [String] = []
    if let near = nearest(key, among: known) { notes.append("did you mean \"\(near)\"?") }
    notes.append(
      known.isEmpty ? "the step publishes no values" : "it publishes: \(known.prefix(20).joined(separator: ", "))")
    collector.report(
      .expressionReference, range, "the step \"\(step)\" has no value \"\(key)\"", notes: notes)
  }

  private mutating func checkHandoff(
    _ step: String, to receiver: String, _ values: DeclaredNames.StepValues, _ range: SourceRange,
    _ collector: inout DiagnosticCollector
  ) {
    var known: [String] = []
    if case .agent(let receivers) = values { known = receivers }
    if known.contains(receiver) { return }
    var notes: [String] = []
    if let near = nearest(receiver, among: known) { notes.append("did you mean \"\(near)\"?") }
    notes.append(
      known.isEmpty
        ? "only an \"agent\" step with \"handoff\" hands something off"
        : "it hands off to: \(known.prefix(20).joined(separator: ", "))")
    collector.report(
      .expressionReference, range, "the step \"\(step)\" hands off nothing to \"\(receiver)\"", notes: notes)
  }

  func allow(
    _ root: FieldContext.Roots, _ name: String, _ range: SourceRange, in field: FieldContext,
    _ collector: inout DiagnosticCollector
  ) -> Bool {
    if field.roots.contains(root) { return true }
    let note =
      switch root {
      case .ownValues:
        "\"values\" is read in \"state:\" and \"undo:\" of a step only; other steps write steps.ID.values.NAME"
      case .secrets:
        "a secret can stand in \"env\", in the text of \"run\", in headers and the body of a request, and in the \"content\" of a file, where nothing keeps it"
      case .item: "\"item\" is read in a step with \"foreach\""
      case .files: "files are looked at when a step is about to run, not while the plan is read"
      default: "this field is read before anything runs: params, env and plan can be used in it"
      }
    collector.report(.expressionNotAllowed, range, "\"\(name)\" is not available in \"\(field.name)\"", notes: [note])
    return false
  }

  mutating func checkSecret(_ name: String, _ range: SourceRange, _ collector: inout DiagnosticCollector) {
    if !names.secrets.contains(name) { reportUnknownSecret(name, range, .expressionReference, &collector) }
  }

  mutating func reportUnknownSecret(
    _ name: String, _ range: SourceRange, _ rule: Rule, _ collector: inout DiagnosticCollector
  ) {
    unknown(
      "secret", name, range, among: names.secrets, "declare it under \"secrets:\" of the plan", &collector,
      rule: rule)
  }

  mutating func nearest(_ name: String, among known: some Collection<String>) -> String? {
    guard known.count <= suggestionBudget else { return nil }
    suggestionBudget -= known.count
    return NearestName.of(name, among: known)
  }

  private mutating func unknown(
    _ what: String, _ name: String, _ range: SourceRange, among known: some Collection<String>, _ note: String?,
    _ collector: inout DiagnosticCollector, rule: Rule = .expressionReference
  ) {
    var notes: [String] = []
    if let near = nearest(name, among: known) { notes.append("did you mean \"\(near)\"?") }
    if let note { notes.append(note) }
    if known.isEmpty {
      notes.append("the plan declares none")
    } else if known.count <= 12 {
      notes.append("known: \(known.sorted().joined(separator: ", "))")
    }
    collector.report(rule, range, "unknown \(what) \"\(name)\"", notes: notes)
  }
}
