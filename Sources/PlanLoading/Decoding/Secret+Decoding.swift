internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum SecretKey: String, FieldKey {
  case env, file, command, optional

  static let table = KeyTable<SecretKey>()
  static let sources: [SecretKey] = [.env, .file, .command]
}

extension DecodingContext {
  /// `secrets:` of the plan: where each value comes from.
  mutating func secrets(_ node: YAMLNode) -> [Secret] {
    guard mapping(node, "\"secrets\"") else { return [] }
    return node.entries.compactMap { key, value in
      guard let name = secretName(key) else { return nil }
      guard value.kind == .mapping else {
        reportType(
          value, expected: "a mapping that says where it comes from", what: "the secret \"\(name.value)\"",
          notes: ["write {env: NAME}, {file: path} or {command: [program, argument]}; no plan holds a value"])
        return nil
      }
      return secret(name, value)
    }
  }

  private mutating func secret(_ name: Located<String>, _ node: YAMLNode) -> Secret? {
    let fields = Fields<SecretKey>(node, &self, what: "a secret")
    let present = SecretKey.sources.filter { fields.has($0) }
    guard let key = present.first, let value = fields[key] else {
      if !fields.misspells(SecretKey.sources) {
        report(
          .missingKey, name.range, "the secret \"\(name.value)\" does not say where it comes from",
          notes: ["add one of: env, file, command"])
      }
      return nil
    }
    if present.count > 1, let second = fields.keyRange(present[1]), let first = fields.keyRange(key) {
      report(
        .conflictingKeys, second, "a secret comes from one place, and this one has \"\(key.rawValue)\" already",
        notes: ["remove one of the two"], related: [.init("the other one", first)])
    }
    var isOptional = false
    if let flag = fields[.optional] { isOptional = bool(flag, "\"optional\"") ?? false }
    return source(key, value).map { Secret(name: name, source: $0, isOptional: isOptional) }
  }

  private mutating func source(_ key: SecretKey, _ value: YAMLNode) -> Secret.Source? {
    switch key {
    case .env:
      guard let variable = located(value, "\"env\"") else { return nil }
      guard VariableName.isValid(Array(variable.value.utf8)[...]) else {
        report(
          .badIdentifier, value.range, "an environment variable can't be called \"\(variable.value.prefix(60))\"",
          notes: ["name the variable that holds the value; the value itself stands in no plan"])
        return nil
      }
      return .environment(variable)
    case .file:
      guard let path = path(value, "\"file\"") else { return nil }
      guard !path.isNegated, path.isLiteral || path.text.contains("${{") else {
        report(.badPath, value.range, "\"file\" is one path, not a pattern")
        return nil
      }
      return .file(path)
    case .command:
      let words = textList(value, "\"command\"")
      guard let program = words.first, !program.value.isEmpty else {
        if value.kind != .mapping { report(.badValue, value.range, "\"command\" names no program") }
        return nil
      }
      if value.kind == .scalar, program.value.contains(" ") {
        report(
          .badValue, value.range, "\"command\" is a list: the program, then its arguments",
          notes: ["write [\(program.value.split(separator: " ").joined(separator: ", "))]; it is run without a shell"])
        return nil
      }
      if let word = words.first(where: { $0.value.contains("${{") }) {
        report(
          .expressionNotAllowed, word.range, "\"command\" of a secret is read as it is written",
          notes: ["write the words out, or run a script of the project"])
        return nil
      }
      return .command(words)
    case .optional: return nil
    }
  }

  /// The name of a secret is that of the variable in which a step gets it.
  private mutating func secretName(_ key: YAMLNode) -> Located<String>? {
    guard VariableName.isValid(key.utf8), !VariableName.isReserved(key.text) else {
      report(
        .badIdentifier, key.range, "a secret can't be called \"\(key.text.prefix(60))\"",
        notes: ["use letters, digits and _, no digit first, and not EXECPLAN_ at the beginning"])
      return nil
    }
    return Located(key.text, key.range)
  }

  /// `secrets:` of a step: those that its programs get as environment variables.
  ///
  /// - Parameter env: the step's own variables.
  mutating func exportedSecrets(_ node: YAMLNode, env: [Step.Variable]) -> [Located<String>] {
    var seen: Set<String> = []
    return textList(node, "\"secrets\"").filter { name in
      if let other = env.first(where: { $0.name.value == name.value }) {
        report(
          .conflictingKeys, name.range, "\"env\" gives the step another \"\(name.value)\"",
          notes: ["remove one of the two"], related: [.init("the other one", other.name.range)])
        return false
      }
      guard names.secrets.contains(name.value) else {
        checker.reportUnknownSecret(name.value, name.range, .unknownName, &collector)
        return false
      }
      return seen.insert(name.value).inserted
    }
  }
}
