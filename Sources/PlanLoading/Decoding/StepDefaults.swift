internal import PlanModel
internal import SourceText
internal import YAML

/// `defaults:`, applied to every step that does not say otherwise.
struct StepDefaults {
  var shell = Interpreter.default
  var timeout: Duration?
  /// A step that says nothing by itself.
  var step = Step(id: Located("", .fileStart), action: .check(CheckAction(checks: [])))
}

enum DefaultsKey: String, FieldKey {
  case shell, cwd, timeout, retry, pool, idempotent
  case onInterrupt = "on_interrupt"
  case onConflict = "on_conflict"
  case database
  case syncOutputs = "sync_outputs"

  static let table = KeyTable<DefaultsKey>()
}

extension DecodingContext {
  mutating func defaults(_ node: YAMLNode) -> StepDefaults {
    var defaults = StepDefaults()
    guard mapping(node, "\"defaults\"") else { return defaults }
    let fields = Fields<DefaultsKey>(node, &self, what: "\"defaults\"", allowsExtensions: true)
    if let value = fields[.shell], let words = interpreter(value, "\"shell\"") { defaults.shell = words }
    var details = StepDetails()
    if let value = fields[.cwd] { details.cwd = template(value, "\"cwd\"") }
    if let value = fields[.timeout] { defaults.timeout = duration(value, "\"timeout\"") }
    if let value = fields[.retry] { details.retry = retryPolicy(value) ?? .never }
    if let value = fields[.pool] { details.pool = pool(value) }
    if let value = fields[.idempotent] { details.idempotent = bool(value, "\"idempotent\"") }
    if let value = fields[.onInterrupt] { details.onInterrupt = onInterrupt(value) }
    if let value = fields[.onConflict] { details.onConflict = onConflict(value) }
    if let value = fields[.database] { defaultDatabase = database(value) }
    if let value = fields[.syncOutputs] { details.syncOutputs = bool(value, "\"sync_outputs\"") ?? false }
    defaults.step.details = details
    return defaults
  }
}
