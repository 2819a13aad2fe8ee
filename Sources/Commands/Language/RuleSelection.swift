package import Diagnostics

/// Which findings `--select` and `--ignore` leave.
///
/// A word is a code (`EP401`), a name (`unknown-key`), or a family (`EP4`, `EP4xx`). Several may be joined with commas.
/// With `--select` only what it names is left; `--ignore` takes away from that.
package struct RuleSelection: Sendable {
  /// The codes that are left.
  private let codes: Set<String>
  /// The codes that `--select` names.
  package let selected: Set<String>

  /// - Throws: `UsageError` for a word that names nothing.
  package init(select: [String], ignore: [String]) throws(UsageError) {
    selected = try Self.codes(of: select, option: "select")
    var codes = select.isEmpty ? Set(RuleCatalogue.all.map(\.code)) : selected
    codes.subtract(try Self.codes(of: ignore, option: "ignore"))
    self.codes = codes
  }

  package func includes(_ diagnostic: Diagnostic) -> Bool { codes.contains(diagnostic.rule.code) }

  private static func codes(of words: [String], option: String) throws(UsageError) -> Set<String> {
    var codes: Set<String> = []
    for word in words.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }).map(String.init) {
      if let rule = RuleCatalogue.rule(word) {
        codes.insert(rule.code)
      } else if let prefix = family(word) {
        codes.formUnion(RuleCatalogue.all.lazy.map(\.code).filter { $0.hasPrefix(prefix) })
      } else {
        let near = RuleCatalogue.nearest(word)
        throw UsageError(
          "--\(option) \(UsageError.quoted(word)) names no rule",
          advice: near.map { "did you mean \"\($0)\"?" } ?? "execplan explain lists all rules", command: "validate")
      }
    }
    return codes
  }

  /// `EP4` of `EP4`, `ep4xx`, `EP4XX`; nil if the word is no family.
  private static func family(_ word: String) -> String? {
    let bytes = Array(word.uppercased().utf8)
    let first = UInt8(ascii: "1")
    guard bytes.count == 3 || (bytes.count == 5 && bytes[3...].allSatisfy { $0 == UInt8(ascii: "X") }),
      bytes.starts(with: "EP".utf8), (first...first + 7).contains(bytes[2])
    else { return nil }
    return String(decoding: bytes.prefix(3), as: UTF8.self)
  }
}
