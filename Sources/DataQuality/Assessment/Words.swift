internal import PlanModel

/// Numbers and values as messages have them.
enum Words {
  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many)"
  }

  /// `2.45%`.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0%" }
    return percent(Double(part) / Double(whole))
  }

  static func percent(_ share: Double) -> String {
    let percent = share * 100
    if percent > 0, percent < 0.01 { return "under 0.01%" }
    if percent < 100, percent > 99.99 { return "over 99.99%" }
    return Value.text(of: (percent * 100).rounded() / 100) + "%"
  }

  /// Four digits are enough to see by.
  static func number(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
    let scale: Double = abs(number) >= 1000 ? 10 : abs(number) >= 1 ? 1000 : 10_000
    return Value.text(of: (number * scale).rounded() / scale)
  }

  static func value(_ value: Value) -> String {
    switch value {
    case .null: "nothing"
    case .string(let text): "\"\(text)\""
    default: value.text ?? ""
    }
  }

  /// An error for people.
  static func error(_ error: any Error) -> String {
    if let error = error as? EvaluationError { error.message } else { "\(error)" }
  }

  /// `3d 4h`: the two largest parts.
  static func duration(milliseconds: Int) -> String {
    let parts: [(Int, String)] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")]
    var rest = abs(milliseconds)
    var words: [String] = []
    for (size, unit) in parts where words.count < 2 {
      if rest >= size { words.append("\(rest / size)\(unit)") } else if !words.isEmpty { break }
      rest %= size
    }
    return words.isEmpty ? "\(abs(milliseconds))ms" : words.joined(separator: " ")
  }

  /// A list that may be long.
  static func list(_ items: [String], limit: Int = 5) -> String {
    items.count <= limit ? items.joined(separator: ", ") : items.prefix(limit).joined(separator: ", ") + ", …"
  }
}
