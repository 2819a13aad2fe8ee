internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum ParameterKey: String, FieldKey {
  case type, required, `default`, choices, description

  static let table = KeyTable<ParameterKey>()
}

extension DecodingContext {
  mutating func parameters(_ node: YAMLNode) -> [Parameter] {
    guard mapping(node, "\"params\"") else { return [] }
    return node.entries.compactMap { parameter($0.key, $0.value) }
  }

  private mutating func parameter(_ key: YAMLNode, _ node: YAMLNode) -> Parameter? {
    guard let name = identifier(key, "the name of a parameter") else { return nil }
    guard node.kind == .mapping else {
      // Shorthand: `tasks: 100000`.
      let value = node.plainValue
      if value == .null { return Parameter(name: name, kind: .string, isRequired: true) }
      return Parameter(name: name, kind: ParameterText.kind(of: value), fallback: value)
    }
    let fields = Fields<ParameterKey>(node, &self, what: "a parameter")
    var parameter = Parameter(name: name, kind: .string)
    if let value = fields[.default] {
      parameter.fallback = value.plainValue
      parameter.kind = ParameterText.kind(of: parameter.fallback ?? .null)
    }
    if let value = fields[.type] { parameter.kind = choice(value, "\"type\"", Parameter.Kind.self) ?? parameter.kind }
    if let value = fields[.description] { parameter.description = text(value, "\"description\"") }
    if let value = fields[.choices] {
      // Each is held against the type only, not against the choices before it.
      parameter.choices = list(value, "\"choices\"").compactMap { item in
        checked(item.plainValue, item.range, parameter, "a choice of \"\(name.value)\"")
      }
    }
    parameter.isRequired = parameter.fallback == nil
    if let value = fields[.required], let required = bool(value, "\"required\"") {
      if required, parameter.fallback != nil {
        report(
          .conflictingKeys, value.range, "a parameter with a default is not required", notes: ["remove one of the two"])
      }
      parameter.isRequired = required
    }
    if let fallback = parameter.fallback, let node = fields[.default] {
      parameter.fallback = checked(fallback, node.range, parameter, "the default of \"\(name.value)\"")
    }
    return parameter
  }

  private mutating func checked(
    _ value: Value, _ range: SourceRange, _ parameter: Parameter, _ what: String
  ) -> Value? {
    switch ParameterText.convert(value, for: parameter) {
    case .success(let value): return value
    case .failure(let problem):
      report(.badParameter, range, "\(what) \(problem.message)", notes: problem.notes)
      return nil
    }
  }
}
