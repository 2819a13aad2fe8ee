internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum RetryKey: String, FieldKey {
  case times, delay, factor
  case maxDelay = "max_delay"
  case maxElapsed = "max_elapsed"
  case jitter
  case onExit = "on_exit"
  case notOnExit = "not_on_exit"
  case onTimeout = "on_timeout"

  static let table = KeyTable<RetryKey>()
}

enum ExpectKey: String, FieldKey {
  case exit, stdout, stderr, duration

  static let table = KeyTable<ExpectKey>()
}

extension DecodingContext {
  /// `retry: 3` or the long form.
  mutating func retryPolicy(_ node: YAMLNode) -> RetryPolicy? {
    var policy = RetryPolicy.never
    if node.kind == .scalar {
      guard let times = int(node, "\"retry\"", in: 0...1000) else { return nil }
      policy.times = times
      return policy
    }
    guard mapping(node, "\"retry\"", or: "a number") else { return nil }
    if let attempts = node.entries.first(where: { $0.key.text == "attempts" || $0.key.text == "retries" }) {
      report(
        .unknownKey, attempts.key.range, "unknown key \"\(attempts.key.text)\" in \"retry\"",
        notes: ["write \"times\": how many more tries there are after the first"])
      return nil
    }
    let fields = Fields<RetryKey>(node, &self, what: "\"retry\"")
    guard let times = fields[.times] else {
      reportMissing(RetryKey.times, fields, what: "\"retry\"")
      return nil
    }
    policy.times = int(times, "\"times\"", in: 0...1000) ?? 0
    if let value = fields[.delay] { policy.delay = duration(value, "\"delay\"") ?? policy.delay }
    if let value = fields[.factor] { policy.factor = max(1, number(value, "\"factor\"") ?? policy.factor) }
    if let value = fields[.maxDelay] { policy.maxDelay = duration(value, "\"max_delay\"") ?? policy.maxDelay }
    if let value = fields[.maxElapsed] { policy.maxElapsed = duration(value, "\"max_elapsed\"") }
    if let value = fields[.jitter] { policy.jitter = bool(value, "\"jitter\"") ?? policy.jitter }
    if let value = fields[.onTimeout] { policy.onTimeout = bool(value, "\"on_timeout\"") ?? policy.onTimeout }
    if let value = fields[.onExit] { policy.onExit = exitCodes(value, "\"on_exit\"") }
    if let value = fields[.notOnExit] { policy.notOnExit = exitCodes(value, "\"not_on_exit\"") }
    return policy
  }

  mutating func exitCodes(_ node: YAMLNode, _ what: String) -> [Int] {
    let codes = scalarList(node, what)
    if codes.isEmpty, node.kind != .mapping {
      report(.badValue, node.range, "\(what) names no exit code", notes: ["remove it, or write the codes"])
    }
    return codes.compactMap { int($0, "an exit code of \(what)", in: 0...255) }
  }

  mutating func expectation(_ node: YAMLNode) -> Expectation? {
    guard mapping(node, "\"expect\"") else { return nil }
    var expectation = Expectation()
    let fields = Fields<ExpectKey>(node, &self, what: "\"expect\"")
    if node.count == 0 {
      report(.badValue, node.range, "\"expect\" expects nothing", notes: ["remove it; then exit code 0 is"])
    }
    if let value = fields[.exit] { expectation.exit = exitCodes(value, "\"exit\"") }
    if let value = fields[.stdout] { expectation.stdout = comparisons(value, "\"stdout\"") }
    if let value = fields[.stderr] { expectation.stderr = comparisons(value, "\"stderr\"") }
    if let value = fields[.duration] { expectation.duration = comparisons(value, "\"duration\"", unit: .duration) }
    return expectation
  }

  mutating func environment(_ node: YAMLNode) -> [Step.Variable] {
    guard mapping(node, "\"env\"") else { return [] }
    var variables: [Step.Variable] = []
    for (key, value) in node.entries {
      let name = key.text
      guard VariableName.isValid(key.utf8) else {
        report(
          .badIdentifier, key.range, "an environment variable can't be called \"\(name)\"",
          notes: ["use letters, digits and _, and no digit first"])
        continue
      }
      if VariableName.isReserved(name) {
        report(
          .badIdentifier, key.range, "names that begin with EXECPLAN_ are set by execplan itself",
          notes: ["choose another name"])
        continue
      }
      if let template = template(value, "\"\(name)\"", allowsSecrets: true) {
        variables.append(Step.Variable(name: Located(name, key.range), value: template))
      }
    }
    return variables
  }

  /// `bash -c`, or a list of words.
  mutating func interpreter(_ node: YAMLNode, _ what: String) -> Interpreter? {
    let words =
      node.kind == .scalar
      ? node.text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
      : textList(node, what).map(\.value)
    guard !words.isEmpty else {
      if node.kind != .mapping { report(.badValue, node.range, "\(what) names no program") }
      return nil
    }
    return Interpreter(words, node.range)
  }
}
