internal import Diagnostics
internal import SourceText

/// A tag before a node, and the repair for it.
struct TagProblem {
  static let message = "'!' starts a YAML tag here and would be dropped; quote the value"

  let tag: Range<Int>
  /// The scalar after the tag, nil for collections.
  let node: SourceRange?
  let style: YAMLStyle
  let isKey: Bool

  /// Whether the author most likely meant a text that begins with `!`, not a tag such as `!!str`.
  static func isText(_ tag: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard tag.count > 1 else { return true }
    let second = bytes[tag.lowerBound + 1]
    return second != UInt8(ascii: "!") && second != UInt8(ascii: "<")
  }

  func diagnostic(in source: SourceFile) -> Diagnostic {
    let range = SourceRange(start: tag.lowerBound, end: tag.upperBound)
    return Diagnostic(
      YAMLRules.tag, range, TagProblem.message, notes: ["plans have no tags; delete it if it was meant as one"],
      fix: fix(in: source))
  }

  private func fix(in source: SourceFile) -> FixIt? {
    guard let node, !isKey, style == .plain else { return nil }
    let whole = SourceRange(start: tag.lowerBound, end: node.upperBound)
    let text = source.text(whole)
    guard text.utf8.allSatisfy({ $0 != 0x0A && $0 != 0x0D }) else { return nil }
    if TagProblem.isText(tag, source.bytes) {
      return FixIt("quote the value", [.init(whole, with: YAMLQuoting.quoted(text))])
    }
    guard source.text(SourceRange(start: tag.lowerBound, end: tag.upperBound)) == "!!str" else { return nil }
    return FixIt("quote the value", [.init(whole, with: YAMLQuoting.quoted(source.text(node)))])
  }
}
