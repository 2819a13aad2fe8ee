internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum AcceptedValueKey: String, FieldKey {
  case type, description

  static let table = KeyTable<AcceptedValueKey>()
}

extension DecodingContext {
  /// What must be there when a person or an agent is done; `manual` and `agent` write it the same way.
  ///
  /// - Parameters:
  ///   - nodes: of the three keys, nil where a key is not there.
  ///   - owner: for messages, `a manual action`.
  mutating func acceptance(
    artifacts: YAMLNode?, criteria: YAMLNode?, values: YAMLNode?, of owner: String, shell: Interpreter
  ) -> Acceptance {
    var acceptance = Acceptance()
    if let artifacts {
      acceptance.artifacts = paths(artifacts, "\"artifacts\"")
      refuseNothing(artifacts, "\"artifacts\" names no file")
    }
    if let values { refuseNothing(values, "\"values\" names no value") }
    if let criteria {
      refuseNothing(criteria, "\"criteria\" holds no criterion")
      let items = criteria.kind == .sequence ? criteria.items.map { $0 } : [criteria]
      acceptance.criteria = items.compactMap { item in
        if item.kind == .scalar { return template(item, "a criterion").map { .text($0) } }
        guard let check = check(item, shell: shell) else { return nil }
        refuseComparisonsWithLastRun([check], "\"criteria\"")
        return .check(check)
      }
    }
    if let values, mapping(values, "\"values\"") {
      acceptance.values = values.entries.compactMap { acceptedValue(name: $0.key, $0.value, of: owner) }
    }
    return acceptance
  }

  /// An empty list looks like a condition, and is met by whatever was done.
  private mutating func refuseNothing(_ node: YAMLNode, _ message: String) {
    guard node.kind != .scalar, node.count == 0 else { return }
    report(.badValue, node.range, message, notes: ["remove the key, or add one"])
  }

  private mutating func acceptedValue(
    name: YAMLNode, _ node: YAMLNode, of owner: String
  ) -> Acceptance.Value? {
    guard let located = identifier(name, "the name of a value") else { return nil }
    var kind = Parameter.Kind.string
    var description: String?
    if node.kind == .mapping {
      let fields = Fields<AcceptedValueKey>(node, &self, what: "a value of \(owner)")
      if let value = fields[.type] { kind = choice(value, "\"type\"", Parameter.Kind.self) ?? .string }
      if let value = fields[.description] { description = text(value, "\"description\"") }
    } else if let decoded = choice(node, "the type of a value", Parameter.Kind.self) {
      kind = decoded
    }
    return Acceptance.Value(name: located, kind: kind, description: description)
  }
}
