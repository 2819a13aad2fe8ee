package import PlanModel
package import YAML

extension YAMLNode {
  /// The value as it stands, by the YAML 1.2 core schema.
  package var plainValue: Value {
    switch kind {
    case .scalar:
      switch resolved {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .double(let value): .double(value)
      case .string(let value): .string(value)
      }
    case .sequence: .list(items.map(\.plainValue))
    case .mapping: .map(entries.map { Value.Entry($0.key.text, $0.value.plainValue) })
    }
  }
}
