package import PlanModel

/// Converts what was given for a parameter to the parameter's type.
package enum ParameterText {
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var notes: [String]
  }

  /// The type that a default has when none is declared.
  static func kind(of value: Value) -> Parameter.Kind {
    switch value {
    case .null, .string: .string
    case .bool: .bool
    case .int: .int
    case .double: .number
    case .list: .list
    case .map: .map
    }
  }

  /// The value of a text from the command line, or of a value from a file or default.
  package static func convert(_ value: Value, for parameter: Parameter) -> Result<Value, Problem> {
    guard let converted = convert(value, to: parameter.kind) else {
      let shown = value.text.map { "\"\($0)\"" } ?? "a \(value.typeName)"
      return .failure(Problem(message: "must be \(describe(parameter.kind)), not \(shown)", notes: []))
    }
    if !parameter.choices.isEmpty, !parameter.choices.contains(converted) {
      let names = parameter.choices.map { $0.text ?? "…" }
      return .failure(
        Problem(message: "can't be \"\(converted.text ?? "…")\"", notes: ["choices: \(names.joined(separator: ", "))"]))
    }
    return .success(converted)
  }

  private static func convert(_ value: Value, to kind: Parameter.Kind) -> Value? {
    switch (kind, value) {
    case (.string, .string), (.int, .int), (.bool, .bool), (.list, .list), (.map, .map): value
    case (.path, .string(let text)) where !text.isEmpty && !text.utf8.contains(0): value
    case (.string, .int), (.string, .double), (.string, .bool): value.text.map(Value.string)
    case (.number, .int(let number)): .double(Double(number))
    case (.number, .double): value
    case (.int, .string(let text)): Int(text).map(Value.int)
    case (.number, .string(let text)): Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    case (.bool, .string("true")): .bool(true)
    case (.bool, .string("false")): .bool(false)
    case (.date, .string(let text)) where isDate(text): value
    case (.list, .string(let text)), (.map, .string(let text)): json(text, kind)
    default: nil
    }
  }

  /// A list or map that the command line gives as JSON.
  private static func json(_ text: String, _ kind: Parameter.Kind) -> Value? {
    switch try? JSONReader.read(Array(text.utf8)) {
    case .list(let items)?: kind == .list ? .list(items) : nil
    case .map(let entries)?: kind == .map ? .map(entries) : nil
    default: nil
    }
  }

  /// `YYYY-MM-DD`, a day that exists.
  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  private static func describe(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .string: "a text"
    case .int: "a whole number"
    case .number: "a number"
    case .bool: "true or false"
    case .date: "a date like 2026-11-20"
    case .path: "a path"
    case .list: "a list"
    case .map: "a map"
    }
  }
}
