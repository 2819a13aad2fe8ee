internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum FetchKey: String, FieldKey {
  case url, headers, path, sha256, mode
  case maxSize = "max_size"
  case allowOutside = "allow_outside"

  static let table = KeyTable<FetchKey>()
}

extension DecodingContext {
  mutating func fetchAction(_ node: YAMLNode) -> FetchAction? {
    guard mapping(node, "\"fetch\"") else { return nil }
    let fields = Fields<FetchKey>(node, &self, what: "a fetch action")
    let allowsOutside = self.allowsOutside(fields[.allowOutside])
    var address: Template?
    if let value = fields[.url] {
      address = url(value, "\"url\"")
    } else {
      reportMissing(FetchKey.url, fields, what: "a fetch action")
    }
    var path: PathPattern?
    if let value = fields[.path] {
      path = writtenPath(value, allowsOutside: allowsOutside)
    } else {
      reportMissing(FetchKey.path, fields, what: "a fetch action")
    }
    let headers = fields[.headers].map { self.headers($0) } ?? []
    let sha256 = fields[.sha256].flatMap { digest($0) }
    let mode = fields[.mode].flatMap { self.fileMode($0) }
    guard let address, let path else { return nil }
    var action = FetchAction(url: address, path: path)
    action.headers = headers
    action.sha256 = sha256
    if let value = fields[.maxSize], let size = size(value, "\"max_size\"") {
      if size > 0 {
        action.sizeLimit = size
      } else {
        report(.badValue, value.range, "\"max_size\" must be more than 0", notes: ["remove it: 10GB is the default"])
      }
    }
    action.mode = mode
    action.allowsOutside = allowsOutside
    return action
  }

  /// A digest as it stands, or an expression, whose value is looked at when it is known.
  private mutating func digest(_ node: YAMLNode) -> Template? {
    if node.kind == .scalar, node.withUTF8({ TemplateParser.holdsMark($0) }) { return template(node, "\"sha256\"") }
    return sha256(node).map { Template(literal: $0, node.range) }
  }

  /// 64 hexadecimal digits; in lower case.
  mutating func sha256(_ node: YAMLNode) -> String? {
    guard let text = text(node, "\"sha256\"")?.lowercased() else { return nil }
    guard Check.isSHA256(text) else {
      report(
        .badValue, node.range, "a SHA-256 digest has 64 hexadecimal digits", notes: ["sha256sum FILE prints it"])
      return nil
    }
    return text
  }
}
