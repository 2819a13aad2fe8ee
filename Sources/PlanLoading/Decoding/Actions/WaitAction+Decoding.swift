internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum WaitKey: String, FieldKey {
  case `for`, interval

  static let table = KeyTable<WaitKey>()
}

enum WaitForKey: String, FieldKey {
  case port, host, duration

  static let table = KeyTable<WaitForKey>()
}

extension DecodingContext {
  mutating func waitAction(_ node: YAMLNode, shell: Interpreter) -> WaitAction? {
    guard mapping(node, "\"wait\"") else { return nil }
    let fields = Fields<WaitKey>(node, &self, what: "a wait action")
    var interval = WaitAction.usualInterval
    if let value = fields[.interval], let duration = duration(value, "\"interval\"") {
      if duration > .zero {
        interval = duration
      } else {
        report(.badValue, value.range, "\"interval\" must be longer than nothing", notes: ["write 500ms"])
      }
    }
    guard let value = fields[.for] else {
      reportMissing(WaitKey.for, fields, what: "a wait action", notes: ["checks, {port: N} or {duration: 30s}"])
      return nil
    }
    guard let condition = waitCondition(value, shell: shell) else { return nil }
    if case .duration = condition, let range = fields.keyRange(.interval) {
      report(
        .conflictingKeys, range, "nothing is looked at while a duration passes", notes: ["remove \"interval\""])
    }
    return WaitAction(condition, interval: interval)
  }

  private mutating func waitCondition(_ node: YAMLNode, shell: Interpreter) -> WaitAction.Condition? {
    guard node.kind == .mapping, node.entries.contains(where: { isMeantForWait($0.key.text) }) else {
      let checks = checks(node, "\"for\"", shell: shell)
      return checks.isEmpty ? nil : .checks(checks)
    }
    let fields = Fields<WaitForKey>(node, &self, what: "\"for\" of a wait action")
    if let value = fields[.duration] {
      if let range = fields.keyRange(.port) ?? fields.keyRange(.host) {
        report(
          .conflictingKeys, range, "a duration is waited for alone", notes: ["make it a step of its own"])
      }
      return duration(value, "\"duration\"").map { .duration($0) }
    }
    guard let value = fields[.port] else {
      reportMissing(WaitForKey.port, fields, what: "\"for\" with a host")
      return nil
    }
    let port = int(value, "\"port\"", in: 1...65_535)
    var host: Template? = Template(literal: "127.0.0.1")
    if let value = fields[.host] { host = waitHost(value) }
    guard let port, let host else { return nil }
    return .port(port, host: host)
  }

  /// Whether a key is rather one of these than one of a check.
  private func isMeantForWait(_ key: String) -> Bool {
    if WaitForKey(rawValue: key) != nil { return true }
    if CheckKey(rawValue: key) != nil { return false }
    return NearestName.of(key, among: WaitForKey.table.names) != nil
      && NearestName.of(key, among: CheckKey.table.names) == nil
  }

  private mutating func waitHost(_ node: YAMLNode) -> Template? {
    guard let template = template(node, "\"host\"") else { return nil }
    guard let text = template.literal else { return template }
    if let problem = HostName.problem(with: text) {
      report(.badValue, node.range, problem, notes: ["write a name or an address, as in db.internal or 10.0.0.7"])
      return nil
    }
    return template
  }
}
