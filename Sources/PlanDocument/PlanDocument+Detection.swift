internal import Diagnostics
internal import SourceText
internal import YAML

extension PlanDocument {
  /// Whether a file is a plan: named `*.execplan.yaml`, `.yml` or `.json`, or a file of one of these
  /// endings with a key `execplan` at the top.
  ///
  /// A file that can not be parsed is one if a line begins with that key, so that a broken plan is
  /// reported and not passed over.
  package static func isPlan(path: String, bytes: [UInt8]) -> Bool {
    let name = path.lowercased()
    let endings = [".yaml", ".yml", ".json"]
    guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return false }
    if name.dropLast(ending.count).hasSuffix(".execplan") { return true }
    if ending == ".json", isActionPlan(path: path, bytes: bytes) { return true }
    let mention = mention(of: "execplan", in: bytes)
    guard mention != .none else { return false }
    var collector = DiagnosticCollector()
    if let root = YAMLParser.parse(SourceFile(path: path, bytes: bytes), into: &collector) {
      return root["execplan"] != nil
    }
    return mention == .atTop
  }

  /// Whether a mapping is a plan of the older form: a list of actions, each with a type and a file, and most often a
  /// strategy.
  static func isActionPlan(_ root: YAMLNode) -> Bool {
    guard root["execplan"] == nil, let actions = root["actions"], actions.isSequence else { return false }
    if let strategy = root["strategy"], strategy.isScalar { return true }
    guard let first = actions.items.first(where: { _ in true }), first.isMapping else { return false }
    return first["step_id"] != nil && first["type"] != nil
  }

  private static func isActionPlan(path: String, bytes: [UInt8]) -> Bool {
    guard mention(of: "actions", in: bytes) != .none else { return false }
    var collector = DiagnosticCollector()
    return YAMLParser.parse(SourceFile(path: path, bytes: bytes), into: &collector).map(isActionPlan) ?? false
  }

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
