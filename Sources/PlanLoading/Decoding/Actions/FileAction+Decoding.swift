internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum FileKey: String, FieldKey {
  case path, content, source, template, render, directory, link, absent, mode
  case allowOutside = "allow_outside"

  static let table = KeyTable<FileKey>()
  static let contents: [FileKey] = [.content, .source, .template, .directory, .link, .absent]
}

extension DecodingContext {
  mutating func fileAction(_ node: YAMLNode) -> FileAction? {
    guard mapping(node, "\"file\"") else { return nil }
    let fields = Fields<FileKey>(node, &self, what: "a file action")
    let allowsOutside = self.allowsOutside(fields[.allowOutside])
    var path: PathPattern?
    if let name = fields[.path] {
      path = writtenPath(name, allowsOutside: allowsOutside)
    } else {
      reportMissing(FileKey.path, fields, what: "a file action")
    }
    let present = FileKey.contents.filter { fields[$0] != nil }
    if present.count > 1, let second = fields.keyRange(present[1]), let first = fields.keyRange(present[0]) {
      report(
        .conflictingKeys, second, "\"\(present[1].rawValue)\" and \"\(present[0].rawValue)\" can't both be",
        notes: ["remove one of the two"], related: [.init("the other one", first)])
      return nil
    }
    var mode: UInt16?
    if let value = fields[.mode] { mode = fileMode(value) }
    var content = FileAction.Content.unchanged
    if let key = present.first, let value = fields[key] {
      guard let decoded = fileContent(key, value, fields) else { return nil }
      content = decoded
    } else if fields[.mode] == nil, !fields.misspells(FileKey.contents) {
      report(
        .missingKey, node.range,
        "a file action needs one of: \(FileKey.contents.map(\.rawValue).joined(separator: ", "))",
        notes: ["or \"mode\" alone, to set the permissions of what is there"])
      return nil
    }
    return path.map { FileAction(path: $0, content: content, mode: mode, allowsOutside: allowsOutside) }
  }

  private mutating func fileContent(
    _ key: FileKey, _ value: YAMLNode, _ fields: Fields<FileKey>
  ) -> FileAction.Content? {
    switch key {
    case .content: return template(value, "\"content\"", allowsEmpty: true, allowsSecrets: true).map { .text($0) }
    case .link: return template(value, "\"link\"").map { .link($0) }
    case .source, .template:
      var render = key == .template
      if let flag = fields[.render] { render = bool(flag, "\"render\"") ?? render }
      return path(value, "\"\(key.rawValue)\"").map { .source($0, render: render) }
    case .directory, .absent:
      guard bool(value, "\"\(key.rawValue)\"") == true else {
        report(.badValue, value.range, "\"\(key.rawValue)\" can only be true", notes: ["leave the key out instead"])
        return nil
      }
      return key == .directory ? .directory : .absent
    case .path, .render, .mode, .allowOutside: return nil
    }
  }

  /// Permission bits in octal, as in chmod; read from the source text, because YAML takes `0644` for
  /// decimal 644.
  mutating func fileMode(_ node: YAMLNode) -> UInt16? {
    guard let text = text(node, "\"mode\"") else { return nil }
    let digits = text.hasPrefix("0o") ? String(text.dropFirst(2)) : text
    if (3...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x37).contains($0) }),
      let mode = UInt16(digits, radix: 8)
    {
      return mode
    }
    report(
      .badMode, node.range, "\"\(text.prefix(20))\" is not a file mode",
      notes: ["write three or four octal digits, for example \"0644\""])
    return nil
  }
}
