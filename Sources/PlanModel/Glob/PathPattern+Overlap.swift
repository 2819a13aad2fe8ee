extension PathPattern {
  /// Whether two declared paths may mean one file.
  package static func couldOverlap(_ a: PathPattern, _ b: PathPattern) -> Bool {
    if a.isLiteral, b.isLiteral { return a.text == b.text }
    guard let first = try? Glob(a.text), let second = try? Glob(b.text) else { return false }
    return Glob.couldOverlap(first, second)
  }
}
