extension Value {
  /// `==` of the expression language.
  ///
  /// Two texts are equal byte for byte. A number and a text that is written like a number are compared as
  /// numbers, a bool and a text as texts, since programs publish their values as texts. Maps are equal in
  /// any order of their keys.
  package func equals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.bool(let flag), .string(let text)), (.string(let text), .bool(let flag)):
      return text == (flag ? "true" : "false")
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case (.map(let a), .map(let b)):
      guard a.count == b.count else { return false }
      let others = Dictionary(b.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      return a.allSatisfy { entry in others[entry.key].map { entry.value.equals($0) } ?? false }
    case (.int, _), (.double, _), (_, .int), (_, .double):
      return ordering(to: other) == .equal
    default:
      return false
    }
  }

  /// The value as a message shows it: short, on one line, a text in quotes.
  package var shown: String {
    let full: String
    switch self {
    case .string(let text): full = text
    case .list, .map: full = JSONWriter.compact(self)
    default: full = text ?? ""
    }
    let line = String(full.prefix(60).map { $0.isNewline ? " " : $0 })
    return "\"\(line)\(line.utf8.count < full.utf8.count ? "…" : "")\""
  }
}
