internal import Diagnostics
internal import SourceText
internal import YAML

/// Puts the hook that validates plans into a configuration of pre-commit.
enum PreCommitConfiguration {
  /// Calls the `execplan` that is installed, so that it needs no repository to come from.
  private static let hook = [
    "- repo: local",
    "  hooks:",
    "    - id: execplan-validate",
    "      name: validate execution plans",
    "      language: system",
    "      entry: execplan validate",
    "      types_or: [yaml, json]",
    "      files: '\\.execplan\\.(ya?ml|json)$'",
    "      require_serial: true",
  ]

  /// The entry as a text to be copied.
  static var entry: String { hook.map { "  \($0)" }.joined(separator: "\n") }

  /// The whole configuration with the hook in it, all other bytes as they were; nil if it is not written in a way
  /// that can be added to safely.
  ///
  /// - Parameter present: nil if there is no configuration yet.
  static func adding(to present: String?) -> String? {
    guard let present, present.contains(where: { !$0.isWhitespace }) else {
      return "repos:\n" + hook.map { "  \($0)\n" }.joined()
    }
    let source = SourceFile(path: ".pre-commit-config.yaml", text: present)
    guard let repos = repositories(of: source), let first = repos.items.first(where: { _ in true }) else { return nil }
    // In a block sequence the item stands behind a dash, and before the dash is nothing but its indent.
    let line = source.lineIndex(of: first.range.lowerBound)
    let lead = source.bytes[Int(source.lineStarts[line])..<first.range.lowerBound]
    guard let dash = lead.firstIndex(of: UInt8(ascii: "-")),
      lead[..<dash].allSatisfy({ $0 == UInt8(ascii: " ") }),
      lead[(dash + 1)...].allSatisfy({ $0 == UInt8(ascii: " ") })
    else { return nil }
    let indent = String(repeating: " ", count: dash - lead.startIndex)
    let lineEnd = present.utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
    // After the line on which the last item ends.
    let last = source.lineIndex(of: max(repos.range.lowerBound, repos.range.upperBound - 1)) + 1
    let place = last < source.lineStarts.count ? Int(source.lineStarts[last]) : source.bytes.count
    let isAtLineStart = place == 0 || source.bytes[place - 1] == UInt8(ascii: "\n")
    let text = (isAtLineStart ? "" : lineEnd) + hook.map { indent + $0 + lineEnd }.joined()
    let bytes = source.bytes[..<place] + Array(text.utf8) + source.bytes[place...]
    return isAddition(bytes: Array(bytes), to: repos.count) ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The list of repositories; nil if the file cannot be read without an error, or has none.
  private static func repositories(of source: SourceFile) -> YAMLNode? {
    var collector = DiagnosticCollector()
    guard let repos = YAMLParser.parse(source, into: &collector)?["repos"], repos.isSequence, !repos.isAlias,
      !collector.sorted().contains(where: { $0.severity == .error })
    else { return nil }
    return repos
  }

  /// Whether the new text reads as the old list with exactly our entry behind it.
  private static func isAddition(bytes: [UInt8], to count: Int) -> Bool {
    guard let repos = repositories(of: SourceFile(path: ".pre-commit-config.yaml", bytes: bytes)),
      repos.count == count + 1, let last = Array(repos.items).last
    else { return false }
    return last["hooks"]?.items.contains { $0["id"]?.hasText("execplan-validate") == true } ?? false
  }
}
