internal import PlanModel
internal import SourceText
internal import YAML

/// `defaults:`, applied to every step that does not say otherwise.
struct StepDefaults {
  var shell = Interpreter.default
  var cwd: Template?
  var timeout: Duration?
  var retry = RetryPolicy.never
  var pool: Located<String>?
  var idempotent: Bool?
  var onInterrupt: OnInterrupt?
  var database: Database?
  var syncOutputs = false
}

enum DefaultsKey: String, FieldKey {
  case shell, cwd, timeout, retry, pool, idempotent
  case onInterrupt = "on_interrupt"
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
    if let value = fields[.cwd] { defaults.cwd = template(value, "\"cwd\"") }
    if let value = fields[.timeout] { defaults.timeout = duration(value, "\"timeout\"") }
    if let value = fields[.retry] { defaults.retry = retryPolicy(value) ?? .never }
    if let value = fields[.pool] { defaults.pool = located(value, "\"pool\"") }
    if let value = fields[.idempotent] { defaults.idempotent = bool(value, "\"idempotent\"") }
    if let value = fields[.onInterrupt] { defaults.onInterrupt = choice(value, "\"on_interrupt\"", OnInterrupt.self) }
    if let value = fields[.database] { defaults.database = database(value) }
    if let value = fields[.syncOutputs] { defaults.syncOutputs = bool(value, "\"sync_outputs\"") ?? false }
    return defaults
  }
}
