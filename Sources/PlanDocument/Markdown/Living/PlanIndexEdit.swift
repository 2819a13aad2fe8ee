package import Diagnostics
internal import Markdown
internal import SourceText

/// The edit by which a list of plans (`- DATE - NAME - status: … - owner: …`) comes to say how a plan stands.
package enum PlanIndexEdit {
  /// How a plan stands.
  package enum Status: String, Hashable, Sendable {
    case planned
    case inProgress = "in_progress"
    case blocked, done

    /// The words that say the same.
    fileprivate var words: Set<String> {
      switch self {
      case .planned: ["planned", "not_started", "queued", "proposed", "draft"]
      case .inProgress: ["in_progress", "active", "ongoing", "wip", "started"]
      case .blocked: ["blocked", "waiting", "paused", "on_hold"]
      case .done: ["done", "completed", "complete", "finished"]
      }
    }
  }

  /// The fixes for the lines, below a heading that says that it is an index, that name a plan.
  ///
  /// - Parameter names: the plan's title, id and file names, any of which may stand there.
  package static func fixes(in list: MarkdownPlan, names: [String], status: Status) -> [FixIt] {
    let wanted = Set(names.map { comparable($0[...]) })
    var fixes: [FixIt] = []
    for index in list.markdown.blocks.indices where list.markdown.blocks[index].kind == .paragraph {
      guard let section = list.section(holding: index), isIndex(list, section) else { continue }
      for line in list.markdown.lines(of: index) {
        if let fix = fix(list.source, line, wanted, status) { fixes.append(fix) }
      }
    }
    return fixes
  }

  private static func isIndex(_ list: MarkdownPlan, _ section: Int) -> Bool {
    let heading = list.sections[section].heading.value.lowercased()
    return heading.contains("index") || heading.contains("plans")
  }

  private static func fix(_ source: SourceFile, _ line: SourceRange, _ wanted: Set<String>, _ status: Status) -> FixIt?
  {
    let bytes = source.bytes
    guard line.upperBound - line.lowerBound < 1000 else { return nil }
    // The parts between " - ", with their places.
    var parts: [SourceRange] = []
    var start = line.lowerBound
    var position = start
    while position < line.upperBound {
      if TextByte.starts(bytes, position, line.upperBound, with: " - ") {
        parts.append(SourceRange(start: start, end: position))
        start = position + 3
        position = start
      } else {
        position += 1
      }
    }
    parts.append(SourceRange(start: start, end: line.upperBound))
    guard
      let place = parts.firstIndex(where: {
        source.text($0).lowercased().drop { "`* ".contains($0) }.hasPrefix("status:")
      }
      ), place >= 2
    else { return nil }
    let name = source.text(SourceRange(start: parts[1].lowerBound, end: parts[place - 1].upperBound))
    guard names(in: name).contains(where: wanted.contains) else { return nil }
    let part = parts[place]
    guard let colon = bytes[part.lowerBound..<part.upperBound].firstIndex(of: UInt8(ascii: ":")) else { return nil }
    func isMark(_ byte: UInt8) -> Bool {
      TextByte.isBlank(byte) || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "*")
    }
    var first = colon + 1
    while first < part.upperBound, isMark(bytes[first]) { first += 1 }
    var end = part.upperBound
    while end > first, isMark(bytes[end - 1]) { end -= 1 }
    let range = SourceRange(start: first, end: end)
    let present = source.text(range).lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    guard !status.words.contains(present) else { return nil }
    return FixIt(
      "say how the plan stands", [.init(range, with: first == colon + 1 ? " " + status.rawValue : status.rawValue)])
  }

  /// What a line calls the plan: the text, and of a link its text and its target.
  private static func names(in text: String) -> [String] {
    guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
      return [comparable(text[...])]
    }
    var names = [comparable(text[text.index(after: open)..<close])]
    let rest = text[text.index(after: close)...]
    if rest.hasPrefix("("), let end = rest.firstIndex(of: ")") {
      names.append(comparable(rest[rest.index(after: rest.startIndex)..<end]))
    }
    return names
  }

  private static func comparable(_ name: Substring) -> String {
    var name = name.lowercased().filter { $0 != "`" && $0 != "*" }
    for prefix in ["execplan:", "plan:", "./"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
    return name.split(separator: " ").joined(separator: " ")
  }
}
