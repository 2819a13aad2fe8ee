extension JSONSchema {
  /// What is wrong with a schema, and where: `/properties/bucket/type`.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    package var pointer: String
    package var message: String

    package var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
  }

  /// Levels of schemas in one another.
  package static let depthLimit = 32

  /// What says something about a value to people only.
  private static let annotations: Set<String> = [
    "$schema", "$id", "$comment", "title", "description", "markdownDescription", "default", "examples", "format",
    "deprecated", "readOnly", "writeOnly",
  ]

  package init(reading value: Value) throws(Problem) {
    self = try JSONSchema.read(value, at: "", depth: 0)
  }

  private static func read(_ value: Value, at pointer: String, depth: Int) throws(Problem) -> JSONSchema {
    guard depth < depthLimit else { throw Problem(pointer: pointer, message: "it is nested too deeply") }
    switch value {
    case .bool(true): return .anything
    case .bool(false): return .nothing
    case .map(let entries):
      var rules = Rules()
      for entry in entries {
        try read(entry, into: &rules, at: "\(pointer)/\(escaped(entry.key))", depth: depth)
      }
      return rules == Rules() ? .anything : .rules(rules)
    case .null, .int, .double, .string, .list:
      throw Problem(pointer: pointer, message: "a schema is a mapping, true or false")
    }
  }

  private static func read(
    _ entry: Value.Entry, into rules: inout Rules, at pointer: String, depth: Int
  ) throws(Problem) {
    let value = entry.value
    switch entry.key {
    case "type": rules.kinds = try kinds(value, pointer)
    case "enum":
      guard case .list(let values) = value, !values.isEmpty else {
        throw Problem(pointer: pointer, message: "it is a list of values")
      }
      rules.allowed = values
    case "const": rules.allowed = [value]
    case "properties":
      guard case .map(let entries) = value else { throw Problem(pointer: pointer, message: "it is a mapping") }
      for property in entries {
        rules.properties.append(
          Property(
            name: property.key,
            schema: try read(property.value, at: "\(pointer)/\(escaped(property.key))", depth: depth + 1)))
      }
    case "required":
      guard case .list(let names) = value else { throw Problem(pointer: pointer, message: "it is a list of names") }
      for name in names {
        guard case .string(let name) = name else { throw Problem(pointer: pointer, message: "it is a list of names") }
        rules.required.append(name)
      }
    case "additionalProperties": rules.additional = try read(value, at: pointer, depth: depth + 1)
    case "items": rules.items = try read(value, at: pointer, depth: depth + 1)
    case "minItems": rules.itemCount.least = try count(value, pointer)
    case "maxItems": rules.itemCount.most = try count(value, pointer)
    case "minProperties": rules.propertyCount.least = try count(value, pointer)
    case "maxProperties": rules.propertyCount.most = try count(value, pointer)
    case "minLength": rules.length.least = try count(value, pointer)
    case "maxLength": rules.length.most = try count(value, pointer)
    case "uniqueItems":
      guard case .bool(let flag) = value else { throw Problem(pointer: pointer, message: "it is true or false") }
      rules.areItemsUnique = flag
    case "pattern":
      guard case .string(let text) = value else { throw Problem(pointer: pointer, message: "it is a text") }
      do throws(EvaluationError) {
        _ = try RegularExpression.matches(text, in: "")
      } catch {
        throw Problem(pointer: pointer, message: error.message)
      }
      rules.pattern = text
    case "minimum": rules.range.minimum = try number(value, pointer)
    case "maximum": rules.range.maximum = try number(value, pointer)
    case "exclusiveMinimum":
      rules.range.minimum = try number(value, pointer)
      rules.range.isMinimumExcluded = true
    case "exclusiveMaximum":
      rules.range.maximum = try number(value, pointer)
      rules.range.isMaximumExcluded = true
    default:
      guard annotations.contains(entry.key) else {
        throw Problem(pointer: pointer, message: "the keyword \"\(entry.key.prefix(40))\" is not supported here")
      }
    }
  }

  private static func kinds(_ value: Value, _ pointer: String) throws(Problem) -> [Kind] {
    let names: [Value] = if case .list(let names) = value { names } else { [value] }
    var kinds: [Kind] = []
    for name in names {
      guard case .string(let text) = name, let kind = Kind(rawValue: text) else {
        throw Problem(
          pointer: pointer, message: "a type is one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      kinds.append(kind)
    }
    guard !kinds.isEmpty else { throw Problem(pointer: pointer, message: "it names no type") }
    return kinds
  }

  private static func count(_ value: Value, _ pointer: String) throws(Problem) -> Int {
    guard case .int(let count) = value, count >= 0 else {
      throw Problem(pointer: pointer, message: "it is a whole number of at least 0")
    }
    return count
  }

  private static func number(_ value: Value, _ pointer: String) throws(Problem) -> Double {
    switch value {
    case .int(let number): return Double(number)
    case .double(let number): return number
    case .null, .bool, .string, .list, .map: throw Problem(pointer: pointer, message: "it is a number")
    }
  }

  /// A name as a part of a JSON pointer.
  static func escaped(_ name: String) -> String {
    name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
