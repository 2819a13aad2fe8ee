internal import Markdown
internal import PlanDocument
internal import SourceText

/// Reads the lines of a list of plans: `DATE - NAME - status: … - owner: …`.
enum PlanIndexLine {
  static func entries(in plan: MarkdownPlan) -> [(entry: RepositoryStandard.IndexEntry, range: SourceRange)] {
    var result: [(RepositoryStandard.IndexEntry, SourceRange)] = []
    let bytes = plan.source.bytes
    for (index, block) in plan.markdown.blocks.enumerated() {
      guard case .paragraph = block.kind else { continue }
      for range in plan.markdown.lines(of: index) {
        let text = range.lowerBound..<range.upperBound
        // A date comes first, behind a backtick at most.
        guard let first = bytes[text].first(where: { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "*") }),
          first == UInt8(ascii: "2") || first == UInt8(ascii: "Y"), text.count < 400,
          bytes.firstIndex(of: marker, in: text) != nil
        else { continue }
        let line = plan.source.lineIndex(of: range.lowerBound) + 1
        if let entry = entry(plan.source.text(range), line: line) { result.append((entry, range)) }
      }
    }
    return result
  }

  private static let marker = Array("status:".utf8)

  private static func entry(_ text: String, line: Int) -> RepositoryStandard.IndexEntry? {
    let parts = text.replacing("`", with: "").replacing("*", with: "").split(separator: " - ").map { $0.trimmed }
    guard parts.count >= 3, parts[0].utf8.count >= 10, parts[0].utf8.first.map({ $0 == UInt8(ascii: "2") }) ?? false,
      let status = parts.first(where: { $0.lowercased().hasPrefix("status:") })
    else { return nil }
    let end = parts.firstIndex(of: status) ?? 2
    guard end >= 2 else { return nil }
    return RepositoryStandard.IndexEntry(
      name: parts[1..<end].joined(separator: " - "), status: String(status.dropFirst(7)).trimmed.lowercased(),
      line: line)
  }

  /// A name as names are compared: without case, and without what a link adds.
  static func comparable(_ name: String) -> String {
    var name = name
    if name.hasPrefix("["), let close = name.firstIndex(of: "]") {
      name = String(name[name.index(after: name.startIndex)..<close])
    }
    for prefix in ["ExecPlan:", "Plan:"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
    return name.trimmed.lowercased()
  }
}

extension StringProtocol {
  /// Without blanks and tabs at both ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
