package import Diagnostics
package import SourceText
internal import YAML

extension PlanDocument {
  /// Reads a file if it is a plan; nil if it is none, and then nothing is reported.
  ///
  /// A plan is
  /// - a file named `*.execplan.yaml`, `.yml` or `.json`;
  /// - a file of one of these endings with a key `execplan` at the top. One that can't be parsed is a plan if a line
  ///   begins with that key, so that a broken plan is reported and not passed over;
  /// - a JSON file with a list `actions` at the top, and the key `strategy` or actions with `step_id` and `type`;
  /// - a markdown file with `execplan:` in its front matter, with at least three of the four living sections, or
  ///   with a heading `Execution Plan Summary` or `Implementation Plan: …`.
  ///
  /// - Parameter isListed: the project's configuration names the file among its plans: then it is one, whatever
  ///   it holds, if its name ends as that of a plan.
  package static func detect(
    _ source: SourceFile, isListed: Bool = false, into collector: inout DiagnosticCollector
  ) -> PlanDocument? {
    if isMarkdown(source.path) {
      guard isListed || mayBeMarkdownPlan(source) else { return nil }
      let markdown = MarkdownPlan.read(source)
      guard isListed || markdown.looksLikePlan else { return nil }
      return document(markdown, into: &collector)
    }
    guard let ending = endings.first(where: { source.path.lowercased().hasSuffix($0) }) else { return nil }
    if isListed || hasPlanName(source.path) { return read(source, into: &collector) }
    let mention = mention(of: "execplan", in: source.bytes)
    let mayBeActions = ending == ".json" && Self.mention(of: "actions", in: source.bytes) != .none
    guard mention != .none || mayBeActions else { return nil }
    var found = DiagnosticCollector()
    let root = YAMLParser.parse(source, into: &found)
    let document = document(source, root)
    guard let root else {
      guard mention == .atTop else { return nil }
      collector.append(contentsOf: found.diagnostics)
      return document
    }
    guard root["execplan"] != nil || document.dialect == .json else { return nil }
    collector.append(contentsOf: found.diagnostics)
    return document
  }

  /// Whether a name alone makes a file a plan: `*.execplan.yaml`, `.yml` or `.json`.
  package static func hasPlanName(_ path: String) -> Bool {
    let name = path.lowercased()
    guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return false }
    return name.dropLast(ending.count).hasSuffix(".execplan")
  }

  /// A plan that is there and can't be read.
  package static func unreadable(_ path: String) -> PlanDocument {
    let source = SourceFile(path: path, bytes: [])
    return PlanDocument(
      source: source, dialect: isMarkdown(path) ? .markdown : .yaml, root: nil,
      suppressions: Suppressions(of: source))
  }

  private static let endings = [".yaml", ".yml", ".json"]

  private enum Mention {
    case none
    /// As a key somewhere.
    case somewhere
    /// As a key at the beginning of a line, or as the first in braces.
    case atTop
  }

  /// How a key stands in the bytes, found without a parse.
  private static func mention(of key: String, in bytes: [UInt8]) -> Mention {
    let key = Array(key.utf8)
    var found = Mention.none
    var onlyBracesBefore = true
    let first = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var index = first
    while index + key.count < bytes.count {
      let byte = bytes[index]
      if byte == key[0], bytes[index..<index + key.count].elementsEqual(key) {
        let quote = index > first && isQuote(bytes[index - 1]) ? bytes[index - 1] : nil
        if isFollowedByColon(bytes, index + key.count, quote) {
          let start = quote == nil ? index : index - 1
          if onlyBracesBefore || start == first || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D {
            return .atTop
          }
          found = .somewhere
        }
      }
      if !isSpace(byte), byte != UInt8(ascii: "{"), !isQuote(byte) { onlyBracesBefore = false }
      index += 1
    }
    return found
  }

  private static func isFollowedByColon(_ bytes: [UInt8], _ offset: Int, _ quote: UInt8?) -> Bool {
    var offset = offset
    if let quote {
      guard bytes[offset] == quote else { return false }
      offset += 1
    }
    while offset < bytes.count, isSpace(bytes[offset]) { offset += 1 }
    return offset < bytes.count && bytes[offset] == UInt8(ascii: ":")
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
