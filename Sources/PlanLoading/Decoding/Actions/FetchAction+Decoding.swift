internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum FetchKey: String, FieldKey {
  case url, headers, path, sha256, mode
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
    let sha256 = fields[.sha256].flatMap { self.sha256($0) }
    let mode = fields[.mode].flatMap { self.fileMode($0) }
    guard let address, let path else { return nil }
    var action = FetchAction(url: address, path: path)
    action.headers = headers
    action.sha256 = sha256
    action.mode = mode
    action.allowsOutside = allowsOutside
    return action
  }

  /// 64 hexadecimal digits; in lower case.
  mutating func sha256(_ node: YAMLNode) -> String? {
    guard let text = text(node, "\"sha256\"")?.lowercased() else { return nil }
    guard text.utf8.count == 64,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      report(
        .badValue, node.range, "a SHA-256 digest has 64 hexadecimal digits", notes: ["sha256sum FILE prints it"])
      return nil
    }
    return text
  }
}
