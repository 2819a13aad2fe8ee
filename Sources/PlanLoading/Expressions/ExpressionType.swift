package import PlanModel

/// What is known about an expression's value before the run.
package enum ExpressionType: String, Hashable, Sendable {
  case string, int, number, bool, date, path, list, map
  case null
  /// Known only when the run is there.
  case any

  package init(_ kind: Parameter.Kind) {
    switch kind {
    case .string: self = .string
    case .int: self = .int
    case .number: self = .number
    case .bool: self = .bool
    case .date: self = .date
    case .path: self = .path
    case .list: self = .list
    case .map: self = .map
    }
  }

  package init(of value: Value) {
    switch value {
    case .null: self = .null
    case .bool: self = .bool
    case .int: self = .int
    case .double: self = .number
    case .string: self = .string
    case .list: self = .list
    case .map: self = .map
    }
  }

  /// Lists and maps have no text of their own.
  var isCollection: Bool { self == .list || self == .map }

  var isNumeric: Bool { self == .int || self == .number }

  var isText: Bool { self == .string || self == .date || self == .path }
}
