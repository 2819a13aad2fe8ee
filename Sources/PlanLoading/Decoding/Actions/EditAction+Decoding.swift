internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum EditKey: String, FieldKey {
  case path, line, block, replace, ensure
  case allowOutside = "allow_outside"

  static let table = KeyTable<EditKey>()
  static let changes: [EditKey] = [.line, .block, .replace]
}

enum BlockKey: String, FieldKey {
  case marker, text, comment

  static let table = KeyTable<BlockKey>()
}

enum ReplaceKey: String, FieldKey {
  case pattern, with

  static let table = KeyTable<ReplaceKey>()
}

private enum Ensure: String, CaseIterable {
  case present, absent
}

extension DecodingContext {
  mutating func editAction(_ node: YAMLNode) -> EditAction? {
    guard mapping(node, "\"edit\"") else { return nil }
    let fields = Fields<EditKey>(node, &self, what: "an edit action")
    let allowsOutside = self.allowsOutside(fields[.allowOutside])
    var path: PathPattern?
    if let name = fields[.path] {
      path = writtenPath(name, allowsOutside: allowsOutside)
    } else {
      reportMissing(EditKey.path, fields, what: "an edit action")
    }
    let present = EditKey.changes.filter { fields[$0] != nil }
    guard let key = present.first, let value = fields[key] else {
      if !fields.misspells(EditKey.changes) {
        report(.missingKey, node.range, "an edit action needs one of: line, block, replace")
      }
      return nil
    }
    if present.count > 1, let second = fields.keyRange(present[1]) {
      report(
        .conflictingKeys, second, "\"\(present[1].rawValue)\" and \"\(key.rawValue)\" can't both be",
        notes: ["remove one of the two"])
    }
    var isPresent = true
    if let ensure = fields[.ensure] {
      isPresent = choice(ensure, "\"ensure\"", Ensure.self) != .absent
      if key == .replace, !isPresent {
        report(
          .conflictingKeys, ensure.range, "\"ensure: absent\" goes with \"line\" and \"block\" only",
          notes: ["replace with an empty text, or remove \"ensure\""])
      }
    }
    guard let change = editChange(key, value, isPresent: isPresent), let path else { return nil }
    return EditAction(path: path, change: change, isPresent: isPresent, allowsOutside: allowsOutside)
  }

  /// What stands after "BEGIN" and "END" in the lines around a block.
  private mutating func marker(_ node: YAMLNode) -> String? {
    guard let text = text(node, "\"marker\"") else { return nil }
    let isLine = !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    if isLine, !text.isEmpty, text.first != " ", text.last != " ", text.utf8.count <= 128 { return text }
    report(.badValue, node.range, "\"marker\" is a few words in one line, at most 128 bytes")
    return nil
  }

  /// What makes a line a comment in the file.
  private mutating func comment(_ node: YAMLNode) -> String? {
    guard let text = text(node, "\"comment\"") else { return nil }
    let isLine = !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    if isLine, !text.isEmpty, text.utf8.count <= 16 { return text }
    report(.badValue, node.range, "\"comment\" is the sign that begins a comment, at most 16 bytes")
    return nil
  }

  /// - Parameter isPresent: a block that is to go needs no text.
  private mutating func editChange(_ key: EditKey, _ value: YAMLNode, isPresent: Bool) -> EditAction.Change? {
    switch key {
    case .line:
      guard let line = template(value, "\"line\"") else { return nil }
      if line.literal?.contains("\n") == true {
        report(.badValue, value.range, "\"line\" is one line", notes: ["use \"block\" for several lines"])
        return nil
      }
      return .line(line)
    case .block:
      guard mapping(value, "\"block\"") else { return nil }
      let fields = Fields<BlockKey>(value, &self, what: "\"block\"")
      guard let markerNode = fields[.marker], !isPresent || fields[.text] != nil else {
        for key in [BlockKey.marker, .text] where fields[key] == nil { reportMissing(key, fields, what: "\"block\"") }
        return nil
      }
      var comment = "#"
      if let node = fields[.comment] { comment = self.comment(node) ?? comment }
      var text = Template(literal: "", value.range)
      if let node = fields[.text] {
        guard let given = template(node, "\"text\"") else { return nil }
        text = given
      }
      guard let marker = marker(markerNode) else { return nil }
      return .block(marker: marker, text: text, comment: comment)
    default:
      guard mapping(value, "\"replace\"") else { return nil }
      let fields = Fields<ReplaceKey>(value, &self, what: "\"replace\"")
      guard let patternNode = fields[.pattern], let withNode = fields[.with] else {
        for key in [ReplaceKey.pattern, .with] where fields[key] == nil {
          reportMissing(key, fields, what: "\"replace\"")
        }
        return nil
      }
      let with = template(withNode, "\"with\"", allowsEmpty: true)
      guard let pattern = located(patternNode, "\"pattern\""), let with else { return nil }
      if pattern.value.isEmpty {
        report(.badValue, pattern.range, "\"pattern\" is empty", notes: ["write what is to be replaced"])
        return nil
      }
      if let problem = RegularExpression.problem(with: pattern.value) {
        report(.badPattern, pattern.range, "the regular expression can't be read: \(problem)")
        return nil
      }
      return .replace(pattern: pattern, with: with)
    }
  }
}
