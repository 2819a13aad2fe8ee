internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum ManualKey: String, FieldKey {
  case instructions, artifacts, criteria, values

  static let table = KeyTable<ManualKey>()
}

enum ManualValueKey: String, FieldKey {
  case type, description

  static let table = KeyTable<ManualValueKey>()
}

extension DecodingContext {
  mutating func manualAction(_ node: YAMLNode, shell: Interpreter) -> ManualAction? {
    if node.kind == .scalar { return template(node, "\"manual\"").map { ManualAction(instructions: $0) } }
    guard mapping(node, "\"manual\"", or: "a text") else { return nil }
    let fields = Fields<ManualKey>(node, &self, what: "a manual action")
    var instructions: Template?
    if let text = fields[.instructions] {
      instructions = template(text, "\"instructions\"")
    } else {
      reportMissing(ManualKey.instructions, fields, what: "a manual action")
    }
    var action = ManualAction(instructions: instructions ?? Template(literal: ""))
    if let value = fields[.artifacts] { action.artifacts = paths(value, "\"artifacts\"") }
    if let value = fields[.criteria] {
      let items = value.kind == .sequence ? value.items.map { $0 } : [value]
      action.criteria = items.compactMap { item in
        if item.kind == .scalar { return template(item, "a criterion").map { .text($0) } }
        guard let check = check(item, shell: shell) else { return nil }
        refuseComparisonsWithLastRun([check], "\"criteria\"")
        return .check(check)
      }
    }
    if let value = fields[.values], mapping(value, "\"values\"") {
      action.values = value.entries.compactMap { manualValue(name: $0.key, $0.value) }
    }
    return instructions == nil ? nil : action
  }

  private mutating func manualValue(name: YAMLNode, _ node: YAMLNode) -> ManualAction.Value? {
    guard let located = identifier(name, "the name of a value") else { return nil }
    var kind = Parameter.Kind.string
    var description: String?
    if node.kind == .mapping {
      let fields = Fields<ManualValueKey>(node, &self, what: "a value of a manual action")
      if let value = fields[.type] { kind = choice(value, "\"type\"", Parameter.Kind.self) ?? .string }
      if let value = fields[.description] { description = text(value, "\"description\"") }
    } else if let decoded = choice(node, "the type of a value", Parameter.Kind.self) {
      kind = decoded
    }
    return ManualAction.Value(name: located, kind: kind, description: description)
  }
}
