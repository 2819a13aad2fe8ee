/// A compiled pattern over relative paths: `data/**/*.csv`, `src/{a,b}.txt`, `log-[0-9]?.txt`.
///
/// `*` matches any part of a name, `?` one character of it, `[a-z]` and `[!a-z]` one character of a set.
/// `**` as a whole component matches any number of folders, none included; at the end it matches everything
/// below. `{a,b}` matches either and may be nested. `\` takes the next character literally. Names that begin
/// with a dot are names like others. Nothing but `**` matches a `/`.
///
/// The pattern becomes a finite automaton; matching takes time in proportion to path times pattern, whatever
/// the pattern.
package struct Glob: Hashable, Sendable {
  /// Bytes of a pattern.
  package static let lengthLimit = 4096

  package let pattern: String
  /// The path that it names, when it names exactly one.
  package let literal: String?
  /// Nil for a literal: a plan may name a hundred thousand files.
  private let automaton: GlobAutomaton?
  /// What every match begins with.
  private let prefixBytes: [UInt8]

  package init(_ pattern: String) throws(GlobError) {
    self.pattern = pattern
    guard pattern.utf8.contains(where: { "*?[{\\".utf8.contains($0) }) else {
      literal = pattern
      prefixBytes = Array(pattern.utf8)
      automaton = nil
      return
    }
    var compiler = GlobCompiler(pattern)
    let automaton = try compiler.compile()
    prefixBytes = compiler.literalBytes
    literal = compiler.isLiteral ? String(decoding: prefixBytes, as: UTF8.self) : nil
    self.automaton = compiler.isLiteral ? nil : automaton
  }

  /// The folder in which everything that matches lies, without a slash at its end; empty for the root.
  package var literalPrefix: String {
    guard let slash = prefixBytes.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(decoding: prefixBytes[..<slash], as: UTF8.self)
  }

  /// Whether a path, relative and with `/`, matches.
  package func matches(_ path: String) -> Bool {
    guard let automaton else { return prefixBytes.elementsEqual(path.utf8) }
    return path.utf8.starts(with: prefixBytes) && automaton.accepts(path.utf8)
  }

  /// Whether something below the folder may match, so that a walk must enter it; "" is the root.
  package func mayMatch(below folder: String) -> Bool {
    if folder.isEmpty { return true }
    let path = Array(folder.utf8) + [UInt8(ascii: "/")]
    guard let automaton else { return prefixBytes.starts(with: path) }
    return automaton.acceptsContinuation(of: path)
  }

  /// Whether some path may match both patterns.
  ///
  /// Exact, but for patterns so large that looking would take too long: then the answer is yes.
  package static func couldOverlap(_ a: Glob, _ b: Glob) -> Bool {
    guard let first = a.automaton else { return b.matches(a.literal ?? a.pattern) }
    guard let second = b.automaton else { return a.matches(b.literal ?? b.pattern) }
    let shared = min(a.prefixBytes.count, b.prefixBytes.count)
    guard a.prefixBytes[..<shared] == b.prefixBytes[..<shared] else { return false }
    return GlobAutomaton.intersect(first, second)
  }

  package static func == (a: Glob, b: Glob) -> Bool { a.pattern == b.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}
