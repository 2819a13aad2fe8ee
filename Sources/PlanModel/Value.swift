/// A value of the expression language, of a parameter, or of a step.
package indirect enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list([Value])
  /// Keys in the order in which they were written.
  case map([Entry])

  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: Value

    package init(_ key: String, _ value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// `string`, `int` and so on, as messages name it.
  package var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .double: "number"
    case .string: "string"
    case .list: "list"
    case .map: "map"
    }
  }

  /// The text that stands in a template for this value; nil for lists and maps, which need `join` or
  /// `toJSON`.
  package var text: String? {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): Value.text(of: value)
    case .string(let value): value
    case .list, .map: nil
    }
  }

  /// The text of a string; nil for everything else.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A whole number is written without a fraction: `3`, not `3.0`.
  package static func text(of number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    return "\(number)"
  }

  package subscript(key: String) -> Value? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
