internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum HandoffKey: String, FieldKey {
  case to, artifacts, requirements
  case dataAccess = "data_access"
  case testData = "test_data"

  static let table = KeyTable<HandoffKey>()
}

extension DecodingContext {
  /// One package, or a list of them.
  mutating func handoffs(_ node: YAMLNode) -> [Handoff] {
    let items = node.kind == .sequence ? node.items.map { $0 } : [node]
    if items.isEmpty { report(.badValue, node.range, "\"handoff\" holds no package", notes: ["remove the key"]) }
    // What the agent publishes itself can stand in what it leaves.
    let before = allowsOwnValues
    allowsOwnValues = true
    defer { allowsOwnValues = before }
    var packages: [Handoff] = []
    for item in items {
      guard let package = handoff(item) else { continue }
      if let first = packages.first(where: { $0.receiver.value == package.receiver.value }) {
        report(
          .duplicateIdentifier, package.receiver.range, "there is a package for \"\(package.receiver.value)\" already",
          notes: ["put both into one package"], related: [.init("the first one", first.receiver.range)])
        continue
      }
      packages.append(package)
    }
    return packages
  }

  private mutating func handoff(_ node: YAMLNode) -> Handoff? {
    guard mapping(node, "a hand-off") else { return nil }
    let fields = Fields<HandoffKey>(node, &self, what: "a hand-off")
    var receiver: Located<String>?
    if let value = fields[.to] {
      receiver = identifier(value, "the receiver of a hand-off")
    } else {
      reportMissing(
        HandoffKey.to, fields, what: "a hand-off", notes: ["name the role of the agent that goes on with it"])
    }
    var package = Handoff(receiver: receiver ?? Located("", node.range))
    if let value = fields[.artifacts] { package.artifacts = paths(value, "\"artifacts\"") }
    if let value = fields[.requirements] {
      package.requirements = scalarList(value, "\"requirements\"").compactMap { template($0, "a requirement") }
    }
    if let value = fields[.dataAccess] { package.dataAccess = structure(value, "\"data_access\"") }
    if let value = fields[.testData] { package.testData = structure(value, "\"test_data\"") }
    return receiver == nil ? nil : package
  }

  /// Maps, lists and values whose texts may hold expressions.
  ///
  /// - Parameter allowsSecrets: `secrets.NAME` may be read in the texts, as nothing keeps them.
  mutating func structure(_ node: YAMLNode, _ what: String, allowsSecrets: Bool = false) -> StructuredTemplate? {
    switch node.kind {
    case .mapping:
      return .map(
        node.entries.compactMap { key, value in
          structure(value, what, allowsSecrets: allowsSecrets).map {
            StructuredTemplate.Entry(name: Located(key.text, key.range), value: $0)
          }
        }, node.range)
    case .sequence:
      return .list(node.items.compactMap { structure($0, what, allowsSecrets: allowsSecrets) }, node.range)
    case .scalar:
      if case .string = node.resolved {
        return template(node, what, allowsList: true, allowsSecrets: allowsSecrets).map { .text($0) }
      }
      return .value(node.plainValue, node.range)
    }
  }
}
