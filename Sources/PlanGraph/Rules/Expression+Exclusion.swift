internal import PlanModel
internal import SourceText

extension Expression {
  /// Whether two conditions can't both hold, as far as their shape shows it: `x == 'a'` and `x == 'b'`, `x == 'a'`
  /// and `x != 'a'`, `x` and `!x`. Parts joined by `&&` are looked at one by one, up to a bound.
  func excludes(_ other: Expression) -> Bool {
    let ours = Array(conjuncts.prefix(8))
    let theirs = Array(other.conjuncts.prefix(8))
    return ours.contains { one in theirs.contains { one.contradicts($0) } }
  }

  private var conjuncts: [Expression] {
    var found: [Expression] = []
    var open = [self]
    while let next = open.popLast() {
      if case .binary(.and, let left, let right, _) = next { open += [right, left] } else { found.append(next) }
    }
    return found
  }

  private func contradicts(_ other: Expression) -> Bool {
    if let a = comparison, let b = other.comparison, a.0 == b.0 {
      return a.1 == b.1 ? a.2 != b.2 : a.2 && b.2
    }
    if case .unary(.not, .reference(let reference, _), _) = self, case .reference(let same, _) = other {
      return reference == same
    }
    if case .unary(.not, .reference(let reference, _), _) = other, case .reference(let same, _) = self {
      return reference == same
    }
    return false
  }

  /// A reference compared with a literal; true for `==`, false for `!=`.
  private var comparison: (Reference, Value, Bool)? {
    guard case .binary(let op, let left, let right, _) = self, op == .equal || op == .notEqual else { return nil }
    switch (left, right) {
    case (.reference(let reference, _), .literal(let value, _)), (.literal(let value, _), .reference(let reference, _)):
      return (reference, value, op == .equal)
    default: return nil
    }
  }
}
