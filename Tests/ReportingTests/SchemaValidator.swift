/// The part of JSON Schema draft-07 that the published schemas use; any other keyword is an error, so
/// that nothing in a schema goes untested.
struct SchemaValidator {
  let root: JSONValue

  /// What is wrong with the value; empty if it is valid.
  func problems(_ value: JSONValue) -> [String] { problems(value, root, "$") }

  private func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    if case .bool(let isAllowed) = schema { return isAllowed ? [] : ["\(path): not allowed"] }
    // Beside $ref draft-07 reads nothing.
    if let reference = schema["$ref"]?.text {
      guard let target = root["definitions"]?[String(reference.dropFirst("#/definitions/".count))] else {
        return ["\(path): \(reference) does not exist"]
      }
      return problems(value, target, path)
    }
    var found: [String] = []
    for (keyword, argument) in schema.members {
      found += problems(value, keyword, argument, schema, path)
    }
    return found
  }

  private func problems(
    _ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: JSONValue, _ path: String
  ) -> [String] {
    switch keyword {
    case "$schema", "title", "description", "markdownDescription", "examples", "definitions", "then", "else": []
    case "type":
      (argument.elements.isEmpty ? [argument] : argument.elements).contains { has(value, type: $0.text ?? "") }
        ? [] : ["\(path): wrong type"]
    case "enum": argument.elements.contains(value) ? [] : ["\(path): not one of the values"]
    case "const": argument == value ? [] : ["\(path): not the value"]
    case "required":
      value.isObject
        ? argument.elements.compactMap(\.text).filter { value[$0] == nil }.map { "\(path): \($0) is missing" } : []
    case "minLength", "maxLength", "minItems", "minProperties", "minimum", "maximum", "exclusiveMinimum":
      bound(value, keyword, argument, path)
    case "uniqueItems": Set(value.elements).count == value.elements.count ? [] : ["\(path): uniqueItems"]
    case "pattern":
      value.text.map { text in matches(text, argument.text ?? "") ? [] : ["\(path): does not match"] } ?? []
    case "items": value.elements.enumerated().flatMap { problems($1, argument, "\(path)[\($0)]") }
    case "anyOf":
      argument.elements.contains { problems(value, $0, path).isEmpty } ? [] : ["\(path): fits no alternative"]
    case "if":
      (problems(value, argument, path).isEmpty ? schema["then"] : schema["else"]).map { problems(value, $0, path) }
        ?? []
    case "properties":
      argument.members.flatMap { key, schema in value[key].map { problems($0, schema, "\(path).\(key)") } ?? [] }
    case "patternProperties": argument == .object(["^x-": .object([:])]) ? [] : ["unsupported patternProperties"]
    case "additionalProperties":
      value.members.flatMap { key, member in
        isNamed(key, schema) ? [] : problems(member, argument, "\(path).\(key)")
      }
    case "propertyNames": value.members.keys.flatMap { problems(.string($0), argument, "\(path): name \($0)") }
    case "dependencies":
      argument.members.flatMap { key, dependency -> [String] in
        guard value[key] != nil else { return [] }
        if case .array(let names) = dependency {
          return names.compactMap(\.text).filter { value[$0] == nil }.map { "\(path): \(key) needs \($0)" }
        }
        return problems(value, dependency, path)
      }
    default: ["unsupported keyword \(keyword)"]
    }
  }

  private func isNamed(_ key: String, _ schema: JSONValue) -> Bool {
    schema["properties"]?[key] != nil || (schema["patternProperties"] != nil && key.hasPrefix("x-"))
  }

  private func bound(_ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ path: String) -> [String] {
    guard case .number(let limit) = argument else { return ["unsupported \(keyword)"] }
    let measure: Double? =
      switch (keyword, value) {
      case ("minLength", .string(let text)), ("maxLength", .string(let text)): Double(text.unicodeScalars.count)
      case ("minItems", .array(let elements)): Double(elements.count)
      case ("minProperties", .object(let members)): Double(members.count)
      case ("minimum", .number(let number)), ("maximum", .number(let number)),
        ("exclusiveMinimum", .number(let number)):
        number
      default: nil
      }
    guard let measure else { return [] }
    if keyword == "exclusiveMinimum" { return measure > limit ? [] : ["\(path): \(keyword)"] }
    return (["maximum", "maxLength"].contains(keyword) ? measure <= limit : measure >= limit)
      ? [] : ["\(path): \(keyword)"]
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    guard let regex = try? Regex(pattern) else { return false }
    return text.firstMatch(of: regex) != nil
  }

  private func has(_ value: JSONValue, type: String) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
      ("number", .number):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }
}

extension JSONValue {
  var isObject: Bool {
    if case .object = self { true } else { false }
  }
}
